"""The printed example of the interface: the request as it stands, the answer as it stands."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from guichet.presence_log import answers, breaches, record
from guichet.presence_log.acts import judged
from guichet.presence_log.receipts import Stock
from guichet.rules.presence import Profile

RECEIVED = datetime(2026, 3, 2, 5, 0, 13, 2000, tzinfo=UTC)
POINT = {"coordinates": {"longitude": 4.3571, "latitude": 50.8466}}
ADDRESS = {
    "address": {
        "postCode": "9000",
        "municipalityName": "Gent",
        "streetName": "Voorbeeldstraat",
        "houseNumber": "7",
        "boxNumber": None,
    }
}
REQUEST: dict[str, Any] = {
    "items": [
        {
            "registrationDate": "2026-03-02T06:00:12.418+01:00",
            "ssin": "85073100130",
            "type": "in",
            "employer": {"enterpriseNumber": "0712345630"},
            "placeOfWork": POINT,
            "contractualRelationshipReference": "1Y103CF8203SZ",
            "customReference": "shift-20260302-0001",
        },
        {
            "registrationDate": "2026-03-02T04:59:40Z",
            "ssin": "90451207722",
            "type": "in",
            "employer": {"foreignVatNumber": "PL0000000000"},
            "placeOfWork": ADDRESS,
            "contractualRelationshipReference": "1Y103CF8204TZ",
        },
        {
            "registrationDate": "2026-03-02T06:00:00+01:00",
            "ssin": "01020312444",
            "type": "out",
            "employer": {"enterpriseNumber": "0712345631"},
            "placeOfWork": POINT,
            "contractualRelationshipReference": "1Y103CF820",
        },
    ]
}


def test_the_printed_request_gives_the_printed_answer() -> None:
    call = judged(
        body=json.dumps(REQUEST).encode(),
        received_at=RECEIVED,
        sender=1,
        profile=Profile(),
        activity_of=lambda reference: "cleaning",
    )
    stock = Stock()
    stock.add([900_000])
    record.number(acts=call.acts, stock=stock)

    first, second, third = json.loads(answers.answer(call))

    assert list(first["createdPresenceRegistration"].items()) == [
        ("id", 260302_000900000),
        ("registrationDate", "2026-03-02T06:00:12.418+01:00"),
        ("ssin", "85073100130"),
        ("type", "in"),
        ("worker", None),
        ("employer", {"enterpriseNumber": "0712345630", "foreignVatNumber": None}),
        ("placeOfWork", {**POINT, "address": None, "description": None}),
        ("contractualRelationshipReference", "1Y103CF8203SZ"),
        ("activity", "cleaning"),
        ("channel", "ws"),
        ("customReference", "shift-20260302-0001"),
        ("status", {"code": "registered", "date": "2026-03-02T06:00:13.002+01:00"}),
        ("validity", "pending"),
        ("remarks", []),
    ]
    made = second["createdPresenceRegistration"]
    assert made["registrationDate"] == "2026-03-02T05:59:40.000+01:00"
    assert made["placeOfWork"] == {"coordinates": None, **ADDRESS, "description": None}
    refused = third["notCreatedPresenceRegistration"]
    assert list(refused) == ["presenceRegistrationSubmitted", "errorList"]
    assert refused["presenceRegistrationSubmitted"]["placeOfWork"] == POINT
    assert [error["errorDescription"] for error in refused["errorList"]] == [
        "enterprise number is not valid",
        "contractual relationship reference is not valid",
    ]


@pytest.mark.parametrize("reference", ["1Y103CF8203TZ", "4B2K7XPQ2MTR9"])
def test_a_strict_installation_refuses_a_wrong_check_sign(reference: str) -> None:
    sent = {**REQUEST["items"][0], "contractualRelationshipReference": reference}
    body = json.dumps({"items": [sent]}).encode()

    def refused(profile: Profile) -> bool:
        call = judged(
            body=body, received_at=RECEIVED, sender=1, profile=profile, activity_of=lambda _: "x"
        )
        return not call.acts

    assert not refused(Profile())
    assert refused(Profile(site_ref_strict=True))


def test_p35_a_strict_installation_refuses_a_person_with_wrong_check_digits() -> None:
    sent = {**REQUEST["items"][0], "ssin": "85073100131"}
    call = judged(
        body=json.dumps({"items": [sent]}).encode(),
        received_at=RECEIVED,
        sender=1,
        profile=Profile(ssin_strict=True),
        activity_of=lambda _: "cleaning",
    )

    assert call.acts == []


def test_issues_come_in_the_order_of_the_items() -> None:
    body = b'{"x": 1, "items": [{"ssin": 1}, 7, {"type": null}]}'

    with pytest.raises(breaches.SchemaBreach) as breach:
        breaches.decoded(body)

    assert [issue.name for issue in breach.value.issues] == [
        "x",
        "items[0].registrationDate",
        "items[0].type",
        "items[0].ssin",
        "items[1]",
        "items[2].registrationDate",
        "items[2].ssin",
        "items[2].type",
    ]
