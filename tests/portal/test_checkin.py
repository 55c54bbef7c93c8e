"""Checkin@Work on its pages: by hand, a crew at once, consult, withdraw, and who may what."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from guichet.access.rights import give_right
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.demo.fixtures import E1, E2, E3, LIMOSA, S1, S2, S3, W1, W2, W3
from guichet.eservices.presence.days import lots, operations, queries
from guichet.eservices.presence.days.lots import Holder
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.eservices.presence.days.queries import DayShown, Filters
from guichet.eservices.presence.models import Lot
from guichet.platform import clock
from guichet.registers.persons.models import Person
from tests.eservices.presence.days_world import TESTS, decide, months, stored
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = clock.today(NOW)  # Tuesday 24 November 2026
DAY = timedelta(days=1)
LIST, ENTER, START = "/checkin/", "/checkin/enter/", "/checkin/assistant/"


@pytest.fixture(autouse=True)
def _months(world: World) -> None:
    months("2026-10-01", "2027-02-01")


def rows(**given: Any) -> list[DayShown]:
    """Everything in the log."""
    wanted = Filters(date(2026, 10, 1), date(2027, 1, 31), **given)
    return queries.listed(wanted=wanted, limit=10_000)


def announced(*wanted: Wanted, enterprise: str = E1, now: Any = NOW) -> list[int]:
    """Announce by the machine of an enterprise, and check."""
    sender = Sender("ws", enterprise, is_portal=True, technical=1)
    taken = operations.register(wanted=wanted, sender=sender, actor=TESTS, now=now)
    receipts = [one.receipt for one in taken if one.receipt]
    assert len(receipts) == len(wanted), [one.refusals for one in taken]
    decide(receipts, now=now)
    return receipts


def at(day: date = TODAY, niss: str = W1, employer: str = E1, site: str = S2) -> Wanted:
    return Wanted(day, site, niss, None, employer)


def draft_of(client: Client, site: str = S2) -> str:
    """A draft for a site; the place of its crew."""
    answer = client.post(START, {"chosen": site, "number": ""})
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"]).removesuffix("crew/")


def through(client: Client, people: list[str], first: date, last: date, **given: Any) -> str:
    """Site, crew and days chosen; the place of the lot."""
    place = draft_of(client)
    crew = client.post(f"{place}crew/", {"people": people, "limosa": given.pop("limosa", "")})
    assert crew.status_code == 302, words(crew.content.decode())
    days = {"first": first.isoformat(), "last": last.isoformat(), "weekdays": list("01234")}
    answer = client.post(f"{place}days/", days)
    assert answer.status_code == 302, words(answer.content.decode())
    return place


def keys(count: int) -> list[str]:
    """That many workers of E1, as the form names them."""
    numbers = [W1, *(one.niss for one in STAFF)]
    return [f"{niss}:{E1}" for niss in numbers[:count]]


def test_p76_workers_times_days_are_that_many_presences_each_with_its_receipt(
    clerk: Client,
) -> None:
    monday = TODAY + 6 * DAY
    place = through(clerk, keys(7), monday, monday + 4 * DAY)
    assert "35 presences are in order" in text(clerk, f"{place}check/")
    assert stored() == 0  # nothing before the last press

    sent = clerk.post(f"{place}check/")

    assert sent["Location"] == place
    found = rows()
    assert len(found) == 35
    assert len({row.receipt for row in found}) == 35
    assert {row.day for row in found} == {monday + at * DAY for at in range(5)}
    assert {row.channel for row in found} == {"assistant"}
    page = text(clerk, place)
    assert "35 presences handled of 35" in page
    listed = clerk.get(f"{place}presences.csv?all=1").getvalue().decode()  # type: ignore[attr-defined]
    assert all(str(row.receipt) in listed for row in found)


def test_p76_twelve_workers_and_five_days_are_sixty(clerk: Client) -> None:
    holder = Holder(Person.objects.get(niss=CLERK).pk, E1)
    crew = [lots.Member(None, f"2490000000000{at:04d}", None, None, "") for at in range(12)]
    monday = TODAY + 6 * DAY
    days = [monday + at * DAY for at in range(5)]
    row = lots.begin(holder=holder, reference=S2, members=crew, days=days, now=NOW)

    done = lots.send(holder=holder, number=row.number, without=[], actor=ACTOR, now=NOW)

    assert (done.state, done.total, done.taken, done.refused) == ("done", 60, 60, 0)
    assert len({row.receipt for row in rows()}) == 60


def test_p77_a_day_beyond_the_limit_is_refused_with_the_last_allowed_one(clerk: Client) -> None:
    place = draft_of(clerk)
    clerk.post(f"{place}crew/", {"people": keys(1), "limosa": ""})
    last = TODAY + 35 * DAY
    assert "Tuesday 29 December 2026" in text(clerk, f"{place}days/")

    for beyond, status in ((35, 302), (36, 422)):
        answer = clerk.post(f"{place}days/", {
            "first": (TODAY + 34 * DAY).isoformat(), "last": (TODAY + beyond * DAY).isoformat(),
            "weekdays": list("0123456"),
        })  # fmt: skip
        assert answer.status_code == status
    assert "The last day that you can register today is" in words(answer.content.decode())
    by_hand = clerk.post(ENTER, {"person": W1, "employer": E1, "site": S2, "day": last + DAY})
    assert by_hand.status_code == 422
    assert "too far ahead" in words(by_hand.content.decode())


def test_p78_the_people_of_subcontractors_registered_yesterday_are_offered_again(
    clerk: Client,
) -> None:
    yesterday = TODAY - DAY
    announced(at(yesterday, W2, E2), enterprise=E2, now=NOW - DAY)

    again = clerk.post("/checkin/assistant/again/", {"site": S2}, follow=True)

    page = words(again.content.decode())
    assert "1 workers" in page or "One worker" in page
    assert "Claes Lotte" in page
    place = again.redirect_chain[-1][0].removesuffix("check/")
    clerk.post(f"{place}check/")
    assert [(row.ssin, row.day, row.enterprise_number) for row in rows(own=E1)] == [
        (W2, TODAY, E2)
    ]  # fmt: skip
    assert "Claes Lotte" in text(clerk, f"{draft_of(clerk)}crew/")


def test_the_same_crew_as_the_last_time_in_one_click_and_sent_twice_is_one_lot(
    clerk: Client,
) -> None:
    announced(at(TODAY - DAY), at(TODAY - DAY, STAFF[0].niss), now=NOW - DAY)

    again = clerk.post("/checkin/assistant/again/", {"site": S2})
    place = str(again["Location"])
    first, second = clerk.post(place), clerk.post(place)

    assert first["Location"] == second["Location"]
    assert sorted(row.ssin or "" for row in rows() if row.day == TODAY) == sorted(
        [W1, STAFF[0].niss]
    )
    for strange in (S1, "1Y1ZZZZZZZZZZ", "", "x"):
        refused = clerk.post("/checkin/assistant/again/", {"site": strange})
        assert refused.status_code == 404


def test_what_would_get_a_remark_can_be_left_out(clerk: Client) -> None:
    announced(at())
    place = through(clerk, keys(2), TODAY, TODAY)
    page = text(clerk, f"{place}check/")
    assert "One would get a remark" in page

    clerk.post(f"{place}check/", {"without": "1"})

    assert [row.ssin for row in rows() if row.channel == "assistant"] == [STAFF[0].niss]
    assert "not registered" in text(clerk, place)


def test_a_posted_worker_joins_a_crew_by_his_limosa_number(clerk: Client) -> None:
    place = through(clerk, keys(1), TODAY, TODAY, limosa=f"{LIMOSA}\n\n{LIMOSA}")
    assert "Zieliński Marek" in text(clerk, f"{place}check/")

    clerk.post(f"{place}check/")

    assert {row.limosa_number for row in rows()} == {None, LIMOSA}
    assert WB_NUMBER not in clerk.get(LIST).content.decode()


WB_NUMBER = fixtures.WB


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"people": [], "limosa": ""}, "Choose at least one person."),
        ({"people": ["x:y"], "limosa": ""}, "Choose people of this list."),
        ({"people": [], "limosa": f"{LIMOSA}\nnone"}, "Line 2 holds no Limosa number"),
    ],
)
def test_a_crew_that_makes_no_sense_is_answered_beside_the_field(
    given: dict[str, Any], said: str, clerk: Client
) -> None:
    place = draft_of(clerk)

    answer = clerk.post(f"{place}crew/", given)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"first": "2026-11-23"}, "A past day cannot be registered"),
        ({"first": "2026-11-26", "last": "2026-11-25"}, "The last day is before the first one"),
        ({"weekdays": []}, "Tick at least one day"), ({"first": "x"}, "Write a day as"),
        ({"first": "2026-11-28", "last": "2026-11-29"}, "None of these days of the week"),
    ],
)  # fmt: skip
def test_days_that_make_no_sense_are_answered_beside_the_field(
    given: dict[str, Any], said: str, clerk: Client
) -> None:
    place = draft_of(clerk)
    clerk.post(f"{place}crew/", {"people": keys(1), "limosa": ""})
    usual = {"first": "2026-11-24", "last": "2026-11-27", "weekdays": list("01234")}

    answer = clerk.post(f"{place}days/", usual | given)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())


@pytest.mark.parametrize("number", ["", "1Y103CF820", "1YI03CF8203SZ", "https://x.example/s/1/"])
def test_a_site_that_is_none_is_answered_beside_the_field(number: str, clerk: Client) -> None:
    answer = clerk.post(START, {"number": number})

    assert answer.status_code == 422
    assert not Lot.objects.exists()


def test_who_has_no_such_site_is_asked_for_its_number_alone(world: World) -> None:
    client = signed_in(CLERK, E3)

    page = client.get(START).content.decode()
    bare = client.post(START, {"number": ""})
    begun = client.post(START, {"number": S2})

    assert 'name="chosen"' not in page
    assert bare.status_code == 422
    assert begun.status_code == 302


def test_the_poster_of_a_site_is_taken_as_its_number(clerk: Client) -> None:
    answer = clerk.post(START, {"number": f"https://portal.example/s/{S3.lower()}/?a=1"})

    assert answer.status_code == 302
    assert Lot.objects.get().works_reference == S3


def test_a_large_lot_goes_piece_by_piece_and_can_be_stopped(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "AT_ONCE", 3)
    monkeypatch.setattr(lots, "PIECE", 2)
    monday = TODAY + 6 * DAY
    place = through(clerk, keys(2), monday, monday + 2 * DAY)
    clerk.post(f"{place}check/")
    assert stored() == 0
    assert "0 presences handled of 6" in text(clerk, place)
    assert "data-waiting" in clerk.get(place).content.decode()
    [job] = ProcrastinateJob.objects.filter(task_name="presence.lot")

    lots.work(lot=job.args["lot"], now=NOW)

    assert stored() == 6
    assert "6 presences handled of 6" in text(clerk, place)
    other = through(clerk, keys(2), monday, monday + 2 * DAY)
    clerk.post(f"{other}check/")
    clerk.post(f"{other}stop/")
    for waiting in ProcrastinateJob.objects.filter(task_name="presence.lot"):
        lots.work(lot=waiting.args["lot"], now=NOW)
    assert stored() == 6
    assert "You stopped it" in text(clerk, other)


def test_too_many_at_once_are_refused_and_drafts_are_forgotten(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "MOST", 3)
    place = draft_of(clerk)
    clerk.post(f"{place}crew/", {"people": keys(2), "limosa": ""})

    answer = clerk.post(f"{place}days/", {
        "first": TODAY.isoformat(), "last": (TODAY + DAY).isoformat(), "weekdays": list("01234"),
    })  # fmt: skip

    assert answer.status_code == 422
    assert lots.forget_old(before=NOW) == 0
    assert lots.forget_old(before=NOW + DAY) == 1


def test_one_by_hand_is_checked_first_and_then_registered(clerk: Client) -> None:
    given = {"person": "85.07.31-001.30", "employer": f"BE {E1}", "site": S3, "day": "24/11/2026"}

    checked = clerk.post(ENTER, given | {"act": "check"})
    assert "It would be registered, with this remark" in words(checked.content.decode())
    assert stored() == 0
    done = clerk.post(ENTER, given | {"act": "register"})

    [row] = rows()
    assert done["Location"] == f"/checkin/presences/{row.receipt}/"
    page = text(clerk, done["Location"])
    assert str(row.receipt) in page
    assert "85.07.31-001.30" in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"person": "85073100131"}, "eleven digits"), ({"person": ""}, "Enter the number"),
        ({"person": "249000"}, "eleven digits"), ({"person": "%zz" * 9}, ""),
        ({"employer": ""}, "Enter the number of the employer"),
        ({"employer": "0712345631"}, "ten digits"), ({"site": "x"}, "thirteen signs"),
        ({"day": "2026-13-40"}, "Write a day as"), ({"day": "2026-11-23"}, "The day is past"),
        ({"person": W3, "employer": E3, "site": "1Y1ZZZZZZZZZZ"}, "does not work below you"),
    ],
)  # fmt: skip
def test_what_is_wrong_by_hand_is_said_and_nothing_is_lost(
    given: dict[str, str], field: str, clerk: Client
) -> None:
    usual = {"person": W1, "employer": E1, "site": S2, "day": TODAY.isoformat()}

    answer = clerk.post(ENTER, usual | given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert field in words(page)
    assert f'value="{(usual | given)["site"]}"' in page
    assert stored() == 0


def test_presences_are_consulted_withdrawn_and_exported(clerk: Client) -> None:
    first, second = announced(at(), at(TODAY + DAY))
    page = clerk.get(LIST).content.decode()
    assert "85.07.31-001.30" in page
    assert str(first) in page

    bare = clerk.post("/checkin/cancel/", {"receipts": [first], "reason": ""})
    done = clerk.post("/checkin/cancel/", {"receipts": [first, 1], "reason": "DISEASE"})

    assert bare.status_code == 422
    assert "Choose why you withdraw it" in words(bare.content.decode())
    assert f'value="{first}" checked' in bare.content.decode()
    assert done["Location"] == LIST
    said = text(clerk, LIST)
    assert "One presence is withdrawn." in said
    assert "There is no such presence." in said
    assert {row.receipt: row.cancel_reason for row in rows()} == {first: "DISEASE", second: None}
    assert "Illness" in text(clerk, f"/checkin/presences/{first}/")
    only = clerk.get(f"{LIST}?state=cancelled").content.decode()
    assert str(first) in only
    assert str(second) not in only
    sheet = clerk.get("/checkin/presences.csv").getvalue().decode()  # type: ignore[attr-defined]
    assert str(first) in sheet
    assert str(second) in sheet


def test_people_of_others_are_masked_and_every_look_is_noted(clerk: Client) -> None:
    announced(at(niss=W2, employer=E2), enterprise=E2)

    page = clerk.get(f"{LIST}?scope=sites").content.decode()

    assert "Claes Lotte" in page
    assert "01.02.03-124.44" not in page
    seen = Lookup.objects.using("audit").filter(niss=W2, purpose="presence.list")
    assert seen.exists()
    assert "Claes Lotte" not in clerk.get(LIST).content.decode()


def test_a_presence_of_others_and_none_are_the_same_404(clerk: Client) -> None:
    [theirs] = announced(at(niss=W3, employer=E3, site=S3), enterprise=E3)
    with_right = signed_in(CLERK, E3)
    assert with_right.get(f"/checkin/presences/{theirs}/").status_code == 200
    stranger = _clerk_of(E2)

    for number in (theirs, 1, 260231_000000001, 999_999_999_999_999):
        assert stranger.get(f"/checkin/presences/{number}/").status_code == 404
    refused = stranger.post("/checkin/cancel/", {"receipts": [theirs], "reason": "PLANNING"})
    assert refused.status_code == 302
    assert rows()[0].cancelled_at is None


def _clerk_of(enterprise: str, niss: str = STAFF[1].niss) -> Client:
    from django.db import transaction

    with transaction.atomic():
        give_right(
            niss=niss, enterprise_number=enterprise, service="presence", first_day=TODAY - DAY,
            actor=ACTOR, now=NOW,
        )  # fmt: skip
    return signed_in(niss, enterprise)


LOT_PLACES = ("crew/", "days/", "check/", "", "presences.csv", "stop/")


@pytest.mark.parametrize("step", LOT_PLACES)
@pytest.mark.parametrize("who", ["a colleague", "another enterprise", "nobody's"])
def test_a_lot_is_its_makers_alone(step: str, who: str, clerk: Client) -> None:
    place = through(clerk, keys(1), TODAY, TODAY)
    other: dict[str, Callable[[], Client]] = {
        "a colleague": lambda: _clerk_of(E1),
        "another enterprise": lambda: signed_in(CLERK, E3),
        "nobody's": lambda: clerk,
    }
    if who == "nobody's":
        place = f"/checkin/assistant/{uuid4()}/"
    client = other[who]()

    if step == "stop/":
        assert client.post(f"{place}{step}").status_code == 404
    else:
        assert client.get(f"{place}{step}").status_code == 404
    if step in ("crew/", "days/", "check/"):
        assert client.post(f"{place}{step}", {"people": keys(1)}).status_code == 404
    assert stored() == 0


@pytest.mark.parametrize("place", [LIST, ENTER, START, "/checkin/presences.csv"])
def test_who_has_no_right_sees_nothing(place: str, world: World) -> None:
    assert Client().get(place).status_code == 302
    assert signed_in(W1).get(place).status_code in (302, 403)
    assert not Entry.objects.filter(action__startswith="presence.days").exists()


@pytest.mark.parametrize(
    "query",
    ["?first=x", "?first=2026-01-01&last=2026-12-31", "?last=2020-01-01", "?site=zz", "?state=zz",
     "?page=99999999", "?size=7", "?first=2026-11-24%00"],
)  # fmt: skip
def test_a_strange_address_gives_a_page(query: str, clerk: Client) -> None:
    assert clerk.get(f"{LIST}{query}").status_code in (200, 422)


def test_the_list_costs_a_fixed_number_of_questions(
    clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    announced(at())
    clerk.get(LIST)
    with django_assert_num_queries(6):
        clerk.get(LIST)
    announced(*(at(TODAY + step * DAY, one.niss) for one in STAFF for step in range(5)))

    with django_assert_num_queries(6):
        clerk.get(LIST)


def test_every_form_of_the_service_asks_for_its_token(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(CLERK, E1).cookies
    for place in (ENTER, START, "/checkin/cancel/", "/checkin/assistant/again/"):
        assert strict.post(place, {}).status_code == 403
    assert re.search("csrfmiddlewaretoken", strict.get(ENTER).content.decode())
