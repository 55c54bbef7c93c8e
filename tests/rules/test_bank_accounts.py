"""Accounts to which allowances are paid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as oracle

from guichet.rules.bank_accounts import Iban, InvalidIban

ON = date(2026, 3, 2)
ACCOUNTS = st.integers(0, 10**10 - 1)


def reason(text: str, on: date = ON) -> str | None:
    try:
        Iban.parse(text, on=on)
    except InvalidIban as refusal:
        return refusal.reason
    return None


def belgian(account: int) -> str:
    body = f"{account:010d}{account % 97 or 97:02d}"
    return f"BE{oracle.calc_check_digits('BE00' + body)}{body}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BE68539007547034", None),
        ("be68 5390 0754 7034", None),
        ("BE68-5390-0754-7034", None),
        ("BE21001234567803", None),
        ("BE54000000009797", None),
        ("NL91ABNA0417164300", None),
        ("FR1420041010050500013M02606", None),
        ("BE68539007547035", "check"),
        ("BE6853900754703", "length"),
        ("BE685390075470344", "length"),
        ("NL91ABNA0417164301", "check"),
        ("TR330006100519786457841326", "country"),
        ("US64SVBKUS6S3300958879", "country"),
        ("", "form"),
        ("539-0075470-34", "form"),
        ("BE68 5390 0754 7034 <b>", "form"),
        ("BE68\uff15\uff13\uff1900754 7034", "form"),
    ],
)
def test_c67_rule_an_account_is_read_or_the_reason_is_told(text: str, expected: str | None) -> None:
    assert reason(text) == expected


def test_a_belgian_number_with_a_wrong_second_check_is_refused() -> None:
    body = "539007547035"
    text = f"BE{oracle.calc_check_digits('BE00' + body)}{body}"

    assert reason(text) == "check"


def test_a_country_belongs_to_the_area_from_its_day() -> None:
    albanian = "AL47 2121 1009 0000 0002 3569 8741"

    assert reason(albanian, on=date(2025, 10, 4)) == "country"
    assert reason(albanian, on=date(2025, 10, 5)) is None


def test_an_account_is_shown_in_groups_masked_for_others_and_hidden_in_logs() -> None:
    account = Iban.parse("be68539007547034", on=ON)

    assert account.formatted() == "BE68 5390 0754 7034"
    assert account.masked() == "BE**********7034"
    assert "5390" not in repr(account)
    assert account.country == "BE"


@given(account=ACCOUNTS)
def test_every_belgian_account_is_read_as_the_oracle_reads_it(account: int) -> None:
    text = belgian(account)

    assert Iban.parse(text, on=ON).signs == text
    assert oracle.is_valid(text)


@given(account=ACCOUNTS, at=st.integers(2, 15), by=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(account: int, at: int, by: int) -> None:
    text = belgian(account)
    wrong = f"{text[:at]}{(int(text[at]) + by) % 10}{text[at + 1 :]}"

    assert reason(wrong) == "check"


@given(st.text(max_size=40))
def test_what_is_accepted_is_accepted_by_the_oracle_as_far_as_it_looks(text: str) -> None:
    try:
        account = Iban.parse(text, on=ON)
    except InvalidIban:
        return
    assert oracle.is_valid(account.signs)
