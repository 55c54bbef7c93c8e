"""How long the employer has for an answer, what silence means, who may refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.career_break import answers as rules
from guichet.rules.career_break.answers import Silence
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import Notice

REASONS = "The team of the night has two people ill until June."
DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))


def a_notice(leave: Leave, regime: Regime = Regime.FULL, **other: Any) -> Notice:
    facts: dict[str, Any] = {"start": date(2026, 6, 1), "notified_on": date(2026, 3, 2)}
    return Notice(leave=leave, regime=regime, **facts | other)


def grounds(notice: Notice) -> list[str]:
    verdict = rules.refusal(notice)
    assert verdict.outcome is not verdict.blocks
    return [each.key.rpartition(".")[2] for each in verdict.findings] if verdict.outcome else []


def test_c63_rule_an_unanswered_tenth_is_deemed_accepted_after_a_month() -> None:
    asked = a_notice(Leave.PARENTAL, Regime.TENTH, notified_on=date(2024, 1, 10))

    term = rules.answer_term(asked)

    assert term.silence is Silence.CONSENT
    assert (term.last_day, term.deemed_on) == (date(2024, 2, 10), date(2024, 2, 11))
    assert rules.refusal_faults(asked, answered_on=date(2024, 2, 10), reasons=REASONS) == ()
    [late] = rules.refusal_faults(asked, answered_on=date(2024, 2, 11), reasons=REASONS)
    assert (late.code, late.blocks) == ("V-NO-09", True)
    assert late.values["deemed"] == date(2024, 2, 11)


def test_before_november_2022_silence_gave_no_consent() -> None:
    asked = a_notice(Leave.PARENTAL, Regime.TENTH, notified_on=date(2022, 11, 9))

    assert rules.answer_term(asked).silence is Silence.NOTHING
    assert rules.answer_term(asked).deemed_on is None
    assert rules.late_faults(asked, answered_on=date(2023, 3, 1)) == ()


@pytest.mark.parametrize(
    ("leave", "told_on", "last", "silence"),
    [
        (Leave.TIME_CREDIT, date(2026, 1, 31), date(2026, 2, 28), Silence.GRANTED),
        (Leave.END_OF_CAREER, date(2026, 1, 15), date(2026, 2, 15), Silence.GRANTED),
        (Leave.PARENTAL, date(2026, 3, 2), date(2026, 4, 2), Silence.GRANTED),
        # Friday: the Monday is Easter Monday, so that the two working days end on Wednesday.
        (Leave.MEDICAL_ASSISTANCE, date(2026, 4, 3), date(2026, 4, 8), Silence.GRANTED),
        (Leave.MEDICAL_ASSISTANCE, date(2026, 12, 24), date(2026, 12, 29), Silence.GRANTED),
        (Leave.PALLIATIVE, date(2026, 3, 2), None, Silence.NOTHING),
        (Leave.INFORMAL_CARER, date(2026, 3, 2), None, Silence.NOTHING),
        (Leave.ORDINARY, date(2026, 3, 2), None, Silence.NOTHING),
    ],
)
def test_the_term_and_the_silence_of_each_leave(
    leave: Leave, told_on: date, last: date | None, silence: Silence
) -> None:
    term = rules.answer_term(a_notice(leave, notified_on=told_on))

    assert (term.last_day, term.silence) == (last, silence)


def test_the_days_left_count_today_and_are_none_afterwards() -> None:
    term = rules.answer_term(a_notice(Leave.TIME_CREDIT))

    assert term.days_left(on=date(2026, 4, 1)) == 2
    assert term.days_left(on=date(2026, 4, 2)) == 1
    assert not term.is_over(on=date(2026, 4, 2))
    assert term.days_left(on=date(2026, 4, 3)) == 0
    assert term.is_over(on=date(2026, 4, 3))
    assert rules.answer_term(a_notice(Leave.PALLIATIVE)).days_left(on=date(2030, 1, 1)) is None


@pytest.mark.parametrize(("workers", "may"), [(10, True), (11, False), (None, False)])
def test_time_credit_is_refused_by_the_smallest_employers_only(
    workers: int | None, may: bool
) -> None:
    for leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER):
        assert grounds(a_notice(leave, workers=workers)) == (["small_employer"] if may else [])


def test_a_category_that_an_agreement_excludes_may_be_refused_time_credit() -> None:
    asked = a_notice(Leave.TIME_CREDIT, workers=200, is_excluded=True)

    assert grounds(asked) == ["excluded_category"]
    assert not rules.needs_consent(asked)


@pytest.mark.parametrize("regime", Regime)
def test_only_a_tenth_and_flexible_parental_leave_may_be_refused(regime: Regime) -> None:
    asks = regime in (Regime.TENTH, Regime.FULL_FLEX, Regime.HALF_FLEX)

    assert grounds(a_notice(Leave.PARENTAL, regime)) == (["consent_regime"] if asks else [])
    assert grounds(a_notice(Leave.PARENTAL, regime, is_balance=True)) == []


@pytest.mark.parametrize(
    ("regime", "workers", "expected"),
    [
        (Regime.FIFTH, 8, ["fewer_than_ten"]),
        (Regime.HALF, 9, ["fewer_than_ten"]),
        (Regime.HALF, 10, []),
        (Regime.FULL, 8, []),
        (Regime.FIFTH, None, []),
    ],
)
def test_r27_a_small_employer_agrees_to_a_part_and_grants_the_whole(
    regime: Regime, workers: int | None, expected: list[str]
) -> None:
    assert grounds(a_notice(Leave.MEDICAL_ASSISTANCE, regime, workers=workers)) == expected


@pytest.mark.parametrize(
    ("workers", "used", "may"), [(30, 12, True), (49, 12, True), (50, 12, False), (30, 11, False)]
)
def test_r28_after_six_full_months_a_middle_sized_employer_may_refuse(
    workers: int, used: int, may: bool
) -> None:
    asked = a_notice(
        Leave.MEDICAL_ASSISTANCE,
        workers=workers,
        used_half_months=used,
        notified_on=date(2026, 3, 5),
    )

    assert grounds(asked) == (["half_of_credit_used"] if may else [])
    assert not rules.needs_consent(asked)
    faults = rules.refusal_faults(asked, answered_on=date(2026, 3, 9), reasons=REASONS)
    assert [fault.key for fault in faults] == ([] if may else ["V-NO-07.medical_assistance"])
    late = rules.refusal_faults(asked, answered_on=date(2026, 3, 10), reasons=REASONS)
    assert late[-1].code == "V-NO-09"


def test_medical_assistance_by_weeks_needs_consent_and_a_hospital_stay_does_not() -> None:
    weeks = a_notice(Leave.MEDICAL_ASSISTANCE, Regime.FULL_FLEX)
    stay = a_notice(Leave.MEDICAL_ASSISTANCE, Regime.FULL_FLEX, for_hospitalised_minor=True)

    assert grounds(weeks) == ["consent_regime"]
    assert grounds(stay) == []


@pytest.mark.parametrize("leave", [Leave.PALLIATIVE, Leave.INFORMAL_CARER])
@pytest.mark.parametrize("regime", [Regime.FULL, Regime.HALF, Regime.FIFTH])
def test_c62_rule_palliative_and_informal_care_are_never_refused(
    leave: Leave, regime: Regime
) -> None:
    asked = a_notice(leave, regime, workers=3, several_employers=True)

    [fault] = rules.refusal_faults(asked, answered_on=date(2026, 3, 3), reasons=REASONS)

    assert (fault.code, fault.variant) == ("V-NO-07", leave.value)


def test_a_service_decides_over_an_ordinary_break() -> None:
    assert grounds(a_notice(Leave.ORDINARY)) == ["service_decides"]


def test_a_fifth_over_several_employers_needs_consent() -> None:
    asked = a_notice(Leave.PARENTAL, Regime.FIFTH, several_employers=True)

    assert grounds(asked) == ["several_employers"]
    assert rules.needs_consent(asked)


@pytest.mark.parametrize(
    ("reasons", "key"),
    [
        ("", "V-NO-05"),
        ("   too short       ", "V-NO-05"),
        ("x" * 20, None),
        ("x" * 1000, None),
        ("x" * 1001, "V-NO-05.long"),
    ],
)
def test_who_refuses_says_why(reasons: str, key: str | None) -> None:
    assert [fault.key for fault in rules.reason_faults(reasons)] == ([key] if key else [])


ASKED = st.builds(
    a_notice,
    st.sampled_from(Leave),
    st.sampled_from(Regime),
    notified_on=DAYS,
    workers=st.none() | st.integers(0, 300),
    used_half_months=st.integers(0, 48),
)


@given(asked=ASKED, after=st.integers(0, 60))
def test_the_term_ends_once_and_a_right_without_grounds_is_never_refused(
    asked: Notice, after: int
) -> None:
    term, day = rules.answer_term(asked), asked.notified_on + timedelta(days=after)

    faults = rules.refusal_faults(asked, answered_on=day, reasons=REASONS)

    assert ("V-NO-07" in {f.code for f in faults}) is not rules.refusal(asked).outcome
    assert term.is_over(on=day) is (term.days_left(on=day) == 0)
    assert not term.is_over(on=asked.notified_on)
