"""Each line of the tables of user names and passwords, by its number, and what always holds."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guichet.kernel.verdict import Severity
from guichet.rules import access_codes
from guichet.rules.access_codes import Profile, Reading, password_findings, user_name_findings

DAY = date(2026, 11, 25)
ACCEPTED, REFUSED = True, False


def _user_name(text: str, broken: str = "") -> None:
    """Exactly these rules are broken."""
    found = user_name_findings(text, on=DAY)

    assert [finding.key for finding in found] == broken.split()
    assert all(finding.severity is Severity.BLOCK for finding in found)


def _password(text: str, broken: str = "", *, b: bool, c: bool) -> None:
    """Exactly these rules are broken under reading A; under B and C that verdict."""
    assert [finding.key for finding in password_findings(text, on=DAY)] == broken.split()
    assert (password_findings(text, on=DAY, reading=Reading.B) == ()) is b
    assert (password_findings(text, on=DAY, reading=Reading.C) == ()) is c


def test_un01_lower_case_letters_only_are_accepted() -> None:
    _user_name("dupontmarie")


def test_un02_eight_signs_are_the_lower_bound() -> None:
    _user_name("jan2024x")


def test_un03_thirty_signs_are_the_upper_bound() -> None:
    _user_name("a" * 30)


def test_un04_digits_alone_are_accepted() -> None:
    _user_name("12345678")


def test_un05_a_digit_may_come_first() -> None:
    _user_name("0employer")


def test_un06_seven_signs_are_too_few() -> None:
    _user_name("dupont7", "U2")


def test_un07_thirty_one_signs_are_too_many() -> None:
    _user_name("a" * 31, "U2")


def test_un08_capitals_are_refused() -> None:
    _user_name("DupontMarie", "U1")


def test_un09_a_space_inside_is_refused() -> None:
    _user_name("dupont marie", "U3")


def test_un10_a_space_before_is_not_trimmed() -> None:
    _user_name(" dupontmarie", "U3")


def test_un11_an_underscore_is_refused() -> None:
    _user_name("dupont_marie", "U1")


def test_un12_a_dot_is_refused() -> None:
    _user_name("marie.dupont", "U1")


def test_un13_a_hyphen_is_refused() -> None:
    _user_name("marie-dupont", "U1")


def test_un14_an_address_of_mail_is_refused() -> None:
    _user_name("marie@dupont.be", "U1")


def test_un15_a_letter_with_an_accent_is_refused() -> None:
    _user_name("andr\xe9dupont", "U1")


def test_un16_a_letter_that_isalnum_accepts_is_refused() -> None:
    _user_name("stra\xdfe2024", "U1")


def test_un17_full_width_digits_are_refused() -> None:
    _user_name("\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "U1")


def test_un18_an_empty_name_is_refused() -> None:
    _user_name("", "U2")


def test_un19_a_final_newline_is_refused() -> None:
    _user_name("dupontmarie\n", "U3")


def test_pw01_two_digits_are_enough() -> None:
    _password("Bruxelles12", b=REFUSED, c=REFUSED)


def test_pw02_one_digit_is_not_enough() -> None:
    _password("Bruxelles1", "P4", b=REFUSED, c=REFUSED)


def test_pw03_a_digit_and_a_special_sign() -> None:
    _password("Chomage#1a", b=ACCEPTED, c=REFUSED)


def test_pw04_two_special_signs_and_no_digit() -> None:
    _password("abcdefgh#!", b=REFUSED, c=REFUSED)


def test_pw05_letters_alone_are_refused() -> None:
    _password("abcdefghij", "P4", b=REFUSED, c=REFUSED)


def test_pw06_digits_alone_are_accepted() -> None:
    _password("1234567890", b=REFUSED, c=REFUSED)


def test_pw07_special_signs_alone_are_accepted() -> None:
    _password(";=./+*%><&", b=REFUSED, c=REFUSED)


def test_pw08_fifteen_signs_are_the_upper_bound() -> None:
    _password("Abcdefghijk1234", b=REFUSED, c=REFUSED)


def test_pw09_sixteen_signs_are_too_many() -> None:
    _password("Abcdefghijkl1234", "P1", b=REFUSED, c=REFUSED)


def test_pw10_nine_signs_are_too_few() -> None:
    _password("Abcdef123", "P1", b=REFUSED, c=REFUSED)


def test_pw11_a_space_inside_is_refused() -> None:
    _password("Abc def 1234", "P2", b=REFUSED, c=REFUSED)


def test_pw12_a_space_at_the_end_is_not_trimmed() -> None:
    _password("Abcdefg12 ", "P2", b=REFUSED, c=REFUSED)


def test_pw13_a_question_mark_is_refused() -> None:
    _password("Abcdefg12?", "P5", b=REFUSED, c=REFUSED)


def test_pw14_a_seven_counts_as_a_digit() -> None:
    _password("Abcdefgh7(", b=ACCEPTED, c=REFUSED)


def test_pw15_a_hyphen_is_refused() -> None:
    _password("Abcdefg12-", "P5", b=REFUSED, c=REFUSED)


def test_pw16_a_dollar_is_refused() -> None:
    _password("Abcdefg12$", "P5", b=REFUSED, c=REFUSED)


def test_pw17_a_comma_is_refused() -> None:
    _password("Abcdefg,12", "P5", b=REFUSED, c=REFUSED)


def test_pw18_a_letter_with_an_accent_is_refused() -> None:
    _password("Abcd\xe9fg123", "P5", b=REFUSED, c=REFUSED)


def test_pw19_two_digits_and_four_special_signs() -> None:
    _password("Abcd_12{x}", b=ACCEPTED, c=ACCEPTED)


def test_pw20_one_special_sign_alone_is_not_enough() -> None:
    _password("Abcdefghi(", "P4", b=REFUSED, c=REFUSED)


def test_pw21_arabic_indic_digits_are_refused() -> None:
    _password("\u0663\u0664\u0665\u0666abcdef", "P4 P5", b=REFUSED, c=REFUSED)


def test_pw22_two_digits_and_two_special_signs() -> None:
    _password("Ab1@Cd2#Ef", b=ACCEPTED, c=ACCEPTED)


def test_pw23_lower_case_is_another_password_and_valid_too() -> None:
    _password("ab1@cd2#ef", b=ACCEPTED, c=ACCEPTED)


def test_pw24_an_empty_password_is_refused() -> None:
    _password("", "P1 P4", b=REFUSED, c=REFUSED)


def test_sc77_every_line_of_both_tables_has_its_test() -> None:
    mine = "\n".join(name for name in globals() if name.startswith("test_"))
    wanted = [f"test_un{line:02d}_" for line in range(1, 20)]
    wanted += [f"test_pw{line:02d}_" for line in range(1, 25)]

    assert [stem for stem in wanted if stem not in mine] == []  # UN20 stands with the accounts


# --- options -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "broken"), [(Reading.A, []), (Reading.B, []), (Reading.C, ["P4"])]
)
def test_pw13_a_question_mark_is_accepted_when_the_option_is_on(
    reading: Reading, broken: list[str]
) -> None:
    found = password_findings("Abcdefg12?", on=DAY, reading=reading, allow_question_mark=True)

    assert [finding.key for finding in found] == broken


def test_un08_capitals_are_folded_when_the_option_is_on() -> None:
    assert user_name_findings("DupontMarie", on=DAY, fold_case=True) == ()
    assert access_codes.user_name("DupontMarie", on=DAY, fold_case=True) == "dupontmarie"
    assert access_codes.user_name("DupontMarie", on=DAY) == "DupontMarie"


def test_only_capitals_of_the_alphabet_are_folded() -> None:
    kelvin = "\u212aelvin2024"  # lowers to an ASCII k

    assert [f.key for f in user_name_findings(kelvin, on=DAY, fold_case=True)] == ["U1"]


def test_every_broken_rule_is_told_at_once() -> None:
    assert [f.key for f in user_name_findings("A b", on=DAY)] == ["U1", "U2", "U3"]
    assert [f.key for f in password_findings("a -", on=DAY)] == ["P1", "P2", "P4", "P5"]


@pytest.mark.parametrize("blank", ["\t", "\n", "\r", "\x0b", "\u00a0", "\u2003", "\u3000"])
def test_every_white_space_counts_as_a_space(blank: str) -> None:
    assert [f.key for f in user_name_findings(f"dupont{blank}marie", on=DAY)] == ["U3"]
    assert [f.key for f in password_findings(f"Abcdefg12{blank}", on=DAY)] == ["P2"]


@pytest.mark.parametrize("sign", "-$,:'\"\\[]|~^\u20ac\u200b\x00")
def test_a_sign_outside_the_list_is_refused(sign: str) -> None:
    assert [f.key for f in password_findings(f"Abcdefg12{sign}", on=DAY)] == ["P5"]


@pytest.mark.parametrize("sign", ";=7./+*%><&@#(!{})_")
def test_every_sign_of_the_printed_list_is_accepted(sign: str) -> None:
    assert password_findings(f"Abcdefg1h{sign}", on=DAY) == ()


# --- the modern profile --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("correct horse battery", []),
        ("caf\u00e9 cr\u00e8me \u2615", []),
        ("a" * 12, []),
        ("a" * 128, []),
        ("a" * 11, ["M1"]),
        ("a" * 129, ["M1"]),
        ("", ["M1"]),
        ("unbelievable", ["M2"]),
        ("my-DupontMarie-2026", ["M3"]),
        ("dupontmarie", ["M1", "M3"]),
    ],
)
def test_the_modern_profile_asks_for_length_and_no_known_password(
    text: str, broken: list[str]
) -> None:
    found = password_findings(
        text,
        on=DAY,
        profile=Profile.MODERN,
        user_name="dupontmarie",
        breached=lambda password: password == "unbelievable",
    )

    assert [finding.key for finding in found] == broken


# --- what always holds ---------------------------------------------------------------------------

SPECIALS = ";=./+*%><&@#(!{})_"
passwords = st.text(string.ascii_letters + string.digits + SPECIALS, min_size=10, max_size=15)


@given(text=st.text(string.ascii_lowercase + string.digits, min_size=8, max_size=30))
def test_a_name_of_the_allowed_signs_and_length_is_accepted(text: str) -> None:
    assert user_name_findings(text, on=DAY) == ()


@given(text=st.text(st.sampled_from("abz019A _\n\u00e9\u0131\uff11"), max_size=32))
@example(text="dupontmarie")
@example(text="dupontmarie\n")
def test_a_name_is_accepted_when_it_has_the_printed_form_and_only_then(text: str) -> None:
    has_form = re.fullmatch(r"[a-z0-9]{8,30}", text) is not None

    assert (user_name_findings(text, on=DAY) == ()) is has_form


@given(text=st.one_of(passwords, st.text(max_size=20)), question_mark=st.booleans())
def test_what_b_or_c_accept_a_accepts(text: str, question_mark: bool) -> None:
    def accepted(reading: Reading) -> bool:
        return not password_findings(
            text, on=DAY, reading=reading, allow_question_mark=question_mark
        )

    if accepted(Reading.B) or accepted(Reading.C):
        assert accepted(Reading.A)
    if accepted(Reading.C):
        assert accepted(Reading.B)


@given(text=passwords)
def test_of_allowed_signs_and_length_only_the_number_of_letters_decides(text: str) -> None:
    others = sum(not sign.isalpha() for sign in text)

    assert (password_findings(text, on=DAY) == ()) is (others >= 2)


@given(text=st.text(max_size=20), profile=st.sampled_from(Profile))
def test_no_finding_repeats_the_password(text: str, profile: Profile) -> None:
    found = password_findings(text, on=DAY, profile=profile, user_name="dupontmarie")

    allowed = {"min", "max", "others", "reading", "specials"}
    assert all(set(finding.inputs) <= allowed for finding in found)
