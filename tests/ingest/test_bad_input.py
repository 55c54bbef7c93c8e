"""Input that is wrong: the whole call when its shape is, one act when its content is."""

import json
from typing import Any

import pytest

from tests.ingest.door import ADDRESS, E1, POINT, S1, W1, WB, Answer, Door, item, later, lot


def breach(door: Door, answer: Answer, *, of: int = 400) -> list[str]:
    """A problem document, nothing stored, no number of a person repeated; names of its issues."""
    problem = answer.json
    assert answer.status == of
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == of
    assert problem["message"] == problem["detail"]
    assert problem["instance"] == f"urn:uuid:{answer.headers['belgov-trace-id']}"
    assert door.stored() == []
    return [issue["name"] for issue in problem.get("issues", [])]


async def test_p33_an_item_without_type_refuses_the_lot_and_says_where(door: Door) -> None:
    answer = await door.register(item(), item(type=...), item())

    assert breach(door, answer) == ["items[1].type"]
    [issue] = answer.json["issues"]
    assert issue["in"] == "body"
    assert issue["type"] == "urn:problem-type:belgif:input-validation:schemaViolation"
    assert issue["detail"] == (
        "[Path '/items/1'] Object has missing required properties ([\"type\"])"
    )
    assert issue["detail"] in answer.json["message"]


@pytest.mark.parametrize(
    "ssin", ["8507310013", "850731001300", "8507310O130", "85073100130\n", "٨٥٠٧٣١٠٠١٣٠", ""]
)
async def test_p34_a_number_without_eleven_digits_refuses_the_lot_unseen(
    door: Door, ssin: str
) -> None:
    answer = await door.register(item(ssin=ssin))

    assert breach(door, answer) == ["items[0].ssin"]
    assert not ssin or ssin not in answer.body.decode()


async def test_p35_a_number_with_wrong_check_digits_is_created_by_default(door: Door) -> None:
    assert (await door.created(ssin="85073100131"))["ssin"] == "85073100131"


@pytest.mark.parametrize(
    "number", ["4509056866666", "0712345631", "712345630", "", "071234563\u0966"]
)
async def test_p36_a_wrong_enterprise_number_refuses_the_act(door: Door, number: str) -> None:
    assert await door.refused(employer={"enterpriseNumber": number}) == ["enterprise-number"]


@pytest.mark.parametrize(
    "employer",
    [
        None,
        ...,
        {},
        {"enterpriseNumber": None},
        {"enterpriseNumber": E1, "foreignVatNumber": "PL0000000000"},
    ],
)
async def test_p37_neither_or_both_employers_refuse_the_act(door: Door, employer: Any) -> None:
    assert await door.refused(employer=employer) == ["employer"]


@pytest.mark.parametrize(
    "place",
    [
        None,
        ...,
        {},
        {"coordinates": None, "address": None},
        {**POINT, "address": ADDRESS},
        {"address": dict.fromkeys(ADDRESS)},
    ],
)
async def test_p38_neither_or_both_places_refuse_the_act(door: Door, place: Any) -> None:
    assert await door.refused(placeOfWork=place) == ["place-of-work"]


@pytest.mark.parametrize(
    "reference",
    ["1Y103CF820", "1YI03CF8203SZ", "1YO03CF8203SZ", "", ..., None, S1.lower(), S1 + "\n"],
)
async def test_p39_a_malformed_reference_refuses_the_act(door: Door, reference: Any) -> None:
    codes = await door.refused(contractualRelationshipReference=reference)

    assert codes == ["contractual-relationship-reference"]


@pytest.mark.parametrize("mistyped", ["1YI03CF8203SZ", "1YO03CF8203SZ", S1[:-1], S1 + "A"])
async def test_i24_a_mistyped_reference_is_an_error_of_its_item_and_of_no_other(
    door: Door, mistyped: str
) -> None:
    good, bad = item(), item(contractualRelationshipReference=mistyped)

    answer = await door.register(good, bad, item(ssin=WB))

    refused = [entry["notCreatedPresenceRegistration"] for entry in answer.json]
    assert [one is None for one in refused] == [True, False, True]
    [fault] = refused[1]["errorList"]
    assert fault["errorCode"].endswith("contractual-relationship-reference")
    assert len(door.stored()) == 2


async def test_p40_a_well_formed_reference_that_nobody_knows_is_created(door: Door) -> None:
    await door.created(contractualRelationshipReference="1Y1ZZZZZZZZZZ")


async def test_p41_two_faults_of_one_act_are_two_errors_of_one_entry(door: Door) -> None:
    codes = await door.refused(
        contractualRelationshipReference="1Y103CF820", employer={"enterpriseNumber": "0712345631"}
    )

    assert codes == ["enterprise-number", "contractual-relationship-reference"]


async def test_p42_more_than_200_items_refuse_the_lot(door: Door) -> None:
    assert breach(door, await door.register(*[item()] * 201)) == ["items"]


@pytest.mark.parametrize("body", [b'{"items": []}', b"{}", b"[]", b"null", b'{"items": null}'])
async def test_p42_no_items_refuse_the_lot(door: Door, body: bytes) -> None:
    assert breach(door, await door.register_bytes(body)) in (["items"], ["body"])


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-02T05:59:58",
        "2026-13-40T05:59:58+01:00",
        "2026-03-02",
        "2026-02-30T05:59:58Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T05:59:58+25:00",
        "now",
        "",
        1772427598,
        1772427598.5,
        None,
        True,
        {},
    ],
)
async def test_p43_a_date_time_that_is_none_refuses_the_lot(door: Door, moment: Any) -> None:
    names = breach(door, await door.register(item(registrationDate=moment)))

    assert names == ["items[0].registrationDate"]


@pytest.mark.parametrize(
    ("point", "name"),
    [
        ({"longitude": 4.3, "latitude": 95}, "latitude"),
        ({"longitude": "abc", "latitude": 50}, "longitude"),
        ({"longitude": "4.3", "latitude": 50}, "longitude"),
        ({"longitude": 180.0001, "latitude": 50}, "longitude"),
        ({"longitude": True, "latitude": 50}, "longitude"),
        ({"longitude": None, "latitude": 50}, "longitude"),
        ({"latitude": 50}, "longitude"),
        ({"longitude": 4.3, "latitude": 10**400}, "latitude"),
    ],
)
async def test_p44_a_point_off_the_globe_refuses_the_lot(door: Door, point: Any, name: str) -> None:
    answer = await door.register(item(placeOfWork={"coordinates": point}))

    # A number that no float holds is refused before anything has a name.
    assert breach(door, answer) in ([f"items[0].placeOfWork.coordinates.{name}"], ["body"])


@pytest.mark.parametrize("body", [b"{", b"", b"items=1", b'{"items": [}', b"\xff\xfe"])
async def test_p45_broken_json_is_refused(door: Door, body: bytes) -> None:
    assert breach(door, await door.register_bytes(body)) == ["body"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "multipart/form-data"])
async def test_p45_another_media_type_is_refused(door: Door, kind: str) -> None:
    answer = await door.register_bytes(lot(item()), content_type=kind)

    assert breach(door, answer, of=415) == []


async def test_p46_a_custom_reference_of_5000_signs_refuses_the_act(door: Door) -> None:
    assert await door.refused(customReference="x" * 5000) == ["custom-reference"]


@pytest.mark.parametrize("vat", ["0000000000", "pl0000000000", "PL", "PL" + "0" * 40, "PL\u0000"])
async def test_a_malformed_foreign_vat_number_refuses_the_act(door: Door, vat: str) -> None:
    assert await door.refused(employer={"foreignVatNumber": vat}) == ["foreign-vat-number"]


@pytest.mark.parametrize("text", ["a\u0000b", "line\nbreak", "\u007f", "\x1b[31m"])
async def test_control_characters_in_a_custom_reference_refuse_the_act(
    door: Door, text: str
) -> None:
    assert await door.refused(customReference=text) == ["custom-reference"]


HOSTILE = {
    "NaN": lot(item()).replace(b"4.3571", b"NaN"),
    "Infinity": lot(item()).replace(b"4.3571", b"-Infinity"),
    "a number beyond all floats": lot(item()).replace(b"4.3571", b"1e999"),
    "a number of 400 digits": lot(item()).replace(b"4.3571", b"1" * 400),
    "a byte-order mark": b"\xef\xbb\xbf" + lot(item()),
    "UTF-16": lot(item()).decode().encode("utf-16"),
    "bytes that are not UTF-8": lot(item(customReference="@")).replace(b"@", b"\xe9"),
    "a lone surrogate": lot(item(customReference="@")).replace(b"@", b"\\ud800"),
    "an overlong sequence": lot(item(customReference="@")).replace(b"@", b"\xc0\x80"),
    "trailing text": lot(item()) + b"x",
    "two documents": lot(item()) * 2,
    "100,000 arrays": b"[" * 100_000,
    "100,000 objects": b'{"items":' * 100_000,
    "nested items": b'{"items": [' + b"[" * 500 + b"]" * 500 + b"]}",
    "a comment": lot(item()) + b"// done",
    "single quotes": lot(item()).replace(b'"', b"'"),
    "an unknown member": lot(item(colour="red")),
    "an unknown member at the top": b'{"items": [], "sort": 1}',
    "an unknown member of the place": lot(item(placeOfWork={**POINT, "description": "x"})),
    "an unknown member of the employer": lot(item(employer={"enterpriseNumber": E1, "name": "x"})),
    "a list as an item": lot([]),
    "a number as an item": lot(1),
    "null as an item": lot(None),
    "a list as the type": lot(item(type=["in"])),
    "another type": lot(item(type="break")),
    "a dotless i": lot(item(type="\u0131n")),
    "a number as the person": lot(item(ssin=int(W1))),
    "a number as the reference": lot(item(contractualRelationshipReference=13)),
    "a text as the employer": lot(item(employer=E1)),
    "a list as the place": lot(item(placeOfWork=[4.3, 50.8])),
    "NUL in an address": lot(item(placeOfWork={"address": {**ADDRESS, "streetName": "a\u0000"}})),
    "an endless address": lot(item(placeOfWork={"address": {**ADDRESS, "streetName": "a" * 999}})),
    "a number as an address": lot(item(placeOfWork={"address": {"houseNumber": 7}})),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_body_is_a_clear_refusal_and_stores_nothing(
    door: Door, body: bytes
) -> None:
    answer = await door.register_bytes(body)

    assert breach(door, answer)
    assert W1 not in answer.body.decode()


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1900-01-01T00:00:00Z"]
)
async def test_a_date_at_the_end_of_time_refuses_the_act(door: Door, moment: str) -> None:
    assert await door.refused(registrationDate=moment) == ["registration-date"]


async def test_of_a_duplicated_member_the_last_one_wins(door: Door) -> None:
    text = json.dumps({"items": [item()]})
    first_good = text.replace('"type": "in"', '"type": "in", "type": "out"')
    first_bad = text.replace('"type": "in"', '"type": 7, "type": "out"')
    last_bad = text.replace('"type": "in"', '"type": "in", "type": 7')

    answers = [await door.register_bytes(body.encode()) for body in (first_good, first_bad)]

    assert [a.json[0]["createdPresenceRegistration"]["type"] for a in answers] == ["out", "out"]
    assert (await door.register_bytes(last_bad.encode())).status == 400
    assert len(door.stored()) == 2


async def test_every_fault_of_every_item_has_its_issue(door: Door) -> None:
    answer = await door.register(
        item(ssin="1", type=...), item(), item(registrationDate="x", colour="red", employer=[])
    )

    assert breach(door, answer) == [
        "items[0].type",
        "items[0].ssin",
        "items[2].registrationDate",
        "items[2].employer",
        "items[2].colour",
    ]


async def test_an_answer_about_a_thousand_faults_names_a_hundred(door: Door) -> None:
    answer = await door.register(*[{"a": 1, "b": 2, "c": 3}] * 200)

    assert len(breach(door, answer)) == 100


async def test_a_number_in_the_name_of_a_member_is_not_repeated(door: Door) -> None:
    answer = await door.register(item(**{W1: 1}), item(**{f"worker{W1}": 1}))

    assert breach(door, answer) == ["items[0].*", "items[1].*"]
    assert W1 not in answer.body.decode()


async def test_what_was_submitted_comes_back_in_a_refused_entry(door: Door) -> None:
    sent = item(
        registrationDate="2026-03-02T05:59:00+01:00",
        type="OUT",
        employer={"enterpriseNumber": "0712345631"},
        contractualRelationshipReference="1Y103CF820",
    )

    [entry] = (await door.register(sent)).json

    assert entry == {
        "createdPresenceRegistration": None,
        "notCreatedPresenceRegistration": {
            "presenceRegistrationSubmitted": {
                "id": None,
                "registrationDate": "2026-03-02T05:59:00+01:00",
                "ssin": W1,
                "type": "out",
                "employer": {"enterpriseNumber": "0712345631", "foreignVatNumber": None},
                "placeOfWork": POINT,
                "contractualRelationshipReference": "1Y103CF820",
                "activity": None,
                "channel": None,
                "customReference": None,
                "status": None,
                "remarks": [],
            },
            "errorList": [
                {
                    "errorCode": "error.presence-registration.creation.enterprise-number",
                    "errorDescription": "enterprise number is not valid",
                },
                {
                    "errorCode": "error.presence-registration.creation"
                    ".contractual-relationship-reference",
                    "errorDescription": "contractual relationship reference is not valid",
                },
            ],
        },
    }


async def test_a_late_act_says_so_with_its_other_faults(door: Door) -> None:
    codes = await door.refused(registrationDate=later(-3600), placeOfWork=None)

    assert codes == ["registration-date", "place-of-work"]
