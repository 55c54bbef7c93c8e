"""What a search finds, in which order, and how many there are in all."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from guichet.demo import fixtures as world
from guichet.eservices.presence import queries
from guichet.eservices.presence.criteria import Criteria, Sort
from guichet.eservices.presence.queries import CONDITIONS, Places
from guichet.eservices.presence.visibility import View, view_of
from guichet.presence_log.receipts import receipt_of
from tests.doors import an_address, stored

pytestmark = pytest.mark.django_db

SIX: Final = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
VIEW: Final = View(world.E1, channel=7)


LATEST_FIRST: Final = Sort()


def asked(*, sort: Sort = LATEST_FIRST, **wanted: object) -> Criteria:
    return Criteria(SIX - timedelta(days=1), SIX + timedelta(days=1), wanted, sort)


def found(criteria: Criteria, *, view: View = VIEW, **paging: Any) -> list[int]:
    page = queries.search(view=view, criteria=criteria, **{"page": 1, "page_size": 50} | paging)
    return [act.receipt for act in page.acts]


def test_the_latest_act_comes_first() -> None:
    early, late = stored(SIX), stored(SIX + timedelta(hours=1))

    assert found(asked()) == [late, early]


def test_both_bounds_of_the_window_belong_to_it() -> None:
    first, last = stored(SIX - timedelta(days=1)), stored(SIX + timedelta(days=1))
    stored(SIX - timedelta(days=1, microseconds=1))
    stored(SIX + timedelta(days=1, microseconds=1))

    assert found(asked()) == [last, first]


def test_a_window_over_the_turn_of_a_month_reads_both_months() -> None:
    turn = datetime(2026, 2, 28, 22, 59, tzinfo=UTC)
    february, march = stored(turn), stored(turn + timedelta(minutes=2))
    window = Criteria(turn - timedelta(hours=1), turn + timedelta(hours=1))

    assert found(window) == [march, february]


UNLIKE: Final[dict[str, tuple[dict[str, Any], object]]] = {
    "ssin": ({"ssin": world.W2}, world.W2),
    "type": ({"type": "out"}, "out"),
    "works_reference": ({"site": world.S2}, world.S2),
    "activity": ({"activity": "construction"}, "construction"),
    "channel": ({"channel": "mobile_manual"}, "mobile_manual"),
    "custom_reference": ({"custom_reference": "shift-1"}, "shift-1"),
    "foreign_vat_number": (
        {"employer": None, "foreign_vat_number": world.FOREIGN_VAT, "sender": 7},
        world.FOREIGN_VAT,
    ),
    "post_code": ({"address": an_address(post_code="9000")}, "9000"),
    "municipality_name": ({"address": an_address(municipality_name="Gent")}, "Gent"),
    "street_name": ({"address": an_address(street_name="Wulpenkaai")}, "Wulpenkaai"),
    "house_number": ({"address": an_address(house_number="52")}, "52"),
    "box_number": ({"address": an_address(box_number="A")}, "A"),
    "status_date": (
        {"received_at": SIX + timedelta(seconds=9, microseconds=4567)},
        SIX + timedelta(seconds=9, milliseconds=4),
    ),
    "validity": ({"verdict": []}, "validated"),
    "status": ({"verdict": ["caw_1"]}, "failed"),
    "remarks": ({"verdict": ["caw_1", "ciao_21"]}, ["caw_99", "ciao_21"]),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_a_criterion_finds_the_act_that_meets_it_and_no_other(name: str) -> None:
    traits, value = UNLIKE[name]
    stored(SIX)
    unlike = stored(SIX, **traits)
    window = asked()
    criterion = Criteria(window.since, window.until, {name: value})

    assert found(criterion) == [unlike]


def test_an_act_is_found_by_its_number() -> None:
    stored(SIX)
    wanted = stored(SIX)

    assert found(asked(id=wanted)) == [wanted]


def test_an_employer_is_found_by_number_on_a_site_of_the_caller() -> None:
    stored(SIX)
    theirs = stored(SIX, employer=world.E2)
    view = View(world.E1, channel=7, sites=(world.S1,))

    assert found(asked(enterprise_number=world.E2), view=view) == [theirs]


def test_workers_are_found_by_their_names() -> None:
    world.load_fixtures(today=SIX.date(), now=SIX)
    lemaire, claes = stored(SIX), stored(SIX, ssin=world.W2)

    assert found(asked(given_name="Karim", family_name="Lemaire")) == [lemaire]
    assert found(asked(family_name="Claes")) == [claes]


def test_what_no_act_has_finds_nothing() -> None:
    stored(SIX)

    assert found(asked(description="gate 4")) == []
    assert found(asked(status="cancelled")) == []


def test_every_condition_is_tried() -> None:
    tried = {*UNLIKE, "id", "enterprise_number", "given_name", "family_name", "description"}

    assert set(CONDITIONS) == tried


def test_a_registered_status_and_a_pending_validity_are_those_of_a_new_act() -> None:
    stored(SIX, verdict=[])
    fresh = stored(SIX)

    assert found(asked(status="registered", validity="pending")) == [fresh]


SORTED: Final[dict[str, Callable[[int], dict[str, Any]]]] = {
    "registrationDate": lambda n: {"occurred_at": SIX + timedelta(minutes=n)},
    "ssin": lambda n: {"ssin": (world.W2, world.W1, world.WB)[n]},
    "contractualRelationshipReference": lambda n: {"site": (world.S1, world.S2, world.S3)[n]},
    "status.date": lambda n: {"received_at": SIX + timedelta(minutes=n)},
    "channel": lambda n: {"channel": ("kiosk", "mobile_manual", "ws")[n]},
    "validity": lambda n: {"verdict": (["caw_1"], None, [])[n]},
}


@pytest.mark.parametrize("name", SORTED)
def test_acts_are_sorted_up_and_down(name: str) -> None:
    ids = {n: stored(**{"occurred_at": SIX} | SORTED[name](n)) for n in (1, 0, 2)}

    assert found(asked(sort=Sort(name, is_descending=False))) == [ids[0], ids[1], ids[2]]
    assert found(asked(sort=Sort(name, is_descending=True))) == [ids[2], ids[1], ids[0]]


def test_equals_are_told_apart_by_their_number() -> None:
    first, second = stored(SIX), stored(SIX, type="out")
    third = stored(SIX)

    assert found(asked(sort=Sort("type", is_descending=False))) == [first, third, second]
    assert found(asked(sort=Sort("type", is_descending=True))) == [second, third, first]
    assert found(asked(sort=Sort("id", is_descending=False))) == [first, second, third]


def test_capitals_count_unless_they_are_ignored() -> None:
    small = stored(SIX, channel="gate")
    capital = stored(SIX, channel="Zone")

    assert found(asked(sort=Sort("channel", is_descending=False))) == [capital, small]
    ignoring = Sort("channel", is_descending=False, ignore_case=True)
    assert found(asked(sort=ignoring)) == [small, capital]


def test_an_act_visible_for_two_reasons_counts_once() -> None:
    stored(SIX, sender=7)
    view = View(world.E1, channel=7, sites=(world.S1,))

    page = queries.search(view=view, criteria=asked(), page=1, page_size=50)

    assert (len(page.acts), page.total) == (1, 1)


def test_a_page_beyond_the_last_is_empty_and_knows_the_total() -> None:
    stored(SIX)

    page = queries.search(view=VIEW, criteria=asked(), page=10**9, page_size=200)

    assert (list(page.acts), page.total) == ([], 1)


@pytest.mark.parametrize("name", ["registrationDate", "type", "validity", "id"])
@pytest.mark.parametrize("is_descending", [True, False])
def test_a_walk_by_places_meets_each_act_once(name: str, is_descending: bool) -> None:
    ids = {
        stored(SIX + timedelta(minutes=n % 3), type=("in", "out")[n % 2], verdict=[None, []][n % 2])
        for n in range(9)
    }
    places, criteria = Places(), asked(sort=Sort(name, is_descending=is_descending))

    walked = [
        receipt
        for page in range(1, 6)
        for receipt in found(criteria, page=page, page_size=2, places=places, shallow=0)
    ]

    assert walked == found(criteria)
    assert set(walked) == ids


def test_acts_that_arrive_during_a_deep_walk_repeat_none() -> None:
    for n in range(4):
        stored(SIX + timedelta(minutes=n))
    places = Places()

    first = found(asked(), page=1, page_size=2, places=places, shallow=0)
    stored(SIX + timedelta(hours=1))
    second = found(asked(), page=2, page_size=2, places=places, shallow=0)

    assert not set(first) & set(second)


def test_a_place_serves_only_the_same_question_of_the_same_caller() -> None:
    ids = [stored(SIX + timedelta(minutes=n), sender=8) for n in range(4)]
    places = Places()
    found(asked(), page=1, page_size=2, places=places, shallow=0)
    stored(SIX + timedelta(hours=1), sender=8)

    other = found(asked(), view=View(world.E1, 8), page=2, page_size=2, places=places, shallow=0)

    assert other == [ids[2], ids[1]]


def test_places_are_forgotten_after_their_time_and_beyond_their_number() -> None:
    seconds = [0.0]
    places = Places(seconds=10, size=2, tick=lambda: seconds[0])
    for page in (1, 2, 3):
        places.remember("walk", page, SIX, page)

    assert places.end_of("walk", 1) is None
    assert places.end_of("walk", 3) == (SIX, 3)
    seconds[0] = 11
    assert places.end_of("walk", 3) is None


def test_one_act_is_read_by_number_if_the_view_holds_it() -> None:
    mine, theirs = stored(SIX), stored(SIX, employer=world.E2)

    act, hidden = queries.visible_act(view=VIEW, receipt=mine)
    assert act is not None
    assert (act.receipt, hidden) == (mine, None)
    act, hidden = queries.visible_act(view=VIEW, receipt=theirs)
    assert act is None
    assert hidden is not None


@pytest.mark.parametrize(
    "receipt", [1, 900001, 260302999999999, 999999000000001, receipt_of(occurred_at=SIX, number=0)]
)
def test_a_number_that_was_never_given_is_no_act(receipt: int) -> None:
    assert queries.visible_act(view=VIEW, receipt=receipt) == (None, None)


def test_names_come_from_the_register() -> None:
    world.load_fixtures(today=SIX.date(), now=SIX)

    assert queries.names(ssin=world.W1) == ("Karim", "Lemaire")
    assert queries.names(ssin="85073100131") is None


def test_a_caller_nobody_knows_sees_its_own_staff_only() -> None:
    mine, _ = stored(SIX, employer="1900000069"), stored(SIX)
    view = view_of(enterprise_number="1900000069", channel=7)

    assert found(asked(), view=view) == [mine]
