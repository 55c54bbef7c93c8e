"""Terms that end by themselves: what is read before the job, what the job writes and tells."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from guichet.audit.models import Entry
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import answering, jobs, sending, standing, timing
from guichet.eservices.career_break.notices.content import Answer
from guichet.eservices.career_break.notices.stepping import UnknownNotice
from guichet.eservices.career_break.operations import Refused
from guichet.kernel.ticket import TicketNumber
from guichet.platform.models import Dispatch
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.notices import notice_world as here
from tests.eservices.career_break.notices.notice_world import moment
from tests.eservices.career_break.world import NOW

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
START = date(2025, 4, 15)
TERM = date(2025, 2, 28)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    world.build()


def postponed() -> Notice:
    """A notice that was postponed to 15 June."""
    row = here.sent()
    wanted = answering.Wanted(Answer(reasons=here.REASONS), date(2025, 6, 15))
    return answering.postpone(ticket=row.ticket, wanted=wanted, sender=world.sender(), now=NOW)


@pytest.mark.parametrize(("day", "state"), [(TERM, "pending"), (TERM + DAY, "deemed_accepted")])
def test_silence_accepts_on_the_day_after_the_term(day: date, state: str) -> None:
    row = here.sent()

    timing.settle(now=moment(day))

    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize(
    ("day", "state"), [(date(2025, 2, 10), "pending"), (date(2025, 2, 11), "lapsed")]
)
def test_without_a_term_a_notice_lapses_once_its_start_has_passed(day: date, state: str) -> None:
    row = here.sent(
        leave="informal_carer", regime="full", first_day=date(2025, 2, 10),
        last_day=date(2025, 3, 9),
    )  # fmt: skip
    assert row.answer_by is None

    timing.settle(now=moment(day))

    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2025, 6, 14), "postponed"), (date(2025, 6, 15), "accepted_new_date")],
)
def test_a_postponement_that_nobody_contests_is_agreed_to_on_the_new_date(
    day: date, state: str
) -> None:
    row = postponed()

    timing.settle(now=moment(day))

    row.refresh_from_db()
    assert row.state == state


def test_the_job_settles_once_and_tells_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    row = here.sent(email="luc@example.be")
    here.set_clock(monkeypatch, moment(TERM + DAY))

    for _ in range(2):
        jobs.settle_notices(timestamp=0)

    assert Entry.objects.filter(action="careerBreak.notice.deemedAccepted").count() == 1
    number = TicketNumber(row.ticket).formatted()
    about = Dispatch.objects.filter(Q(subject__contains=number) | Q(body__contains=number))
    assert about.filter(recipient="luc@example.be").count() == 1
    assert about.filter(recipient="personnel@example.be").count() == 2  # sent, deemed accepted


@pytest.mark.parametrize("is_settled", [False, True])
def test_after_the_term_every_step_treats_a_notice_as_accepted(is_settled: bool) -> None:
    row, later = here.sent(), moment(TERM + DAY)
    if is_settled:
        timing.settle(now=later)
    wanted = answering.Wanted(Answer(reasons=here.REASONS, ground="excluded_category"), START)
    sender, worker = world.sender(), here.worker()

    for give in (answering.refuse, answering.postpone):
        with pytest.raises(Refused) as late:
            give(ticket=row.ticket, wanted=wanted, sender=sender, now=later)
        assert [one.code for one in late.value.faults] == ["V-NO-09"]
        assert late.value.faults[0].values["deemed"] == TERM + DAY
    with pytest.raises(StepRefused) as gone:
        sending.withdraw(ticket=row.ticket, worker=worker, now=later)
    assert gone.value.state == "deemed_accepted"
    draft = answering.begin(ticket=row.ticket, sender=sender, now=later)
    assert draft.notice_id == row.pk


def test_a_lapsed_notice_is_not_answered_and_its_days_are_free_again() -> None:
    days = {"first_day": date(2025, 2, 10), "last_day": date(2025, 3, 9)}
    row = here.sent(leave="informal_carer", regime="full", **days)
    later = moment(date(2025, 2, 11))

    with pytest.raises(StepRefused) as lapsed:
        answering.accept(ticket=row.ticket, ebox_for_all=False, sender=world.sender(), now=later)

    assert lapsed.value.state == "lapsed"
    again = here.sent(
        leave="informal_carer", regime="full", now=later, first_day=date(2025, 2, 20),
        last_day=date(2025, 3, 19),
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, again.state) == ("lapsed", "pending")  # written down by who came next


def test_on_the_new_date_it_is_too_late_to_renounce() -> None:
    row = postponed()

    with pytest.raises(StepRefused) as late:
        sending.renounce(ticket=row.ticket, worker=here.worker(), now=moment(date(2025, 6, 15)))

    assert late.value.state == "accepted_new_date"
    assert standing.state_of(row, today=date(2025, 6, 14)) == "postponed"


def test_nobodys_notice_is_unknown_to_every_step() -> None:
    wanted = answering.Wanted(Answer(reasons=here.REASONS), START)
    given = {"ticket": "26C0000000000", "now": NOW}
    for step in (sending.withdraw, sending.agree, sending.renounce):
        with pytest.raises(UnknownNotice):
            step(worker=here.worker(), **given)  # type: ignore[arg-type]  # of a dict
    for give in (answering.refuse, answering.postpone):
        with pytest.raises(UnknownNotice):
            give(wanted=wanted, sender=world.sender(), **given)  # type: ignore[arg-type]  # of a dict
