"""A card through its pages: marks, late marks, corrections, what is not on it, whose it is."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.audit.models import Entry, Lookup
from guichet.eservices.temporary_unemployment.cards import marking
from guichet.eservices.temporary_unemployment.cards.models import Card, Mark
from guichet.platform import clock
from guichet.rules.temporary_unemployment.card_days import DayState
from tests.eservices.temporary_unemployment.cards import world
from tests.eservices.temporary_unemployment.cards.world import (
    CLERK,
    FACTORY,
    HASSAN,
    LIES,
    MARCH,
    PIOTR,
    SHELTERED,
    SITE,
    at,
    card,
    himself,
    key,
    mark,
    place,
)
from tests.portal.browsing import signed_in, text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("site"),
]
HOME = "/temporary-unemployment/mine/"
WORK = {"state": "work", "starts_at": "07:30"}


@pytest.fixture
def piotr() -> Client:
    return himself()


def moved(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """The clock stands at another moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def said(client: Client, day: int, given: dict[str, str], expected: int = 302) -> str:
    """Fill in a day; the words of the page that comes back, when it does."""
    answer = client.post(place(f"{day}/"), given)
    assert answer.status_code == expected, answer.content.decode()[-2000:]
    return words(answer.content.decode()) if expected != 302 else ""


def test_the_card_of_a_building_worker_is_there_before_anybody_opened_it(piotr: Client) -> None:
    page = text(piotr, place())

    assert "Control card, March 2025" in page
    assert "I work today" in page
    assert "You can send this card from Friday 28 March on" in page
    assert not Card.objects.exists()


def test_one_touch_before_the_work_marks_today(piotr: Client) -> None:
    said(piotr, 12, WORK)

    page = text(piotr, place())
    standing = card().standing(date(2025, 3, 12))
    assert standing is not None
    assert not standing.is_late
    assert "marked at 06:00" in page
    assert "Change today" in page


def test_work_that_has_begun_asks_why_and_stays_late(monkeypatch: pytest.MonkeyPatch) -> None:
    moved(monkeypatch, at(12, 7, 31))
    piotr = himself()
    assert "mark it now and say why it is late" in text(piotr, place())

    page = said(piotr, 12, WORK, 422)
    assert "The work has begun: write why you mark it late" in page
    said(piotr, 12, WORK | {"reason": "The battery of my phone was empty"})

    page = text(piotr, place())
    assert "marked late" in page
    assert "The battery of my phone was empty" in page


@pytest.mark.parametrize(("minute", "is_late"), [(29, False), (30, False), (31, True)])
def test_work_marked_at_the_minute_at_which_it_begins_is_in_time(
    minute: int, is_late: bool
) -> None:
    mark(12, reason="Why", now=at(12, 7, minute))

    assert Mark.objects.get().is_late is is_late
    assert Mark.objects.get().reason == ("Why" if is_late else "")


def test_a_begun_day_changes_with_a_reason_and_its_past_stays(piotr: Client) -> None:
    said(piotr, 12, WORK)

    page = said(piotr, 12, {"state": "unemployed"}, 422)
    assert "This day was marked before: write why you change it" in page
    said(piotr, 12, {"state": "unemployed", "reason": "It rained, we were sent home"})

    assert [(one.state, one.reason) for one in Mark.objects.order_by("id")] == [
        ("work", ""), ("unemployed", "It rained, we were sent home"),
    ]  # fmt: skip
    page = text(piotr, place())
    assert "Everything that you marked" in page
    assert "It rained, we were sent home" in page


def test_another_hour_on_a_begun_day_is_a_correction_too(piotr: Client) -> None:
    said(piotr, 12, WORK)

    said(piotr, 12, WORK | {"starts_at": "9"}, 422)


def test_a_day_to_come_is_planned_and_changed_freely(piotr: Client) -> None:
    said(piotr, 14, WORK)
    said(piotr, 14, {"state": "holiday"})
    said(piotr, 14, {"state": "unemployed"})

    assert card().day(14) is not None
    assert card().days[13].state is DayState.UNEMPLOYED
    assert not card().days[13].is_marked


def test_a_week_of_holiday_is_marked_at_once(piotr: Client) -> None:
    said(piotr, 17, {"state": "holiday", "until": "21"})

    assert [one.day.day for one in card().days if one.state is DayState.HOLIDAY] == [*range(17, 22)]
    assert Entry.objects.filter(action="temporaryUnemployment.card.marked").count() == 1


def test_several_days_of_work_leave_the_weekend_out(piotr: Client) -> None:
    said(piotr, 13, WORK | {"until": "18"})

    assert [one.day.day for one in card().days if one.state is DayState.WORK] == [13, 14, 17, 18]


def test_the_same_mark_twice_is_one(piotr: Client) -> None:
    said(piotr, 12, WORK)
    said(piotr, 12, WORK)

    assert Mark.objects.count() == 1


@pytest.mark.parametrize("hour", ["7", "7:30", "07h30", "0730", "7.30", "23:59"])
def test_an_hour_is_read_as_people_write_it(piotr: Client, hour: str) -> None:
    said(piotr, 14, {"state": "work", "starts_at": hour})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Choose one"),
        ({"state": "not_applicable"}, "Choose one"),
        ({"state": "lazy"}, "Choose one"),
        ({"state": "work"}, "Write at what time the work begins"),
        ({"state": "work", "starts_at": "25:00"}, "Write the hour as 7:30"),
        ({"state": "work", "starts_at": "soon"}, "Write the hour as 7:30"),
        ({"state": "holiday", "until": "11"}, "Choose one"),
        ({"state": "holiday", "until": "32"}, "Choose one"),
        ({"state": "other", "reason": "x" * 201}, "Your text is too long"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    piotr: Client, given: dict[str, str], told: str
) -> None:
    page = said(piotr, 12, given, 422)

    assert told in page
    assert not Mark.objects.exists()


def test_a_day_without_a_contract_is_grey_and_cannot_be_marked(piotr: Client) -> None:
    answer = piotr.get(place("24/", employer=FACTORY))

    assert answer.status_code == 409
    assert "This day is not on your card" in words(answer.content.decode())
    with pytest.raises(marking.NotApplicable):
        mark(24, of=key(employer=FACTORY))


def test_each_employer_has_a_card_of_his_own() -> None:
    mark(12)
    mark(12, "other_employer", of=key(employer=FACTORY))

    assert card().days[11].state is DayState.WORK
    assert card(employer=FACTORY).days[11].state is DayState.OTHER_EMPLOYER
    assert Card.objects.count() == 2


def test_a_sheltered_workshop_keeps_the_paper(piotr: Client) -> None:
    lies = himself(LIES)

    assert "keeps the card on paper" in text(lies, place(employer=SHELTERED))
    assert "On paper" in text(lies, HOME)
    assert lies.post(place("12/", employer=SHELTERED), WORK).status_code == 409
    assert lies.get(place("send/", employer=SHELTERED)).status_code == 409
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    "where",
    [
        place(employer=SHELTERED),
        place(employer="0999999999"),
        place(employer="nobody"),
        place(month=date(2025, 4, 1)),
        place(month=date(2024, 12, 1)),
        place().replace("/3/", "/13/"),
        place().replace("/2025/", "/1/"),
        place("32/"),
        place("0/"),
        place("sent/1/"),
    ],
)
def test_somebody_elses_card_and_none_are_the_same(piotr: Client, where: str) -> None:
    for act in ("", "12/", "send/", "correct/"):
        answer = piotr.get(where if where != place() else place(act))
        assert answer.status_code == 404


ROUTES = ("", "12/", "send/", "correct/", "give-up/", "sent/1/")


@pytest.mark.parametrize("act", ROUTES)
def test_a_visitor_is_led_to_the_sign_in(act: str) -> None:
    if act == "give-up/":
        assert Client().post(place(act)).status_code == 403
        return
    answer = Client().get(place(act))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"] or "next=" in answer["Location"]


@pytest.mark.parametrize("act", ROUTES)
@pytest.mark.parametrize("enterprise", [None, SITE])
def test_the_employer_has_no_way_to_a_card_and_neither_has_another_worker(
    act: str, enterprise: str | None
) -> None:
    mark(12)
    world.send(now=at(28))
    method = "post" if act == "give-up/" else "get"

    for niss in (CLERK, HASSAN):
        who = signed_in(niss, enterprise if niss == CLERK else None)
        assert getattr(who, method)(place(act)).status_code == 404
    assert signed_in(CLERK, SITE).post(place("12/"), WORK).status_code == 404
    assert Mark.objects.count() == 1


def test_looking_at_the_own_card_leaves_a_trace_and_the_trail_says_no_state(piotr: Client) -> None:
    said(piotr, 12, {"state": "incapacity"})
    text(piotr, place())

    assert (
        Lookup.objects.using("audit")
        .filter(niss=PIOTR, purpose="temporaryUnemployment.card")
        .exists()
    )
    entry = Entry.objects.get(action="temporaryUnemployment.card.marked")
    assert "incapacity" not in str(entry.detail)
    assert PIOTR not in entry.target


@pytest.mark.parametrize(
    "statement",
    ["UPDATE temporary_unemployment_mark SET state = 'holiday'",
     "DELETE FROM temporary_unemployment_mark", "TRUNCATE temporary_unemployment_mark"],
)  # fmt: skip
def test_what_was_marked_is_never_changed_or_taken_back(statement: str) -> None:
    from django.db import transaction as plain

    mark(12)

    with pytest.raises(DatabaseError), plain.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Mark.objects.get().state == "work"


def test_the_home_page_leads_to_the_card_and_offers_the_others(piotr: Client) -> None:
    page = text(piotr, HOME)

    assert "3 control cards to fill in" in page  # January to March, in construction
    assert "To be sent from Friday 28 March on" in page
    assert "Nothing was communicated for these months March 2025, Tôles SA" in " ".join(
        page.replace(
            "Did your employer tell you that there is no work? Then open the card all the same, "
            "before the first day without work.", "",
        ).split()
    )  # fmt: skip


def test_r_fd_6_the_days_with_a_letter_are_asked_for_by_the_judgement() -> None:
    from guichet.eservices.temporary_unemployment.cards.sheets import marked_many

    def marked(employer: str, first: date, last: date) -> dict[str, frozenset[date]]:
        return marked_many(workers=[PIOTR], employer=employer, first=first, last=last)

    for day, state in ((12, "holiday"), (13, "incapacity"), (14, "other"), (17, "work")):
        mark(day, state)
    mark(18, "holiday")
    mark(18, "unemployed")

    found = marked(SITE, MARCH, date(2025, 3, 31))

    assert found == {PIOTR: {date(2025, 3, day) for day in (12, 13, 14)}}
    one = date(2025, 3, 13)
    assert marked(SITE, one, one) == {PIOTR: {one}}
    assert not marked(FACTORY, MARCH, date(2025, 3, 31))


@pytest.mark.parametrize("where", [HOME, place(), place("send/")])
def test_a_page_asks_no_more_of_the_database_for_more_marks(piotr: Client, where: str) -> None:
    mark(12)
    text(piotr, where)  # what is asked once for all pages
    with CaptureQueriesContext(connection) as few:
        text(piotr, where)
    for day in range(13, 32):
        mark(day, "holiday")

    with CaptureQueriesContext(connection) as many:
        text(piotr, where)

    assert len(many) == len(few)
