"""How long a search is kept: until nobody may ask after it any more; the trail goes on."""

from datetime import timedelta

import pytest
from django.test import Client

from guichet.access.privacy import lookups, purposes
from guichet.audit import purging
from guichet.audit.actors import system
from guichet.audit.models import Entry, Lookup
from guichet.backoffice.inspection import keeping
from guichet.backoffice.inspection.models import Inquiry, Look, Search
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.rules.dated import whole
from tests.backoffice.inspection.test_search import SEARCH, found
from tests.portal.browsing import NOW, text
from tests.portal.world import CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "inspection"
KEPT = timedelta(days=whole("inspection.search.kept", on=clock.today(NOW)))
LATER = NOW + KEPT + timedelta(seconds=1)


def test_a_search_outlives_the_longest_time_before_its_subject_reads_of_it() -> None:
    longest = max(one.shown_after for one in purposes.known().values())

    assert longest + timedelta(days=180) <= KEPT


def test_p98_a_search_past_its_term_goes_and_who_looked_stays_readable(
    agent: Client, world: World
) -> None:
    world.day(fixtures.W1, "06:58")
    place = found(agent, worker=fixtures.W1, kind="inquiry")
    text(agent, place)

    assert keeping.forget_old(now=NOW + KEPT) == 0
    assert keeping.forget_old(now=LATER) == 1
    assert keeping.forget_old(now=LATER) == 0

    assert not Search.objects.exists()
    assert agent.get(place).status_code == 404
    assert Inquiry.objects.count() == 1
    assert Look.objects.using("audit").filter(what="search").count() == 1
    assert Lookup.objects.using("audit").filter(niss=fixtures.W1, purpose="inspection.inquiry")
    rows = lookups.grouped(niss=fixtures.W1, now=LATER)
    assert "inspection.inquiry" in {row["purpose"] for row in rows}
    [line] = Entry.objects.filter(action="inspection.search.forgotten")
    assert (line.actor_id, line.detail) == ("inspection.forget_searches", {"searches": 1})
    assert fixtures.W1 not in f"{line.target}{line.detail}{line.reason}"


@pytest.mark.parametrize(
    ("hold", "kept"),
    [
        ({"niss": fixtures.W1}, {"number"}),
        ({"enterprise_number": fixtures.E2}, {"firm"}),
        ({"niss": fixtures.W2}, {"shown"}),
        ({"niss": CLERK}, {"number", "firm", "shown", "site"}),
        ({"enterprise_number": fixtures.E1}, {"number", "firm", "shown", "site"}),
    ],
)
def test_a_hold_keeps_the_searches_in_which_its_subject_occurs(
    agent: Client, world: World, hold: dict[str, str], kept: set[str]
) -> None:
    asked = {
        "number": found(agent, worker="85.07.31-001.30"),
        "firm": found(agent, enterprise="0876.543.270"),
        "shown": found(agent, worker="lemaire"),
        "site": found(agent, site=fixtures.S4),
    }
    # The trail has a connection of its own; here its rows stand where the purge sees them.
    [inquiry] = Inquiry.objects.all()
    number = asked["shown"].rstrip("/").rpartition("/")[2]
    Look.objects.create(
        at=NOW, inquiry_number=inquiry.number, what="search", target=number, persons=1
    )
    Lookup.objects.create(
        at=NOW, viewer_kind="person", viewer_id=CLERK, niss=fixtures.W2,
        purpose="inspection.safety", channel="portal",
    )  # fmt: skip
    keeper = system("test")
    placed = purging.place_hold(reason="court", actor=keeper, now=NOW, **hold)

    keeping.forget_old(now=LATER)

    left = {f"{SEARCH}{row.number}/" for row in Search.objects.all()}
    assert {name for name, place in asked.items() if place in left} == kept
    purging.lift_hold(number=placed, actor=keeper, now=LATER)
    keeping.forget_old(now=LATER)
    assert not Search.objects.exists()


def test_a_search_of_today_stays(agent: Client) -> None:
    found(agent, site=fixtures.S1)

    keeping.forget_old(now=NOW)

    assert Search.objects.count() == 1
    assert agent.get(SEARCH).status_code == 200
