from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS
from guichet.rules import dated
from guichet.rules.presence import (
    DESCRIPTIONS,
    Profile,
    Refusal,
    address_says_something,
    custom_reference_holds,
    refusals,
)

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
LENIENT = Profile()
STRICT = Profile(site_ref_strict=True, ssin_strict=True)
GOOD: dict[str, Any] = {
    "occurred_at": NOW,
    "received_at": NOW,
    "ssin": "85073100130",
    "enterprise_number": "0712345630",
    "foreign_vat_number": None,
    "has_coordinates": True,
    "has_address": False,
    "reference": "1Y103CF8203SZ",
    "custom_reference": None,
    "profile": LENIENT,
}


def refused(**changes: Any) -> tuple[Refusal, ...]:
    return refusals(**(GOOD | changes))


@pytest.mark.parametrize("profile", [LENIENT, STRICT])
def test_a_good_act_is_not_refused(profile: Profile) -> None:
    assert refused(profile=profile) == ()


@pytest.mark.parametrize("seconds", [0, 1, 599.999999, 600])
def test_p19_rule_an_act_at_most_600_s_old_is_created(seconds: float) -> None:
    assert refused(occurred_at=NOW - timedelta(seconds=seconds)) == ()


@pytest.mark.parametrize("seconds", [600.000001, 601, 1200, 86_400])
def test_p20_rule_an_act_older_than_600_s_is_refused(seconds: float) -> None:
    assert refused(occurred_at=NOW - timedelta(seconds=seconds)) == (Refusal.REGISTRATION_DATE,)


@pytest.mark.parametrize("seconds", [30, 60])
def test_p21_rule_an_act_at_most_60_s_ahead_is_created(seconds: float) -> None:
    assert refused(occurred_at=NOW + timedelta(seconds=seconds)) == ()


@pytest.mark.parametrize("seconds", [60.000001, 61])
def test_p21_rule_an_act_more_than_60_s_ahead_is_refused(seconds: float) -> None:
    assert refused(occurred_at=NOW + timedelta(seconds=seconds)) == (Refusal.REGISTRATION_DATE,)


def test_p22_rule_an_act_before_midnight_is_created_after_it() -> None:
    occurred = datetime(2026, 3, 1, 23, 58, tzinfo=BRUSSELS)
    received = datetime(2026, 3, 2, 0, 5, tzinfo=BRUSSELS)

    assert refused(occurred_at=occurred, received_at=received) == ()


def test_p23_rule_the_second_half_past_two_in_october_is_another_moment() -> None:
    first = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=BRUSSELS)
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BRUSSELS)

    assert refused(occurred_at=second, received_at=second) == ()
    assert refused(occurred_at=first, received_at=second) == (Refusal.REGISTRATION_DATE,)


def test_p27_rule_an_act_of_tomorrow_is_refused() -> None:
    assert refused(occurred_at=NOW + timedelta(days=1)) == (Refusal.REGISTRATION_DATE,)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-14))),
    ],
)
def test_an_absurd_moment_is_refused_and_no_accident(moment: datetime) -> None:
    assert refused(occurred_at=moment) == (Refusal.REGISTRATION_DATE,)


def test_p35_rule_wrong_check_digits_refuse_only_in_strict_mode() -> None:
    assert refused(ssin="85073100131") == ()
    assert refused(ssin="85073100131", profile=STRICT) == (Refusal.SSIN,)


@pytest.mark.parametrize("number", ["4509056866666", "0712345631", "712345630", "", "0000000097"])
def test_p36_rule_a_wrong_enterprise_number_is_refused(number: str) -> None:
    assert refused(enterprise_number=number) == (Refusal.ENTERPRISE_NUMBER,)


@pytest.mark.parametrize("number", [None, "0712345630", "wrong"])
def test_p37_rule_both_employer_numbers_or_none_are_refused(number: str | None) -> None:
    vat = None if number is None else "PL0000000000"

    assert refused(enterprise_number=number, foreign_vat_number=vat) == (Refusal.EMPLOYER,)


@pytest.mark.parametrize("vat", ["PL0000000000", "FR1", "DE" + "9" * 28])
def test_p11_rule_a_foreign_vat_number_stands_for_the_employer(vat: str) -> None:
    assert refused(enterprise_number=None, foreign_vat_number=vat) == ()


@pytest.mark.parametrize("vat", ["", "PL", "pl123", "12345", "DE" + "9" * 29, "PL1\n", "\nPL12"])
def test_a_malformed_foreign_vat_number_is_refused(vat: str) -> None:
    assert refused(enterprise_number=None, foreign_vat_number=vat) == (Refusal.FOREIGN_VAT_NUMBER,)


@pytest.mark.parametrize("given", [True, False])
def test_p38_rule_both_places_or_none_are_refused(given: bool) -> None:
    assert refused(has_coordinates=given, has_address=given) == (Refusal.PLACE_OF_WORK,)


def test_p10_rule_an_address_stands_for_coordinates() -> None:
    assert refused(has_coordinates=False, has_address=True) == ()


@pytest.mark.parametrize("reference", ["1Y103CF820", "1YI03CF8203SZ", "1YO03CF8203SZ", ""])
def test_p39_rule_a_malformed_reference_is_refused(reference: str) -> None:
    expected = (Refusal.CONTRACTUAL_RELATIONSHIP_REFERENCE,)

    assert refused(reference=reference) == expected
    assert refused(reference=reference, profile=STRICT) == expected


@pytest.mark.parametrize("reference", ["1Y103CF8203TZ", "1Y1ZZZZZZZZZZ", "4B2K7XPQ2MTR9"])
def test_i24_rule_a_mistyped_reference_is_refused_only_in_strict_mode(reference: str) -> None:
    assert refused(reference=reference) == ()
    assert refused(reference=reference, profile=STRICT) == (
        Refusal.CONTRACTUAL_RELATIONSHIP_REFERENCE,
    )


def test_p41_rule_every_fault_of_an_act_is_named_in_the_order_of_its_members() -> None:
    assert refused(reference="1Y103CF820", enterprise_number="0712345631") == (
        Refusal.ENTERPRISE_NUMBER,
        Refusal.CONTRACTUAL_RELATIONSHIP_REFERENCE,
    )


@pytest.mark.parametrize("reference", ["x" * 5000, "x" * 65, "a\x00b", "a\nb"])
def test_p46_rule_a_custom_reference_that_does_not_fit_is_refused(reference: str) -> None:
    assert refused(custom_reference=reference) == (Refusal.CUSTOM_REFERENCE,)


@pytest.mark.parametrize("reference", ["", "shift-1", "x" * 64, "odoo:presence:42"])
def test_p18_rule_a_custom_reference_of_64_signs_fits(reference: str) -> None:
    assert refused(custom_reference=reference) == ()
    assert custom_reference_holds(reference)


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ((), False),
        ((None, None, None, None, None), False),
        ((None, "", "  "), False),
        ((None, "Gent"), True),
    ],
)
def test_an_address_without_any_member_is_no_address(
    members: tuple[str | None, ...], says: bool
) -> None:
    assert address_says_something(*members) is says


def test_the_codes_and_the_printed_descriptions_are_those_of_the_service() -> None:
    assert Refusal.ENTERPRISE_NUMBER.value == (
        "error.presence-registration.creation.enterprise-number"
    )
    assert Refusal.ENTERPRISE_NUMBER.description == "enterprise number is not valid"
    assert Refusal.CONTRACTUAL_RELATIONSHIP_REFERENCE.description == (
        "contractual relationship reference is not valid"
    )
    assert set(DESCRIPTIONS) == set(Refusal)


def test_the_profile_follows_the_figures_of_the_law() -> None:
    day = NOW.date()

    assert LENIENT.max_late_seconds == dated.whole("presence.act.max_late", on=day)
    assert LENIENT.max_future_seconds == dated.whole("presence.act.max_future", on=day)
    assert custom_reference_holds("x" * dated.whole("presence.act.custom_reference_max", on=day))


def test_an_installation_may_set_its_own_bounds() -> None:
    profile = Profile(max_late_seconds=5, max_future_seconds=0)

    assert refused(occurred_at=NOW - timedelta(seconds=5), profile=profile) == ()
    assert refused(occurred_at=NOW - timedelta(seconds=6), profile=profile) != ()
    assert refused(occurred_at=NOW + timedelta(microseconds=1), profile=profile) != ()


@given(
    lateness=st.integers(-200, 900),
    enterprise=st.sampled_from([None, "0712345630", "0712345631"]),
    vat=st.sampled_from([None, "PL1", "1"]),
    place=st.tuples(st.booleans(), st.booleans()),
    reference=st.sampled_from(["1Y103CF8203SZ", "1Y103CF8203TZ", "x"]),
    strict=st.booleans(),
)
def test_being_strict_never_accepts_more(
    *,
    lateness: int,
    enterprise: str | None,
    vat: str | None,
    place: tuple[bool, bool],
    reference: str,
    strict: bool,
) -> None:
    changes = {
        "occurred_at": NOW - timedelta(seconds=lateness),
        "enterprise_number": enterprise,
        "foreign_vat_number": vat,
        "has_coordinates": place[0],
        "has_address": place[1],
        "reference": reference,
    }
    lenient = refused(**changes)

    assert set(lenient) <= set(refused(**changes, profile=STRICT if strict else LENIENT))
    assert len(set(lenient)) == len(lenient)
