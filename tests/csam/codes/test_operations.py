"""Accounts: who is let in, who is not, and that nobody can tell why."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.audit.models import Entry
from guichet.csam.codes import hashing, operations
from guichet.csam.codes.models import Account
from guichet.csam.codes.operations import CodesRefused, check_password
from guichet.platform.throttle import Throttled
from tests.csam.codes import holders
from tests.csam.codes.holders import NAME, NOW, PASSWORD, a_person, an_account

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def account() -> Account:
    with transaction.atomic():
        return an_account(a_person())


def check(
    user_name: str = NAME, password: str = PASSWORD, source: str = HERE, **more: Any
) -> Account:
    return check_password(
        user_name=user_name, password=password, source=source, **({"now": NOW} | more)
    )


def test_the_right_codes_open_the_account(account: Account) -> None:
    assert check() == account


@pytest.mark.parametrize(
    "password",
    [
        "bruxelles12",
        "BRUXELLES12",
        "Bruxelles12 ",
        " Bruxelles12",
        "Bruxelles1",
        "Bruxelles123",
        "",
    ],
)
def test_sc79_a_password_in_another_case_or_with_a_blank_is_refused(
    account: Account, password: str
) -> None:
    with pytest.raises(CodesRefused):
        check(password=password)


def test_pw23_the_same_letters_in_lower_case_are_a_different_password(account: Account) -> None:
    Account.objects.update(password_hash=hashing.digest("Ab1@Cd2#Ef"))

    assert check(password="Ab1@Cd2#Ef") == account
    with pytest.raises(CodesRefused):
        check(password="ab1@cd2#ef")


def test_two_spellings_of_one_accent_are_two_passwords(account: Account) -> None:
    Account.objects.update(password_hash=hashing.digest("caf\u00e9 cr\u00e8me noir"))

    with pytest.raises(CodesRefused):
        check(password="cafe\u0301 cre\u0300me noir")


@pytest.mark.parametrize(
    "user_name",
    [
        "nobodyatall",
        "DupontMarie",
        "dupontmarie ",
        " dupontmarie",
        "",
        "a\x00b",
        "\ud800",
        "x" * 9999,
    ],
)
def test_an_unknown_or_impossible_name_is_refused_in_the_same_way(
    account: Account, user_name: str
) -> None:
    with pytest.raises(CodesRefused) as refused:
        check(user_name=user_name)

    assert str(refused.value) == ""


@pytest.mark.parametrize("state", ["blocked", "closed"])
def test_a_blocked_or_closed_account_is_refused_like_a_wrong_password(
    account: Account, state: str
) -> None:
    Account.objects.update(state=state)

    with pytest.raises(CodesRefused):
        check()


@pytest.mark.parametrize("known", [True, False])
def test_as_much_work_is_done_for_an_unknown_name(
    account: Account, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    costs: list[tuple[int, int]] = []
    hasher = hashing._hasher(holders.CHEAP)

    class Counting:
        hash = hasher.hash

        def verify(self, kept: str, password: str) -> bool:
            from argon2 import extract_parameters

            parameters = extract_parameters(kept)
            costs.append((parameters.time_cost, parameters.memory_cost))
            return hasher.verify(kept, password)

    monkeypatch.setattr(hashing, "_hasher", lambda cost: Counting())

    with pytest.raises(CodesRefused):
        check(user_name=NAME if known else "nobodyatall", password="Wrong12345")

    assert costs == [holders.CHEAP[:2]]


def test_a_text_of_a_megabyte_is_refused_without_a_digest_of_it(account: Account) -> None:
    with pytest.raises(CodesRefused):
        check(password="x" * 1_000_000)


def test_a_refusal_leaves_a_line_without_the_name_that_was_typed(account: Account) -> None:
    for user_name in (NAME, "85073003328"):
        with pytest.raises(CodesRefused):
            check(user_name=user_name, password="Wrong12345")

    known, unknown = Entry.objects.filter(action="csam.codes.refused").order_by("pk")
    assert (known.target, unknown.target) == (f"account/{account.pk}", "account")
    assert known.reason == unknown.reason
    told = str(list(Entry.objects.values()))
    assert NAME not in told
    assert "85073003328" not in told
    assert "Wrong12345" not in told


def test_five_wrong_attempts_pause_this_account_from_this_place_only(account: Account) -> None:
    for _ in range(5):
        with pytest.raises(CodesRefused):
            check(password="Wrong12345")

    with pytest.raises(Throttled) as pause:
        check()

    assert pause.value.retry_after == 900
    assert check(source=ELSEWHERE) == account
    assert check(now=NOW + timedelta(minutes=15)) == account


def test_an_unknown_name_pauses_as_a_known_one_does(account: Account) -> None:
    for _ in range(5):
        with pytest.raises(CodesRefused):
            check(user_name="nobodyatall")

    with pytest.raises(Throttled):
        check(user_name="nobodyatall")


def test_the_right_password_begins_the_count_anew(account: Account) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(CodesRefused):
                check(password="Wrong12345")
        assert check() == account


def test_one_place_that_tries_many_names_is_paused(account: Account) -> None:
    for number in range(100):
        with pytest.raises(CodesRefused):
            check(user_name=f"nobody{number:04d}")

    with pytest.raises(Throttled):
        check()
    assert check(source=ELSEWHERE) == account


def test_a_digest_of_another_cost_is_renewed_at_the_next_sign_in(
    account: Account, settings: Any
) -> None:
    former = account.password_hash
    settings.CSAM_ARGON2_COST = (2, 16, 1)

    check()

    account.refresh_from_db()
    assert account.password_hash != former
    assert "m=16,t=2" in account.password_hash
    assert check() == account


def test_the_cost_of_a_real_digest_is_the_advised_one() -> None:
    assert hashing.COST == (2, 19_456, 1)


# --- the promises of the table -------------------------------------------------------------------


@pytest.mark.parametrize("state", ["active", "closed", "blocked"])
def test_un20_a_name_is_taken_for_ever(account: Account, state: str) -> None:
    Account.objects.update(state=state)

    taken = pytest.raises(IntegrityError, match="csam_account_user_name_unique")
    with taken, transaction.atomic():
        an_account(account.person)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Account.objects.update(user_name="another2024"),
        lambda: Account.objects.all().delete(),
        lambda: Account.objects.update(id=99),
    ],
)
def test_sc78_not_even_the_database_changes_a_name_or_deletes_an_account(
    account: Account, change: Callable[[], object]
) -> None:
    with pytest.raises(IntegrityError, match="an account stays"), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"user_name": "Capital24"}, "user_name_well_formed"),
        ({"user_name": "short"}, "user_name_well_formed"),
        ({"user_name": "dupontmarie\n"}, "user_name_well_formed"),
        ({"password_hash": "in clear"}, "password_hash_well_formed"),
        ({"state": "asleep"}, "state_known"),
        ({"enrolled_level": 250}, "level_known"),
        ({"language": "it"}, "language_known"),
        ({"enterprise_number": "12"}, "enterprise_number_well_formed"),
        ({"state": "provisional"}, "provisional_ends"),
        ({"person": None}, "without_person_is_level_100"),
    ],
)
def test_the_database_refuses_an_account_that_cannot_be(
    changed: dict[str, Any], constraint: str
) -> None:
    with transaction.atomic():
        person = a_person()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        an_account(**({"person": person} | changed))


def test_a_strong_session_raises_the_level_and_a_weak_one_does_not_lower_it(
    account: Account,
) -> None:
    for level in (400, 200):
        with transaction.atomic():
            operations.confirm_level(account=account, level=level, now=NOW)

    account.refresh_from_db()
    assert account.enrolled_level == 400
    [line] = Entry.objects.filter(action="csam.codes.levelConfirmed")
    assert line.detail == {"level": 400}


def test_a20_a_new_password_ends_the_sessions_at_the_counter(account: Account) -> None:
    from tests.portal.browsing import signed_in

    browsers = [signed_in(holders.MARIE), signed_in(holders.MARIE)]
    assert [browser.get("/sessions/").status_code for browser in browsers] == [200, 200]

    operations.change_password(
        account_id=account.pk,
        person_id=account.person_id or 0,
        current=PASSWORD,
        new="Croissant;2026",
        source=HERE,
        now=NOW,
    )

    assert [browser.get("/sessions/").status_code for browser in browsers] == [302, 302]
    assert check(password="Croissant;2026") == account
    with pytest.raises(CodesRefused):
        check()


def test_a_refused_change_ends_no_session(account: Account) -> None:
    from tests.portal.browsing import signed_in

    browser = signed_in(holders.MARIE)
    given = {"account_id": account.pk, "person_id": account.person_id or 0, "now": NOW}

    with pytest.raises(operations.WrongPassword):
        operations.change_password(**given, current="x", new="Croissant;2026", source=HERE)
    with pytest.raises(operations.PasswordRefused):
        operations.replace_password(**given, new=PASSWORD)

    assert browser.get("/sessions/").status_code == 200


def test_a_change_overtaken_in_another_window_changes_nothing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"account_id": account.pk, "person_id": account.person_id or 0, "now": NOW}
    real = hashing.digest

    def slow(password: str) -> str:
        Account.objects.filter(pk=account.pk).update(password_hash=real("Baguette/2026"))
        return real(password)

    monkeypatch.setattr(hashing, "digest", slow)

    with pytest.raises(operations.UnknownAccount):
        operations.replace_password(**given, new="Croissant;2026")

    assert check(password="Baguette/2026") == account


def test_two_confirmations_at_once_register_once(account: Account) -> None:
    from guichet.csam.codes import registration
    from guichet.csam.codes.registration import Chosen, NotAwaiting

    Account.objects.update(state="provisional", valid_until=NOW + timedelta(days=1))

    def confirmed(name: str) -> str:
        chosen = Chosen("a@example.org", "+32 470", "fr", name, hashing.digest("Croissant;2026"))
        try:
            registration.register(account_id=account.pk, chosen=chosen, now=NOW)
        except NotAwaiting:
            return "refused"
        finally:
            connection.close()
        return "registered"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(confirmed, ["dupont2026", "dupont2027"]))

    assert answers == ["refused", "registered"]
    assert Account.objects.filter(state="active").count() == 1
