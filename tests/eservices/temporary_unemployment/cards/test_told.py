"""What was communicated about a worker: on his card, on his pages, on his start page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Lookup
from guichet.eservices.temporary_unemployment.cards import reminding, sheets, told
from guichet.eservices.temporary_unemployment.cards.models import Wrong
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.platform import clock
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.control_card import uncovered_day
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.states import State
from guichet.rules.temporary_unemployment.workers import job_seeker_days, rate
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.cards.world import key as key_of
from tests.eservices.temporary_unemployment.cards.world import mark, place
from tests.eservices.temporary_unemployment.world import ANNE, CLERK, FIRM, LUC, moment
from tests.portal.browsing import signed_in, text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HOME = "/temporary-unemployment/mine/"
MARCH = date(2025, 3, 1)
FIRST = date(2025, 3, 17)


@pytest.fixture
def anne() -> Client:
    return signed_in(ANNE)


def at_her_desk(monkeypatch: pytest.MonkeyPatch, day: str) -> Client:
    """Anne, signed in on another day."""
    monkeypatch.setattr(clock, "now", lambda: moment(day))
    return signed_in(ANNE)


def first_day(day: date = FIRST, **given: object) -> Communication:
    """Her first effective day, told on Monday 10 March."""
    return world.sent(world.first_day(day, moment("2025-03-10"), **given))  # type: ignore[arg-type]


def where(row: Communication, act: str = "") -> str:
    return f"{HOME}communicated/{row.ticket}/{act}"


def card() -> sheets.Sheet:
    found = sheets.sheet(niss=ANNE, employer=FIRM, month=MARCH, now=clock.now())
    assert found is not None
    return found


def test_the_first_effective_day_comes_by_itself_and_the_card_begins_with_it(
    anne: Client,
) -> None:
    first_day()

    page = text(anne, place(employer=FIRM))

    assert card().days[16].is_first
    assert [one.day.day for one in card().days if one.is_applicable] == [*range(17, 32)]
    assert "first effective day" in page
    assert card().is_wanted


def test_a_cancelled_first_day_leaves_the_card() -> None:
    from guichet.eservices.temporary_unemployment import operations

    row = first_day()
    operations.cancel(ticket=row.ticket, sender=world.sender(), now=moment("2025-03-11"))

    assert not any(one.is_first for one in card().days)
    assert card().days[0].is_applicable
    assert not card().is_wanted


def test_sc42_a_communicated_day_that_the_card_covers_by_a_holiday_stays_valid(
    anne: Client,
) -> None:
    first_day()
    answer = anne.post(place("17/", employer=FIRM), {"state": "holiday"})
    assert answer.status_code == 302

    both = sheets.marked_many(
        workers=[ANNE, LUC], employer=FIRM, first=MARCH, last=date(2025, 3, 31)
    )

    assert both == {ANNE: frozenset({FIRST})}
    assert uncovered_day(FIRST, marked=both[ANNE]) == FIRST + timedelta(days=1)


def test_the_page_says_month_by_month_what_was_communicated(anne: Client) -> None:
    row = world.sent(world.expected())
    told_of = first_day()

    page = text(anne, HOME)

    assert "April 2025, Fonderie Meuse SRL" in page
    assert "March 2025, Fonderie Meuse SRL" in page
    assert "17/03/2025 - 13/04/2025" in page
    assert "first day without work: 17/03/2025" in page
    for one in (row, told_of):
        assert where(one) in anne.get(HOME).content.decode()


def test_it_says_what_it_means_and_leads_to_the_card(anne: Client) -> None:
    page = text(anne, where(world.sent(world.expected())))

    assert "ONEM has not decided yet" in page
    assert "an allowance of 60 per cent of your wage" in page
    assert "send it from Friday 28 March on" in page
    assert "Orders fell" not in page  # of the firm's affairs he reads no more than that
    assert "This is wrong" in page


def test_a_decision_is_seen_at_midnight_of_the_day_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guichet.kernel.moments import BRUSSELS

    row = world.sent(world.expected())
    decided = moment("2025-03-19")
    Communication.objects.filter(pk=row.pk).update(
        state=State.REFUSED.value, shown_before=State.UNDER_REVIEW.value, decided_on=decided.date()
    )
    midnight = decided.astimezone(BRUSSELS).replace(hour=0, minute=0) + timedelta(days=1)

    monkeypatch.setattr(clock, "now", lambda: midnight - timedelta(seconds=1))
    before = text(signed_in(ANNE), where(row))
    monkeypatch.setattr(clock, "now", lambda: midnight)
    after = text(signed_in(ANNE), where(row))

    assert "ONEM has not decided yet" in before
    assert "Decision of ONEM" not in before
    assert "ONEM refused it. Your employer owes you your wage" in after
    assert "19/03/2025" in after


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.ACCEPTED, "ONEM accepted it."),
        (State.PARTIALLY_ACCEPTED, "ONEM accepted a part of it only"),
        (State.REVISED, "ONEM decided anew"),
        (State.CANCELLED, "This communication does not hold any more"),
        (State.MODIFIED, "This communication does not hold any more"),
    ],
)
def test_each_state_has_its_sentence(anne: Client, state: State, said: str) -> None:
    row = world.sent(world.expected())
    ticket = "05C0000000001" if state is State.CANCELLED else ""
    Communication.objects.filter(pk=row.pk).update(state=state.value, cancellation_ticket=ticket)

    assert said in text(anne, where(row))


def test_a_first_day_that_came_late_says_from_when_it_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = world.sent(world.first_day(FIRST, moment("2025-03-20")))

    page = text(at_her_desk(monkeypatch, "2025-03-20"), where(row))

    assert "It came late: ONEM accepts it from Wednesday 19 March 2025 on at the earliest" in page


def test_force_majeure_says_when_to_register_as_job_seeker() -> None:
    assert job_seeker_days(date(2025, 2, 1)) == (date(2025, 5, 1), date(2025, 5, 8))
    assert job_seeker_days(date(2025, 11, 30))[0] == date(2026, 2, 28)
    assert rate(reason=Reason.FORCE_MAJEURE, on=MARCH) == 65
    assert rate(reason=Reason.STRIKE, on=MARCH) == 60


@pytest.mark.parametrize("who", [LUC, CLERK])
def test_what_is_about_somebody_else_and_nothing_are_the_same(anne: Client, who: str) -> None:
    row = world.sent(world.expected())
    other = signed_in(who, FIRM) if who == CLERK else signed_in(who)

    for act in ("", "wrong/"):
        assert other.get(where(row, act)).status_code == 404
        assert anne.get(f"{HOME}communicated/05W0000000000/{act}").status_code == 404
        assert anne.get(f"{HOME}communicated/nothing/{act}").status_code == 404
        assert Client().get(where(row, act)).status_code == 302
    assert told.about(niss=who, first=MARCH, last=date(2025, 3, 31), today=MARCH) == []


def test_looking_at_it_leaves_a_trace(anne: Client) -> None:
    text(anne, where(world.sent(world.expected())))

    rows = Lookup.objects.using("audit").filter(niss=ANNE, purpose="temporaryUnemployment.mine")
    assert rows.exists()


def test_what_is_wrong_goes_to_the_employers_ebox_once(
    anne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "guichet.eservices.temporary_unemployment.cards.telling.sender_number"
    monkeypatch.setattr(name, lambda: world.OTHER)
    row = world.sent(world.expected())

    page = anne.get(where(row, "wrong/")).content.decode()
    assert "Your communication 05W-" in page
    bad = anne.post(where(row, "wrong/"), {"text": " "})
    assert bad.status_code == 422
    assert "Write what is wrong, with the days" in words(bad.content.decode())
    given = {"what": "worked", "text": "I worked on 18/03.\r\nAsk <b>Karim</b>."}
    for _ in range(2):
        assert anne.post(where(row, "wrong/"), given).status_code == 302

    one = Wrong.objects.get()
    assert (one.about, one.what) == (row.ticket, "worked")
    [job] = ProcrastinateJob.objects.filter(task_name="ebox.publish")
    assert job.args["enterprise_number"] == FIRM
    assert job.args["message_type"] == "temporary-unemployment.report"
    assert "I worked on 18/03" in job.args["body"]
    assert ANNE not in str(job.args)
    assert "&lt;b&gt;Karim" in anne.get(where(row)).content.decode()


def test_reports_have_a_limit(anne: Client) -> None:
    row = world.sent(world.expected())

    answers = [
        anne.post(where(row, "wrong/"), {"what": "other", "text": f"{n}"}).status_code
        for n in range(11)
    ]

    assert answers == [302] * 10 + [422]


def test_the_start_page_has_the_next_step_for_who_has_a_card_and_a_tile_for_who_is_employed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first_day()

    page = text(at_her_desk(monkeypatch, "2025-03-18"), "/")
    assert "Control card of March 2025: mark work before you begin" in page
    assert "To be sent from Friday 28 March on" in page
    assert "My control card" in at_her_desk(monkeypatch, "2025-03-18").get("/").content.decode()
    page = text(at_her_desk(monkeypatch, "2025-03-28"), "/")
    assert "Send your control card of March 2025" in page
    theirs = text(signed_in(LUC), "/")
    assert "Control card of" not in theirs
    assert "Your control card, and what your employers communicated about you" in theirs
    assert "control card" not in text(signed_in(CLERK, FIRM), "/").lower()


def test_whoever_is_told_of_is_reminded_though_he_never_opened_his_card() -> None:
    first_day()

    assert reminding.remind(now=moment("2025-03-28")) == 1
    mark(18, of=key_of(ANNE, FIRM), now=moment("2025-03-17"))
    assert reminding.remind(now=moment("2025-03-29")) == 0


def test_two_workers_of_one_communication_see_their_own_part_only(anne: Client) -> None:
    lines = (Line(niss=ANNE, first_day=FIRST), Line(niss=LUC, first_day=FIRST + timedelta(days=1)))
    row = first_day(lines=lines)

    page = text(anne, where(row))

    assert "17/03/2025" in page
    assert "18/03/2025" not in page
    assert "18/03/2025" in text(signed_in(LUC), where(row))
