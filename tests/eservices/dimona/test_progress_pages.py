"""Daily registrations on the pages, and a declaration that is not decided yet."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.audit.models import Lookup
from guichet.eservices.dimona import processing
from guichet.eservices.dimona.models import Declaration, Registration
from guichet.platform import clock
from tests.eservices.dimona import world
from tests.eservices.dimona.test_declaring_pages import IN, an_in, clerk, sent
from tests.eservices.dimona.world import KARIM, LOTTE, NOW, OTHER, PENSIONER, day, opened
from tests.portal.browsing import text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LIST = "/dimona/declarations/"


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def later(monkeypatch: pytest.MonkeyPatch, **passed: float) -> datetime:
    moment = NOW + timedelta(**passed)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def a_pending(client: Client, **given: Any) -> str:
    """The address of a declaration that nobody decides."""
    place = client.post(IN, an_in(sent="yes", **given))["Location"]
    assert place.startswith(LIST)
    return place


def test_d30_days_of_a_flexi_job_are_registered_changed_and_cancelled_on_the_page() -> None:
    number = opened(world.flexi_period(ssin=PENSIONER, startDate=day(0)))
    client = clerk()
    place = f"/dimona/periods/{number}/days/"
    hours = {"day": day(1), "start_hour": "18:00", "end_hour": "01:30"}

    assert place in client.get(f"/dimona/periods/{number}/").content.decode()
    assert "Accepted" in sent(client, place, hours)
    one = Registration.objects.get()
    assert (one.last_day - one.first_day).days == 1  # type: ignore[operator]
    again = client.post(place, hours | {"sent": "yes"})
    assert again.status_code == 422
    assert "90480-334" in words(again.content.decode())
    assert "Accepted" in sent(client, f"{place}{one.id}/change/", {"start_hour": "19:00"})
    assert Registration.objects.get().start_hour == "1900"
    assert "Accepted" in sent(client, f"{place}{one.id}/cancel/", {})
    assert client.get(f"{place}{one.id}/cancel/").status_code == 404
    assert "Daily registration" in text(client, LIST)


def test_d30_other_periods_take_no_days() -> None:
    number = opened(world.an_in())

    assert clerk().get(f"/dimona/periods/{number}/days/").status_code == 404
    assert "Register a day" not in text(clerk(), f"/dimona/periods/{number}/")


def test_only_what_a_period_has_is_changed_and_only_an_open_one_is_ended() -> None:
    student = opened(world.student())
    closed = opened(world.an_in(endDate=day(3)))
    client = clerk()

    page = client.get(f"/dimona/periods/{student}/change/").content.decode()
    assert 'name="start"' not in page
    assert 'name="planned"' in page
    assert 'name="start_hour"' not in page
    assert "Accepted" in sent(client, f"/dimona/periods/{student}/change/",
                              {"end": day(1), "planned": "9"})  # fmt: skip
    assert "/end/" not in client.get(f"/dimona/periods/{closed}/").content.decode()
    ended = client.post(f"/dimona/periods/{closed}/end/", {"end": day(9)})
    assert "00913-356" in words(ended.content.decode())
    early = client.post(f"/dimona/periods/{closed}/change/", {"start": day(9), "end": day(3)})
    assert "00911-014" in words(early.content.decode())
    assert early.status_code == 422


def test_going_back_from_the_check_of_an_act_keeps_what_was_typed() -> None:
    number = opened(world.an_in())
    client = clerk()

    page = client.post(f"/dimona/periods/{number}/change/", {"start": day(4), "step": "edit"})

    assert page.status_code == 200
    assert f'value="{day(4)}"' in page.content.decode()
    assert not Declaration.objects.filter(kind="update").exists()


def test_an_undecided_declaration_shows_how_far_it_is_and_looks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = clerk()
    world.send(world.an_in(employer=OTHER))
    place = a_pending(client)

    page = client.get(place).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'data-again="2"' in page
    assert "One declaration is ahead of it" in words(page)
    assert "longer than usual" not in page
    later(monkeypatch, seconds=40)
    assert 'content="10"' in client.get(place).content.decode()
    later(monkeypatch, minutes=6)
    slow = client.get(place).content.decode()
    assert 'content="60"' in slow
    assert "It takes longer than usual" in words(slow)
    assert "Do not send it again" in words(slow)
    still = client.get(f"{place}?still=yes").content.decode()
    assert "http-equiv" not in still
    assert "data-again" not in still
    assert "Look again" in words(still)
    # Nothing of the worker is shown: no trace is left each time the page looks again.
    looked = Lookup.objects.using("audit").filter(niss=KARIM, purpose="dimona.declaration")
    assert not looked.exists()

    processing.process(now=clock.now())
    done = client.get(place).content.decode()
    assert "Accepted" in words(done)
    assert "http-equiv" not in done
    assert looked.count() == 1


def test_a_declaration_that_nobody_can_decide_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = clerk()
    place = a_pending(client)
    monkeypatch.setattr(processing.decision, "decide", _broken)
    processing.process(now=NOW)

    page = words(client.get(place).content.decode())

    assert "Somebody looks at it" in page
    assert "Do not send it again" in page
    assert "Somebody looks at it" in text(client, f"{LIST}?result=open")


def _broken(*_given: Any) -> Any:
    raise ZeroDivisionError


def test_the_list_has_every_answer_and_nothing_of_another_employer() -> None:
    opened(world.an_in())
    world.said(world.an_in())  # twice the same: refused
    world.said(world.student(900))
    foreign = world.said(world.an_in(employer=OTHER)).id
    hidden = world.send(world.an_in(employer=OTHER, ssin=LOTTE))
    client = clerk("dimona_consult")
    world.send(world.an_in(startDate=day(40)))

    everything = text(client, LIST)
    assert "4 declarations" in everything
    for number in (foreign, hidden):
        assert str(number) not in everything
    for result, said in (
        ("A", "Accepted"), ("W", "Accepted with remarks"), ("B", "Refused"),
        ("open", "Being processed"),
    ):  # fmt: skip
        page = text(client, f"{LIST}?result={result}")
        assert "One declaration" in page
        assert said in page.split("the newest first")[1]
    assert "4 declarations" in text(client, f"{LIST}?result=x&size=7&page=abc")
    assert "No declaration with this answer" in text(clerk("dimona", OTHER), f"{LIST}?result=B")


def test_what_was_refused_lately_stands_on_the_start_page_of_who_can_mend_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(world.an_in())
    assert "was refused" not in text(clerk(), "/")
    world.said(world.an_in())
    world.said(world.an_in(employer=OTHER, endDate="2020-01-01"))

    assert "One Dimona declaration was refused" in text(clerk(), "/")
    assert "was refused" not in text(clerk("dimona_consult", OTHER), "/")
    later(monkeypatch, days=8)
    assert "was refused" not in text(clerk(), "/")


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows() -> None:
    client = clerk("dimona_consult")
    world.said(world.an_in())
    with CaptureQueriesContext(connection) as few:
        text(client, LIST)
    for at in range(1, 20):
        world.said(world.an_in(startDate=day(at), endDate=day(at), ssin=LOTTE))
    with CaptureQueriesContext(connection) as many:
        text(client, LIST)

    assert len(many) == len(few)
    assert Declaration.objects.count() == 20
