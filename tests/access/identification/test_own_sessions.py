"""Sessions: one query, two limits, one's own list, a blocked user, two qualities."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.access.devices import device, masked_address
from guichet.access.identification import operations
from guichet.access.identification.jobs import forget_sessions
from guichet.access.identification.models import Session
from guichet.access.identification.store import SessionStore, digest
from guichet.access.models import Member
from guichet.access.rights import give_right
from guichet.access.sessions import IDLE, LIFETIME, ActingMiddleware, NoRight, act_for
from guichet.audit.history import acting
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.platform.db import savepoint
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.portal.browsing import NOW, text, words
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
Someone = Callable[..., Client]
STAFF_DAY = "/presence/staff/"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0"


def _at(monkeypatch: pytest.MonkeyPatch, moment: timedelta) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + moment)


def test_verifying_a_session_costs_one_query(
    clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert clerk.get("/glossary/").status_code == 200


def test_a_visitor_costs_none(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/glossary/").status_code == 200


def test_a_cookie_that_opens_nothing_costs_one_query(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "guessed" * 5

    with django_assert_num_queries(1):
        client.get("/glossary/")


def test_the_table_does_not_hold_what_opens_the_session(clerk: Client) -> None:
    cookie = clerk.cookies[settings.SESSION_COOKIE_NAME].value

    assert {row.session_key for row in Session.objects.all()} == {digest(cookie)}


def test_a_session_ends_after_half_an_hour_without_a_click(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, IDLE - timedelta(seconds=1))
    assert clerk.get("/sessions/").status_code == 200
    Session.objects.update(last_seen_at=NOW)
    _at(monkeypatch, IDLE)

    assert clerk.get("/sessions/").status_code == 302
    assert not Session.objects.exists()


def test_what_is_sent_after_the_end_is_not_stored_and_the_page_says_so(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, IDLE)

    answer = clerk.post("/sessions/close/", {"session": "others"})

    assert answer.status_code == 403
    assert "What you just sent was not stored" in words(answer.content.decode())


def test_a45_the_page_says_when_the_session_ends_and_one_key_extends_it(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = clerk.get("/glossary/").content.decode()
    assert page.count("<b data-session-ends>16:10</b>") == 3
    assert 'data-left="1800"' in page
    assert 'data-until="36000"' in page
    _at(monkeypatch, timedelta(minutes=28))

    answer = clerk.post("/session/extend/", headers={"Accept": "application/json"})

    assert answer.json() == {"endsAt": (NOW + timedelta(minutes=58)).isoformat()}
    plain = clerk.post("/session/extend/", {"next": "/glossary/"})
    assert plain["Location"] == "/glossary/"
    assert clerk.post("/session/extend/", {"next": "https://x.example"})["Location"] == "/"


def test_a_page_that_is_opened_is_a_click_and_says_the_new_end(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, timedelta(minutes=28))

    page = clerk.get("/glossary/").content.decode()

    assert "<b data-session-ends>16:38</b>" in page
    assert 'data-left="1800"' in page


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_the_last_look_is_written_once_a_minute_at_most(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for second in (59, 60, 119, 120):
        _at(monkeypatch, timedelta(seconds=second))
        page = clerk.get("/glossary/").content.decode()
        row = Session.objects.get()
        assert row.last_seen_at is not None
        seen.append((row.last_seen_at - NOW).seconds)
        assert f'data-left="{1800 - second + seen[-1]}"' in page

    assert seen == [0, 60, 60, 120]


def test_no_key_moves_the_end_of_a_session_of_ten_hours(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = LIFETIME - timedelta(minutes=5)
    Session.objects.update(last_seen_at=NOW + moment)
    _at(monkeypatch, moment)

    answer = clerk.post("/session/extend/", headers={"Accept": "application/json"})

    assert answer.json() == {"endsAt": (NOW + LIFETIME).isoformat()}
    page = clerk.get("/glossary/").content.decode()
    assert 'data-left="300"' in page
    assert 'data-until="300"' in page
    _at(monkeypatch, LIFETIME)
    Session.objects.update(last_seen_at=NOW + LIFETIME)
    assert clerk.get("/sessions/").status_code == 302


def test_after_the_end_one_is_told_and_comes_back_to_the_same_page(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, IDLE)
    place = f"{STAFF_DAY}?day=2026-11-24&scope=sites"

    answer = clerk.get(place, follow=True)

    page = answer.content.decode()
    assert "Your session has ended. Sign in to go on." in page
    [(led, status)] = answer.redirect_chain
    asked = {name: values[0] for name, values in parse_qs(urlsplit(led).query).items()}
    assert status == 302
    assert asked["next"] == place
    assert asked["level"] == "300"
    assert asked["context"] == "enterprise"
    assert f'name="next" value="{escape(place)}"' in page
    assert "session has ended" not in clerk.get("/").content.decode()


@pytest.mark.parametrize(
    ("came_from", "place"),
    [
        ("http://testserver/sessions/?a=b", "/sessions/?a=b"),
        ("http://elsewhere.example/sessions/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_after_a_form_one_comes_back_to_the_page_of_the_form(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, came_from: str, place: str
) -> None:
    _at(monkeypatch, IDLE)

    page = clerk.post("/sessions/close/", {"session": "others"}, headers={"Referer": came_from})

    assert page.status_code == 403
    sign_in = f'<a class="govuk-button" href="/?{urlencode({"next": place})}">'
    assert sign_in in page.content.decode()


def test_a_form_sent_at_too_low_a_level_leads_to_step_up_and_back_to_its_page(
    world: World, someone: Someone
) -> None:
    client = someone(CLERK, fixtures.E1, means="password", level=200)

    led = client.post("/channels/new/", {}, headers={"Referer": "http://testserver/sessions/"})

    assert led.status_code == 403  # no right for it: that comes first
    with savepoint():
        give_right(
            niss=CLERK, enterprise_number=fixtures.E1, service="chaman",
            first_day=world.today, actor=ACTOR, now=NOW,
        )  # fmt: skip
    led = client.post("/channels/new/", {}, headers={"Referer": "http://testserver/sessions/"})
    assert led["Location"] == "/sign-in/step-up/?next=%2Fsessions%2F&level=300&service=chaman"
    assert "Chaman" in words(client.get(led["Location"]).content.decode())


def test_a_persona_is_enough_in_the_simulation_only(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clerk.get(STAFF_DAY).status_code == 200
    production = replace(settings.ENVIRONMENT, environment="production")
    monkeypatch.setattr(settings, "ENVIRONMENT", production)

    assert clerk.get(STAFF_DAY)["Location"].startswith("/sign-in/step-up/?")


def test_a_session_that_was_closed_is_not_taken_up_by_a_switch(clerk: Client) -> None:
    request = HttpRequest()
    request.session = SessionStore(clerk.cookies[settings.SESSION_COOKIE_NAME].value)
    ActingMiddleware(lambda _request: HttpResponse())(request)
    Session.objects.all().delete()

    with pytest.raises(NoRight):
        act_for(request, enterprise_number=fixtures.E3, now=NOW)

    assert not Session.objects.exists()


def test_a_session_says_how_surely_and_when_its_person_was_identified(
    world: World, someone: Someone
) -> None:
    earlier = NOW - timedelta(minutes=2)
    given = {"means": "app", "level": 400, "amr": ("pwd", "otp"), "authenticated_at": earlier}
    someone(CLERK, fixtures.E1, **given)

    row = Session.objects.get()

    assert (row.means, row.level, row.amr) == ("app", 400, ["pwd", "otp"])
    assert (row.authenticated_at, row.opened_at) == (earlier, NOW)
    assert (row.enterprise_number, row.quality) == (fixtures.E1, "employer")


def test_what_nobody_can_use_any_more_is_removed(
    world: World, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, idle, old = (someone(CLERK) for _ in range(3))
    keys = [digest(one.cookies[settings.SESSION_COOKIE_NAME].value) for one in (kept, idle, old)]
    Session.objects.filter(session_key=keys[1]).update(last_seen_at=NOW - IDLE)
    Session.objects.filter(session_key=keys[2]).update(expire_date=NOW)

    forget_sessions(0)

    assert [row.session_key for row in Session.objects.all()] == keys[:1]


def test_a_visitor_extends_nothing(db: None) -> None:
    assert Client().post("/session/extend/").status_code == 403


def test_my_sessions_are_listed_and_closed_from_afar(world: World, someone: Someone) -> None:
    here, there = someone(CLERK, fixtures.E1), someone(CLERK)
    page = here.get("/sessions/").content.decode()
    assert words(page).count("choice of the demonstration") == 2
    [name] = re.findall(r'name="session" value="([0-9a-f]{16})"', page)

    here.post("/sessions/close/", {"session": name})

    assert there.get("/sessions/").status_code == 302
    assert here.get("/sessions/").status_code == 200


def test_every_other_session_is_closed_at_once(world: World, someone: Someone) -> None:
    here, first, second = (someone(CLERK) for _ in range(3))

    here.post("/sessions/close/", {"session": "others"})

    assert [one.get("/sessions/").status_code for one in (here, first, second)] == [200, 302, 302]


@pytest.mark.parametrize("name", ["", "0" * 16, "%", "x" * 64])
def test_nobody_closes_the_session_of_somebody_else(
    world: World, someone: Someone, name: str
) -> None:
    other = someone(fixtures.W1)
    mine = someone(CLERK)
    foreign = digest(other.cookies[settings.SESSION_COOKIE_NAME].value)[:16]

    mine.post("/sessions/close/", {"session": name})
    mine.post("/sessions/close/", {"session": foreign})

    assert other.get("/sessions/").status_code == 200
    assert mine.get("/sessions/").status_code == 200


def _member(niss: str, state: str) -> Member:
    person = Person.objects.get(niss=niss)
    with savepoint(), acting(ACTOR):
        return Member.objects.create(
            person=person, enterprise=Enterprise.objects.get(number=fixtures.E1), state=state,
            created_at=NOW,
        )  # fmt: skip


def test_a25_a_blocked_user_is_out_at_the_next_click(clerk: Client) -> None:
    member = _member(CLERK, "active")
    assert clerk.get(STAFF_DAY).status_code == 200
    with savepoint(), acting(ACTOR):
        Member.objects.filter(pk=member.pk).update(state="blocked")

    answer = clerk.get(STAFF_DAY, follow=True)

    assert "Your access for this enterprise is blocked" in answer.content.decode()
    assert not Session.objects.exists()


def test_a25_a_blocked_user_does_not_come_back_in_for_that_enterprise(
    world: World, someone: Someone
) -> None:
    _member(CLERK, "blocked")

    client = someone(CLERK)

    assert client.post("/act-for/", {"enterprise": fixtures.E1}).status_code == 403
    assert client.post("/act-for/", {"enterprise": fixtures.E3}).status_code == 302


def test_sessions_are_closed_by_others_with_a_line_in_the_trail(
    world: World, someone: Someone
) -> None:
    client = someone(CLERK, fixtures.E1)
    person = Person.objects.get(niss=CLERK)

    with savepoint():
        count = operations.close_sessions(
            person_id=person.pk, actor=ACTOR, now=NOW, reason="password_changed"
        )

    assert count == 1
    assert client.get(STAFF_DAY).status_code == 302


def test_a26_two_qualities_of_an_enterprise_never_mix_their_rights(
    world: World, someone: Someone
) -> None:
    with savepoint():
        give_right(
            niss=CLERK, enterprise_number=fixtures.E1, service="chaman", quality="service_provider",
            first_day=world.today, actor=ACTOR, now=NOW,
        )  # fmt: skip
    world.day(fixtures.W1, "07:00 12:00")
    client = someone(CLERK, fixtures.E1)
    assert "as employer" in client.get("/").content.decode()
    assert client.get(STAFF_DAY).status_code == 200
    assert client.get("/channels/").status_code == 403

    client.post("/act-for/", {"enterprise": f"{fixtures.E1}:service_provider"})

    assert "as provider of social services" in client.get("/").content.decode()
    assert client.get(STAFF_DAY).status_code == 403
    assert client.get("/channels/")["Location"] == "/channels/sender/"


def test_a26_the_same_worker_in_two_enterprises_is_seen_for_one_at_a_time(
    clerk: Client, world: World
) -> None:
    world.day(STAFF[0].niss, "07:00 12:00")
    world.day(STAFF[0].niss, "13:00 15:00", employer=fixtures.E3, site=fixtures.S3)

    first = text(clerk, STAFF_DAY)
    clerk.post("/act-for/", {"enterprise": fixtures.E3})
    second = text(clerk, STAFF_DAY)

    assert "07:00" in first
    assert "13:00" not in first
    assert "13:00" in second
    assert "07:00" not in second


@pytest.mark.parametrize("wanted", [f"{fixtures.E1}:temp_agency", f"{fixtures.E2}:employer", "x:y"])
def test_nobody_switches_to_a_quality_that_he_has_not(clerk: Client, wanted: str) -> None:
    assert clerk.post("/act-for/", {"enterprise": wanted}).status_code == 403


@pytest.mark.parametrize(
    ("sign", "said"),
    [(CHROME, "Chrome, Linux"), ("curl/8", ""), ("iPhone Safari/605", "Safari, iPhone")],
)
def test_a_device_is_two_words_at_most(sign: str, said: str) -> None:
    assert device(sign) == said


@pytest.mark.parametrize(
    ("address", "kept"),
    [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2::3", "2001:db8:1::"), ("", ""), ("unix:", "")],
)
def test_an_address_is_kept_as_its_network(address: str, kept: str) -> None:
    assert masked_address(address) == kept
