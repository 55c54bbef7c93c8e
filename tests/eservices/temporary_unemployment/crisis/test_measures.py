"""Waivers, the queue, the overload and reading only: who is let in, what is taken."""

from __future__ import annotations

import html
from datetime import date, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client

from guichet.access.rights import give_right
from guichet.access.services import Permission
from guichet.audit.models import Entry
from guichet.eservices.temporary_unemployment import judging, operations
from guichet.eservices.temporary_unemployment.crisis import measures
from guichet.eservices.temporary_unemployment.crisis.load import Load
from guichet.eservices.temporary_unemployment.crisis.measures import AlreadyOpen, Closed, NotOpen
from guichet.eservices.temporary_unemployment.crisis.middleware import COOKIE, CrisisMiddleware
from guichet.eservices.temporary_unemployment.crisis.models import Mode, Waiver
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.world import (
    ACTOR,
    FIRM,
    NOW,
    OTHER,
    STRANGER,
    clerk,
    expected,
    sender,
    sent,
)
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HERE, DESK = "/temporary-unemployment/", "/desk/crisis/"
HOUR = timedelta(hours=1)
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


def waive(**given: object) -> Waiver:
    """Economic unemployment of March needs no communication."""
    usual: dict[str, object] = {"reason": Reason.ECONOMIC, "period": MARCH, "law": "Decree"}
    return measures.waive(**usual | given, actor=ACTOR, now=NOW)  # type: ignore[arg-type]


def codes() -> list[str]:
    """What is found in a communication for March."""
    return [one.code for one in judging.judge(told=expected(), sender=FIRM, now=NOW)]


@pytest.mark.parametrize(
    ("given", "covered"),
    [
        ({}, True),
        ({"kind": Kind.EXPECTED}, True),
        ({"kind": Kind.FIRST_DAY}, False),
        ({"reason": Reason.WEATHER}, False),
        ({"committees": ["111"]}, True),
        ({"committees": ["124"]}, False),
        ({"postcodes": ["4000", "4020"]}, True),
        ({"postcodes": ["1000"]}, False),
        ({"period": Period(date(2025, 3, 18), date(2025, 3, 31))}, False),
    ],
)
def test_a_waiver_covers_its_reason_days_and_people(
    given: dict[str, object], covered: bool
) -> None:
    waive(**given)
    assert ("CTW-062" in codes()) is covered


def test_sc49_a_waiver_says_that_nothing_need_be_sent_and_stops_nobody() -> None:
    row = waive()
    assert measures.waived(reason=Reason.ECONOMIC, on=date(2025, 3, 20))
    assert sent(expected(), seen=()).ticket
    measures.end_waiver(key=row.pk, actor=ACTOR, now=NOW)
    assert not measures.waived(reason=Reason.ECONOMIC, on=date(2025, 3, 20))
    with pytest.raises(NotOpen):
        measures.end_waiver(key=row.pk, actor=ACTOR, now=NOW)
    assert [one.action for one in Entry.objects.filter(action__contains="waiver")] == [
        "temporaryUnemployment.waiver.decided",
        "temporaryUnemployment.waiver.ended",
    ]


def test_a_parameter_waives_as_well() -> None:
    assert measures.waived(reason=Reason.FORCE_MAJEURE, on=date(2021, 7, 20))
    assert not measures.waived(reason=Reason.FORCE_MAJEURE, on=date(2021, 9, 1))


def test_while_it_is_read_only_nothing_is_taken_on_any_channel() -> None:
    row = sent(expected())
    measures.read_only(until=NOW + HOUR, actor=ACTOR, now=NOW)
    told = world.changed(expected(), remarks="another", section="Hall")
    batch = world.changed(told, channel=Channel.BATCH)
    acts = (
        lambda: operations.communicate(told=told, sender=sender(), now=NOW),
        lambda: operations.communicate_many(
            batch=[batch], sender=sender(channel=Channel.BATCH), now=NOW
        ),
        lambda: operations.cancel(ticket=row.ticket, sender=sender(), now=NOW),
    )
    for act in acts:
        with pytest.raises(Closed):
            act()
    assert Communication.objects.count() == 1
    assert clerk().get(HERE).status_code == 200
    later = NOW + HOUR
    assert operations.cancel(ticket=row.ticket, sender=sender(), now=later).state == "cancelled"


def test_one_measure_of_a_kind_at_a_time_and_an_old_one_makes_room() -> None:
    measures.read_only(until=NOW + HOUR, actor=ACTOR, now=NOW)
    with pytest.raises(AlreadyOpen):
        measures.read_only(until=NOW + HOUR, actor=ACTOR, now=NOW)
    later = NOW + 2 * HOUR
    measures.read_only(until=later + HOUR, actor=ACTOR, now=later)
    [first, second] = Mode.objects.order_by("id")
    assert first.closed_at == later
    assert measures.reading_only(now=later) == second


def browse(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The clerk, at a moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)
    browser = clerk()
    browser.cookies["guichet_language"] = "en"
    return browser


def test_whoever_comes_keeps_his_place_and_is_let_in_when_it_is_his_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measures.open_queue(rate=1, until=NOW + HOUR, actor=ACTOR, now=NOW)
    first, second, third = (browse(NOW, monkeypatch) for _each in range(3))
    assert first.get(HERE).status_code == 200
    answer = second.get(HERE)
    assert (answer.status_code, answer["Refresh"], answer["Cache-Control"]) == (
        503, "15", "no-store",
    )  # fmt: skip
    assert "One person is before you." in html.unescape(answer.content.decode())
    assert "2 persons are before you." in third.get(HERE).content.decode()
    assert "2 persons are before you." in third.get(HERE).content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))
    assert second.get(HERE).status_code == 200
    assert third.get(HERE).status_code == 503
    assert first.get(HERE).status_code == 200


def test_what_is_sent_by_somebody_who_was_in_is_never_turned_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measures.open_queue(rate=1, until=NOW + 9 * HOUR, actor=ACTOR, now=NOW)
    browser = browse(NOW, monkeypatch)
    assert browser.get(HERE).status_code == 200
    monkeypatch.setattr(measures, "admitted", lambda mode, *, now: 0)
    monkeypatch.setattr(clock, "now", lambda: NOW + HOUR)
    assert browser.get(HERE).status_code == 503
    browser = browse(NOW, monkeypatch)
    browser.cookies[COOKIE] = "forged"
    assert browser.post(HERE, {"kind": "strike"}).status_code == 503


def test_what_is_sent_after_twenty_minutes_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    measures.open_queue(rate=1, until=NOW + 9 * HOUR, actor=ACTOR, now=NOW)
    browser = browse(NOW, monkeypatch)
    browser.get(HERE)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=25))
    assert browser.post(HERE, {"kind": "strike"}).status_code == 302


def test_public_pages_and_other_services_are_not_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    mode = measures.open_queue(rate=1, until=NOW + HOUR, actor=ACTOR, now=NOW)
    for _each in range(3):
        measures.next_number()
    browser = browse(NOW, monkeypatch)
    assert browser.get(f"{HERE}about/").status_code == 200
    assert browser.get("/").status_code in (200, 302)
    assert browser.get(HERE).status_code == 503
    kept = signing.loads(browser.cookies[COOKIE].value, salt="temporary-unemployment-queue")
    assert kept["mode"] == mode.pk
    measures.close(key=mode.pk, actor=ACTOR, now=NOW)
    assert browser.get(HERE).status_code == 200


def test_many_at_once_and_a_long_wait_are_an_overload() -> None:
    load = Load(most=2, patience=3.0)
    assert not load.is_too_much(at=0.0)
    with load.one(at=0.0), load.one(at=1.0):
        assert not load.is_too_much(at=2.9)
        assert load.is_too_much(at=3.0)
    assert not load.is_too_much(at=99.0)
    with pytest.raises(ValueError, match="broken"), load.one(at=0.0):
        raise ValueError("broken")
    assert not load._running


def test_an_overloaded_process_tells_readers_to_wait_and_takes_what_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Load, "is_too_much", lambda self, *, at: True)
    browser = browse(NOW, monkeypatch)
    answer = browser.get(HERE)
    assert answer.status_code == 503
    assert "asks again by itself" in answer.content.decode()
    assert browser.post(HERE, {"kind": "strike"}).status_code == 302


def test_a_form_that_is_sent_while_closed_says_until_when() -> None:
    from django.test import RequestFactory

    request = RequestFactory().post(HERE)
    assert CrisisMiddleware(lambda asked: None).process_exception(  # type: ignore[arg-type, return-value]
        request, ValueError()
    ) is None  # fmt: skip


def agent() -> Client:
    """Somebody with the right to take measures."""
    with transaction(actor=ACTOR):
        give_right(
            niss=STRANGER, enterprise_number=OTHER, service=Permission.CRISIS_DESK,
            quality="public_body", first_day=date(2020, 1, 1), actor=ACTOR, now=NOW,
        )  # fmt: skip
    browser = signed_in(STRANGER, OTHER, quality="public_body", means="eid", level=500)
    browser.cookies["guichet_language"] = "en"
    return browser


def test_the_desk_takes_and_ends_each_measure() -> None:
    browser = agent()
    typed = {
        "form": "waiver", "waiver-reason": "I", "waiver-first": "01/03/2025",
        "waiver-last": "31/03/2025", "waiver-law": "Decree of 1 March 2025",
        "waiver-committees": "124", "waiver-postcodes": "4000 4020",
    }  # fmt: skip
    assert browser.post(DESK, typed).status_code == 302
    row = Waiver.objects.get()
    assert (row.committees, row.postcodes) == (["124"], ["4000", "4020"])
    queue = {"form": "queue", "queue-rate": "60", "queue-until": "10/03/2025", "queue-hour": "8:00"}
    assert browser.post(DESK, queue).status_code == 302
    answer = browser.post(DESK, queue)
    assert answer.status_code == 422
    assert "holds already" in answer.content.decode()
    reading = {"form": "reading", "reading-until": "09/03/2025", "reading-hour": "18:00"}
    assert browser.post(DESK, reading).status_code == 302
    page = html.unescape(browser.get(DESK).content.decode())
    assert "A queue is open" in page
    assert "The service can only be read" in page
    for mode in Mode.objects.all():
        assert browser.post(f"{DESK}modes/{mode.pk}/close/").status_code == 302
        assert browser.post(f"{DESK}modes/{mode.pk}/close/").status_code == 404
    assert browser.post(f"{DESK}waivers/{row.pk}/end/").status_code == 302
    assert "Decree of 1 March 2025" in browser.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"form": "waiver", "waiver-first": "02/03/2025", "waiver-last": "01/03/2025"}, "before"),
        ({"form": "waiver", "waiver-first": "02/03/2025", "waiver-last": "02/03/2027"}, "a year"),
        ({"form": "waiver", "waiver-committees": "abc"}, "No joint committee"),
        ({"form": "waiver", "waiver-postcodes": "40000"}, "no postcode"),
        ({"form": "queue", "queue-rate": "0"}, "greater than or equal"),
        ({"form": "reading", "reading-until": "09/05/2025", "reading-hour": "9:00"}, "thirty"),
        ({"form": "reading", "reading-until": "08/03/2025", "reading-hour": "9:00"}, "thirty"),
    ],
)
def test_a_measure_that_makes_no_sense_is_not_taken(typed: dict[str, str], said: str) -> None:
    answer = agent().post(DESK, typed)
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())
    assert not Waiver.objects.exists()
    assert not Mode.objects.exists()


def test_nobody_else_takes_measures() -> None:
    assert clerk().get(DESK).status_code == 403
    assert clerk().post(DESK, {"form": "reading"}).status_code == 403
    assert clerk().post(f"{DESK}modes/1/close/").status_code == 403
    assert agent().post(DESK, {"form": "other"}).status_code == 404
