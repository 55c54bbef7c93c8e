"""Acts in good order: what is created, what comes back, what is stored."""

from datetime import datetime

import pytest

from guichet.presence_log.receipts import day_of
from tests.ingest.door import ADDRESS, E1, NOW, POINT, S1, W1, Door, item, later


async def test_p8_an_in_with_coordinates_is_created(door: Door) -> None:
    answer = await door.register(item(registrationDate="2026-03-02T05:59:12+01:00"))

    [entry] = answer.json
    [receipt] = door.stored()
    assert answer.status == 200
    assert entry == {
        "createdPresenceRegistration": {
            "id": receipt,
            "registrationDate": "2026-03-02T05:59:12.000+01:00",
            "ssin": W1,
            "type": "in",
            "worker": None,
            "employer": {"enterpriseNumber": E1, "foreignVatNumber": None},
            "placeOfWork": {
                "coordinates": {"longitude": 4.3571, "latitude": 50.8466},
                "address": None,
                "description": None,
            },
            "contractualRelationshipReference": S1,
            "activity": "cleaning",
            "channel": "ws",
            "customReference": None,
            "status": {"code": "registered", "date": "2026-03-02T06:00:00.000+01:00"},
            "validity": "pending",
            "remarks": [],
        },
        "notCreatedPresenceRegistration": None,
    }


async def test_the_receipt_has_fifteen_digits_and_carries_the_day(door: Door) -> None:
    created = await door.created()

    assert len(str(created["id"])) == 15
    assert day_of(created["id"]) == NOW.date()


async def test_the_row_is_the_act_as_it_came(door: Door) -> None:
    await door.created(customReference="shift-1", type="out")

    columns = (
        "occurred_at, received_at, offset_minutes, type, ssin, enterprise_number,"
        " foreign_vat_number, works_reference, activity, channel, custom_reference,"
        " longitude, latitude, address, recorded_in = xmin::text::bigint"
    )
    [row] = door.stored(columns)
    assert row == (
        datetime.fromisoformat("2026-03-02T05:59:58.418+01:00"),
        NOW,
        60,
        "out",
        W1,
        E1,
        None,
        S1,
        "cleaning",
        "ws",
        "shift-1",
        4.3571,
        50.8466,
        None,
        True,
    )


async def test_p10_an_address_in_place_of_coordinates_is_created(door: Door) -> None:
    created = await door.created(placeOfWork={"address": ADDRESS})

    assert created["placeOfWork"] == {"coordinates": None, "address": ADDRESS, "description": None}
    assert door.stored("address, longitude, latitude") == [(ADDRESS, None, None)]


async def test_p11_a_foreign_vat_number_in_place_of_an_enterprise_number_is_created(
    door: Door,
) -> None:
    created = await door.created(employer={"foreignVatNumber": "PL0000000000"})

    assert created["employer"] == {"enterpriseNumber": None, "foreignVatNumber": "PL0000000000"}
    assert door.stored("enterprise_number, foreign_vat_number") == [(None, "PL0000000000")]


async def test_p12_two_hundred_acts_come_back_in_their_order(door: Door) -> None:
    answer = await door.register(*(item(customReference=f"n{n}") for n in range(200)))

    created = [entry["createdPresenceRegistration"] for entry in answer.json]
    assert [act["customReference"] for act in created] == [f"n{n}" for n in range(200)]
    assert door.stored() == sorted(act["id"] for act in created)
    assert len(set(door.stored())) == 200


async def test_p13_good_acts_around_a_bad_one_are_stored(door: Door) -> None:
    answer = await door.register(item(), item(employer=None), item(type="out"))

    made = [entry["createdPresenceRegistration"] for entry in answer.json]
    assert [act and act["type"] for act in made] == ["in", None, "out"]
    assert door.stored() == sorted([made[0]["id"], made[2]["id"]])


@pytest.mark.parametrize("sent", ["IN", "In", "iN", "in"])
async def test_p14_the_type_is_read_in_any_case_and_returned_small(door: Door, sent: str) -> None:
    assert (await door.created(type=sent))["type"] == "in"


@pytest.mark.parametrize(
    ("sent", "returned"),
    [
        ("2026-03-02T04:59:58Z", "2026-03-02T05:59:58.000+01:00"),
        ("2026-03-02T05:59:58+01:00", "2026-03-02T05:59:58.000+01:00"),
        ("2026-03-02T04:59:58.123456+00:00", "2026-03-02T05:59:58.123456+01:00"),
        ("2026-03-02T05:59:58.123456789+01:00", "2026-03-02T05:59:58.123457+01:00"),
        ("2026-03-02T10:29:58.5+05:30", "2026-03-02T05:59:58.500+01:00"),
    ],
)
async def test_p15_every_form_of_an_instant_is_accepted(
    door: Door, sent: str, returned: str
) -> None:
    created = await door.created(registrationDate=sent)

    assert created["registrationDate"] == returned


async def test_p18_a_custom_reference_comes_back_unchanged(door: Door) -> None:
    created = await door.created(customReference="odoo:présence/42 ☂")

    assert created["customReference"] == "odoo:présence/42 ☂"


async def test_the_offset_that_was_sent_is_kept(door: Door) -> None:
    await door.created(registrationDate="2026-03-02T04:59:58Z")
    await door.created(registrationDate="2026-03-02T00:29:58-04:30")

    assert door.stored("offset_minutes") == [0, -270]


async def test_an_address_without_content_beside_coordinates_counts_as_none(door: Door) -> None:
    created = await door.created(placeOfWork={**POINT, "address": dict.fromkeys(ADDRESS)})

    assert created["placeOfWork"]["address"] is None


async def test_a_person_an_enterprise_and_a_site_that_nobody_knows_refuse_nothing(
    door: Door,
) -> None:
    """The values that a third-party client's own tests use."""
    created = await door.created(
        ssin="90020199704",
        employer={"enterpriseNumber": "0450905686"},
        contractualRelationshipReference="4B2K7XPQ2MTR9",
    )

    assert created["validity"] == "pending"


async def test_the_call_is_judged_at_its_arrival_however_long_it_waits(door: Door) -> None:
    """The clock is read once, before the body: waiting in a queue makes nobody late."""
    asked: list[int] = []

    def now() -> datetime:
        asked.append(door.read)
        return NOW

    door.ingest._now = now
    await door.register(item(registrationDate=later(-600)))

    assert asked == [0]
    assert door.stored("received_at") == [NOW]


async def test_p25_without_any_validation_acts_are_accepted_as_pending(door: Door) -> None:
    """No job runs here: the registration asks nothing of the registers."""
    created = await door.created()

    assert created["validity"] == "pending"
    assert door.stored("received_at") == [NOW]
