"""What time does to a notice: silence accepts, a start passes, a new date comes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import silence
from guichet.rules.career_break.answers import answer_term
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import Notice
from guichet.rules.career_break.postponement import moved
from guichet.rules.career_break.states import NEXT_OF_NOTICE, NoticeState

DAYS = st.dates(date(2022, 11, 10), date(2035, 12, 31))
TERMS = st.none() | DAYS
STATES = st.sampled_from(NoticeState)
NOTICES = st.builds(
    Notice, leave=st.sampled_from(Leave), regime=st.sampled_from(Regime), start=DAYS,
    notified_on=DAYS, workers=st.none() | st.integers(1, 200),
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "term", "today", "after"),
    [
        ("pending", date(2024, 2, 10), date(2024, 2, 10), "pending"),
        ("pending", date(2024, 2, 10), date(2024, 2, 11), "deemed_accepted"),
        ("pending", None, date(2024, 3, 1), "pending"),
        ("pending", None, date(2024, 3, 2), "lapsed"),
        ("postponed", date(2024, 2, 10), date(2024, 2, 29), "postponed"),
        ("postponed", date(2024, 2, 10), date(2024, 3, 1), "accepted_new_date"),
        ("refused", date(2024, 2, 10), date(2024, 12, 1), "refused"),
        ("withdrawn", None, date(2024, 12, 1), "withdrawn"),
    ],
)
def test_c63_each_side_of_a_term(state: str, term: date | None, today: date, after: str) -> None:
    found = silence.stands_as(
        state=NoticeState(state), first_day=date(2024, 3, 1), answer_by=term, today=today
    )

    assert found == after


def test_before_silence_was_consent_a_tenth_had_no_day_on_which_it_was_accepted() -> None:
    asked = Notice(
        leave=Leave.PARENTAL, regime=Regime.TENTH, start=date(2023, 1, 1),
        notified_on=date(2022, 11, 9),
    )  # fmt: skip

    assert silence.answer_by(asked) is None


@given(notice=NOTICES)
def test_a_notice_is_deemed_accepted_after_its_term_and_never_in_it(notice: Notice) -> None:
    term, last = answer_term(notice), silence.answer_by(notice)

    assert (last is None) is (term.deemed_on is None)
    if last is None or term.deemed_on is None:
        return
    assert term.deemed_on > last > notice.notified_on
    first = {"state": NoticeState.PENDING, "first_day": notice.start, "answer_by": last}
    assert silence.stands_as(**first, today=last) is NoticeState.PENDING  # type: ignore[arg-type]  # of a dict
    deemed = silence.stands_as(**first, today=term.deemed_on)  # type: ignore[arg-type]  # of a dict
    assert deemed is NoticeState.DEEMED_ACCEPTED


@given(state=STATES, first_day=DAYS, answer_by=TERMS, today=DAYS, later=st.integers(0, 4000))
def test_time_takes_one_step_and_never_goes_back(
    state: NoticeState, first_day: date, answer_by: date | None, today: date, later: int
) -> None:
    given_ = {"first_day": first_day, "answer_by": answer_by}
    before = silence.stands_as(state=state, today=today, **given_)  # type: ignore[arg-type]  # of a dict
    after = silence.stands_as(state=before, today=today + timedelta(days=later), **given_)  # type: ignore[arg-type]  # of a dict

    assert before == state or before in NEXT_OF_NOTICE.values()
    if before != state:
        assert after == before


@given(
    first=DAYS, days=st.integers(1, 900), later=st.integers(1, 400),
    regime=st.sampled_from(Regime),
)  # fmt: skip
def test_a_postponement_never_shortens_the_leave(
    first: date, days: int, later: int, regime: Regime
) -> None:
    asked = Period(first, first + timedelta(days=days - 1))

    found = moved(asked, new_start=first + timedelta(days=later), regime=regime)

    assert found.first_day == first + timedelta(days=later)
    months = None if regime.is_by_weeks else asked.whole_months()
    if months is None:
        assert found.days == asked.days
    else:
        assert found.whole_months() == months
    assert found.last_day >= asked.last_day
