"""Checkin@Work's web service at its door: the four operations, their codes and their limits."""

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from guichet.audit.models import Lookup
from guichet.demo import numbers
from guichet.demo.fixtures import E2, E3, E4, LIMOSA, S2, S3, S4, W1, W2, WS
from guichet.eservices.presence.days.operations import Sender
from guichet.eservices.presence.soap.contract import PATH, SCHEMAS
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.postings.models import Limosa
from guichet.rules.remarks import REMARKS
from tests.doors import rest
from tests.eservices.presence.days_world import (
    TESTS,
    TODAY,
    announced,
    decide,
    loaded,
    one,
    receipt,
    stored,
)
from tests.eservices.presence.soap_world import (
    Wire,
    cancelling,
    channel,
    getting,
    item,
    period,
    registering,
    searching,
    texts,
)
from tests.eservices.presence.validation_world import NOW

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
BRUSSELS: Final = ZoneInfo("Europe/Brussels")
MARCH: Final = period("2026-03-01", "2026-03-31")
E2_SENDER: Final = Sender("ws", E2, is_portal=False, technical=8)


class Moving:
    """A clock that a test sets."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Moving:
    moving = Moving()
    monkeypatch.setattr(clock, "now", moving)
    return moving


@pytest.fixture
def wire(rest: Any, time: Moving) -> Wire:
    loaded()
    return Wire(channel(), time)


def registered(wire: Wire, *items: dict[str, Any]) -> list[int]:
    """Register and check; their numbers."""
    found = [int(text) for text in texts(wire.call(registering(*items)), "PresenceRegistrationId")]
    decide(found, now=wire.now())
    return found


def codes(wire: Wire, *items: dict[str, Any]) -> list[str]:
    return texts(wire.call(registering(*items)), "ErrorCode")


def read(wire: Wire, number: int) -> Any:
    return wire.call(getting(number))


def test_p62_a_presence_is_registered_with_its_sector_and_channel(wire: Wire) -> None:
    answer = wire.call(registering(item(RegistrationDate="2026-03-02")))

    assert len(texts(answer, "PresenceRegistrationId")) == 1
    assert texts(answer, "Status") == ["SUCCESSFULLY REGISTERED"]
    assert texts(answer, "Sector") == ["1"]
    assert texts(answer, "Channel") == ["WS"]
    assert texts(answer, "CompanyID") == ["712345630"]
    assert texts(answer, "CreationDate") == ["2026-03-02T06:00:00.000"]
    assert texts(answer, "INSS") == [W1, W1]


def test_p63_without_a_date_it_is_the_day_in_brussels_at_receipt(wire: Wire, time: Moving) -> None:
    time.now = datetime(2026, 3, 2, 23, 59, 30, tzinfo=BRUSSELS)

    assert texts(wire.call(registering(item())), "RegistrationDate") == ["2026-03-02"]
    time.now += timedelta(seconds=40)
    assert texts(wire.call(registering(item())), "RegistrationDate") == ["2026-03-03"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-01", ["6"]), ("2026-03-02", []), ("2026-03-03", []), ("2026-03-04", ["6"])],
)
def test_p64_today_and_tomorrow_only(wire: Wire, day: str, expected: list[str]) -> None:
    assert codes(wire, item(RegistrationDate=day)) == expected


def test_p65_a_limosa_number_stands_alone(wire: Wire) -> None:
    alone = item(LimosaId=LIMOSA, INSS=None, CompanyID=None)

    answer = wire.call(registering(alone))

    assert texts(answer, "LimosaId") == [LIMOSA]
    assert not texts(answer, "INSS")
    for both in (
        item(LimosaId=LIMOSA),
        item(LimosaId=LIMOSA, CompanyID=None),
        item(CompanyID=None),
    ):
        assert wire.fault(wire.signed(registering(both))) == "SOA-03006"
    assert stored() == 1


def test_p66_an_expired_limosa_fails_with_its_remark(wire: Wire) -> None:
    with transaction(actor=TESTS):
        Limosa.objects.filter(number=LIMOSA).update(last_day=TODAY - timedelta(days=1))
    [number] = registered(wire, item(LimosaId=LIMOSA, INSS=None, CompanyID=None))

    answer = read(wire, number)

    assert texts(answer, "Status")[0] == "FAILED"
    assert "LIMOSA ID IS NOT ACTIVE AT DATE" in texts(answer, "Remark")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"CompanyID": 712345631}, ["2"]), ({"CompanyID": 712345631, "INSS": WS}, ["3"]),
        ({"INSS": "85073100131"}, ["5"]), ({"WorkPlaceId": "1YI03CF8203SZ"}, ["4"]),
        ({"WorkPlaceId": ""}, ["4"]), ({"CompanyID": -5, "INSS": "85073100131"}, ["5", "2"]),
        ({"INSS": None, "CompanyID": None, "LimosaId": "1"}, ["5"]),
        ({"CompanyID": int(E3), "WorkPlaceId": numbers.works_reference(77)}, ["1"]),
    ],
)  # fmt: skip
def test_p67_each_wrong_member_has_its_code_and_its_neighbour_is_stored(
    wire: Wire, given: dict[str, Any], expected: list[str]
) -> None:
    answer = wire.call(registering(item(**given), item()))

    assert texts(answer, "ErrorCode") == expected
    assert len(texts(answer, "PresenceRegistrationId")) == 1
    assert stored() == 1


def test_p68_a_site_that_is_not_subject(wire: Wire) -> None:
    [number] = registered(wire, item(WorkPlaceId=S3))

    answer = read(wire, number)

    assert texts(answer, "Status")[0] == "FAILED"
    assert "SITE IS NOT SUBJECT TO PRESENCE REGISTRATION" in texts(answer, "Remark")


def test_p69_a_repeat_is_stored_with_a_remark_and_another_site_without(wire: Wire) -> None:
    first, again, elsewhere = (registered(wire, item(WorkPlaceId=site))[0] for site in (S2, S2, S4))
    same = "SAME DECLARATION HAS ALREADY BEEN REGISTERED"

    assert same in texts(read(wire, again), "Remark")
    assert same not in texts(read(wire, first), "Remark")
    assert same not in texts(read(wire, elsewhere), "Remark")


def test_p70_two_hundred_and_one_are_too_many(wire: Wire) -> None:
    assert wire.fault(wire.signed(registering(*[item()] * 201))) == "SOA-03006"
    assert wire.fault(wire.signed(registering())) == "SOA-03006"
    assert len(registered(wire, *[item()] * 200)) == 200


def test_p71_a_cancelled_registration_keeps_its_history(wire: Wire) -> None:
    [number] = registered(wire, item(RegistrationDate="2026-03-03"))

    answer = wire.call(cancelling((number, "PLANNING")))

    assert texts(answer, "Status")[0] == "SUCCESSFULLY CANCELLED"
    history = ["SUCCESSFULLY REGISTERED", "VALIDATED", "SUCCESSFULLY CANCELLED"]
    assert texts(answer, "Status")[1:] == history
    assert texts(read(wire, number), "Status")[1:] == history


def test_p72_each_withdrawal_that_fails_has_its_code(wire: Wire, time: Moving) -> None:
    [yesterdays] = registered(wire, item())
    time.now = NOW + timedelta(days=1)
    [own, twice] = registered(wire, item(), item(WorkPlaceId=S4))
    foreign = receipt(
        one(ssin=W2, enterprise_number=E2, day=date(2026, 3, 3), works_reference=S2),
        sender=E2_SENDER, now=time.now,
    )  # fmt: skip
    stranger = Wire(channel(E3), time)

    answer = wire.call(
        cancelling(
            (own, "LAZY"), (77, "PLANNING"), (twice + 10**6, "PLANNING"), (twice, "HOLIDAY"),
            (twice, "PLANNING"), (yesterdays, "PLANNING"),
        )
    )  # fmt: skip

    assert texts(answer, "ErrorCode") == ["11", "7", "10", "8", "9"]
    refused = stranger.call(cancelling((foreign, "PLANNING"), (own, "DISEASE")))
    assert texts(refused, "ErrorCode") == ["1", "1"]
    assert texts(read(wire, own), "Status")[0] == "VALIDATED"


def test_p73_a_search_needs_one_to_thirty_one_periods(wire: Wire) -> None:
    for periods in ([], [MARCH] * 32):
        assert wire.fault(wire.signed(searching(*periods))) == "SOA-03006"
    assert len(texts(wire.call(searching(*[MARCH] * 31)), "RegistrationPeriod")) == 31
    turned = period("2026-03-02", "2026-03-01")
    assert wire.fault(wire.signed(searching(turned))) == "SOA-03007"


def test_p74_five_hundred_are_shown_and_all_are_counted(wire: Wire) -> None:
    announced(*[one()] * 800)
    page = {"PaginationProperties": {"FirstRow": 0, "FetchSize": 1000}}

    answer = wire.call(searching(MARCH, **page))

    assert len(texts(answer, "PresenceRegistrationId")) == 500
    assert texts(answer, "PresenceRegistrationResultCount") == ["800"]
    plain = wire.call(searching(MARCH))
    assert len(texts(plain, "PresenceRegistrationId")) == 50
    page = {"PaginationProperties": {"FirstRow": 790, "FetchSize": 50}}
    assert len(texts(wire.call(searching(MARCH, **page)), "PresenceRegistrationId")) == 10
    page = {"PaginationProperties": {"FirstRow": -1, "FetchSize": 50}}
    assert wire.fault(wire.signed(searching(MARCH, **page))) == "SOA-03007"


def found(wire: Wire, **given: Any) -> list[int]:
    answer = wire.call(searching(MARCH, **given))
    return [int(text) for text in texts(answer, "PresenceRegistrationId")]


def test_a_search_filters_by_every_criterion(wire: Wire) -> None:
    good, failed, gone, tomorrow = (
        registered(wire, given)[0]
        for given in (
            item(), item(WorkPlaceId=S3), item(WorkPlaceId=S4),
            item(RegistrationDate="2026-03-03", INSS=W2, CompanyID=int(E2)),
        )
    )  # fmt: skip
    wire.call(cancelling((gone, "DISEASE")))
    not_subject = REMARKS["caw_13"].soap

    assert found(wire) == sorted([good, failed, gone, tomorrow])
    assert found(wire, before={"INSS": W2}) == [tomorrow]
    assert found(wire, before={"CompanyID": int(E2)}) == [tomorrow]
    assert found(wire, before={"WorkPlaceId": S3}) == [failed]
    assert found(wire, before={"StatusList": {"Status": ["FAILED"]}}) == [failed]
    cancelled = {"StatusList": {"Status": ["SUCCESSFULLY CANCELLED", "FAILED"]}}
    assert found(wire, before=cancelled) == [failed, gone]
    assert found(wire, before={"RemarkList": {"Remark": [not_subject]}}) == [failed, gone]
    assert found(wire, after={"CreationStartDate": "2026-03-02T06:00:01"}) == []
    assert len(found(wire, after={"CreationEndDate": "2026-03-02T05:00:00Z"})) == 4
    assert len(found(wire, after={"Sector": 1})) == 3
    assert found(wire, after={"Sector": 3}) == []
    days = wire.call(
        searching(period("2026-03-03", "2026-03-03"), period("2026-02-01", "2026-02-02"))
    )
    assert texts(days, "PresenceRegistrationId") == [str(tomorrow)]


@pytest.mark.parametrize(
    "order",
    ["ID", "REGISTRATION DATE", "CREATION DATE", "STATUS", "PLACE OF WORK", "COMPANY ID",
     "CHANNEL", "SENDER ID"],
)  # fmt: skip
def test_a_search_sorts_by_every_column_both_ways(wire: Wire, order: str) -> None:
    registered(wire, item(), item(RegistrationDate="2026-03-03"))

    up, down = (
        found(wire, SortingProperties={"SortDirection": direction, "SortCriteria": order})
        for direction in ("ASCENDING", "DESCENDING")
    )

    assert up == down[::-1]
    assert len(up) == 2


def test_the_remark_with_two_double_spaces_comes_letter_by_letter(wire: Wire) -> None:
    [number] = registered(wire, item(INSS=W2, CompanyID=int(E4)))

    remark = "COMPANY IS NOT KNOWN  AS BUILDER OR  SUBCONTRACTOR IN THIS DUC"
    assert remark in texts(read(wire, number), "Remark")
    assert found(wire, before={"RemarkList": {"Remark": [remark]}}) == [number]


def test_another_enterprise_sees_nothing_and_that_is_noted(wire: Wire, time: Moving) -> None:
    [number] = registered(wire, item())
    stranger = Wire(channel(E3), time)

    assert not texts(read(stranger, number), "INSS")
    assert read(stranger, number).tag == read(stranger, number + 1).tag
    answer = stranger.call(searching(MARCH))
    assert texts(answer, "PresenceRegistrationResultCount") == ["0"]
    assert not Lookup.objects.using("audit").exists()
    read(wire, number)
    assert [(row.niss, row.channel) for row in Lookup.objects.using("audit").all()] == [
        (W1, "soap")
    ]


def test_the_contract_is_handed_out_with_this_address(wire: Wire, client: Any) -> None:
    answer = client.get(f"{PATH}?wsdl")

    assert answer.status_code == 200
    root = etree.fromstring(answer.content)
    [address] = root.iter("{http://schemas.xmlsoap.org/wsdl/soap/}address")
    assert address.get("location", "").endswith(PATH)
    for name in SCHEMAS:
        assert client.get(f"/PresenceRegistration/{name}").status_code == 200
    assert client.get(PATH).status_code == 404
    assert client.get("/PresenceRegistration/v1.wsdl").status_code == 404
    assert client.put(PATH).status_code == 405


def test_every_searchable_remark_is_one_of_the_catalogue() -> None:
    schema = etree.parse("contracts/PresenceRegistration/PresenceRegistration_types_v1.xsd")
    xs = "{http://www.w3.org/2001/XMLSchema}"
    [kind] = [e for e in schema.iter(f"{xs}simpleType") if e.get("name") == "SearchRemarkType"]
    assert [e.get("value") for e in kind.iter(f"{xs}enumeration")] == [
        REMARKS[f"caw_{number}"].soap for number in range(1, 18)
    ]


def test_a_query_count_that_does_not_grow_with_the_list(
    wire: Wire, django_assert_max_num_queries: Any
) -> None:
    announced(*[one()] * 60)

    with django_assert_max_num_queries(12):
        wire.call(searching(MARCH))
