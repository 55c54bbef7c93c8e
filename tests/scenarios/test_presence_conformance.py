"""A third party's client, unchanged but for its addresses and keys, at a real server.

The check-list of what that client needs has eleven points; each is a test here.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import ciao_client
import pytest
import requests
from ciao_client import (
    Address,
    CiaoAPIError,
    CiaoAuthError,
    CiaoClient,
    CiaoConnectionError,
    Coordinates,
    Employer,
    PlaceOfWork,
    PresenceRegistration,
    PresenceSubmission,
    RefData,
    TokenProvider,
)

from guichet.demo import fixtures as world
from guichet.platform import clock
from tests.access.machine import Machine, ec_key, form, private_pem, rsa_key
from tests.doors import ENTERPRISE_SCOPE, PROFESSIONAL_SCOPE, Machines, item, machines, window
from tests.live import free_port

__all__ = ["machines"]
pytestmark = pytest.mark.slow

# The values that the client's own tests send to the simulation.
ITS_REFERENCE: Final = "4B2K7XPQ2MTR9"
ITS_SSIN: Final = "90020199704"
ITS_EMPLOYER: Final = "0450905686"
HERE: Final = PlaceOfWork(coordinates=Coordinates(longitude=4.3571, latitude=50.8466))


@pytest.fixture(scope="module")
def known(machines: Machines) -> Machine:
    machines.load_fixtures()
    return machines.channel(world.E1)


@pytest.fixture(scope="module")
def client(machines: Machines, known: Machine) -> Iterator[CiaoClient]:
    with requests.Session() as session:
        yield CiaoClient(
            known.client_id,
            machines.private_key(known),
            base_url=machines.base_url,
            token_url=machines.token_url,
            session=session,
        )


@pytest.fixture(scope="module")
def token(machines: Machines, known: Machine) -> str:
    return machines.token(known)


def submission(**changed: Any) -> PresenceSubmission:
    good: dict[str, Any] = {
        "registration_date": clock.now().isoformat(),
        "ssin": ITS_SSIN,
        "employer": Employer(enterprise_number=ITS_EMPLOYER),
        "place_of_work": HERE,
        "contractual_relationship_reference": ITS_REFERENCE,
    }
    return PresenceSubmission(**(good | changed))


def created(client: CiaoClient, *submissions: PresenceSubmission) -> list[PresenceRegistration]:
    results = client.register_in_bulk(list(submissions))
    assert all(result.ok for result in results)
    return [result.created for result in results]


def test_p100_the_unchanged_client_runs_its_whole_public_interface(
    machines: Machines, client: CiaoClient
) -> None:
    assert client.test_connection() is True

    [by_point, by_address, foreign] = created(
        client,
        submission(custom_reference="odoo:presence:42"),
        submission(
            type="out",
            place_of_work=PlaceOfWork(
                address=Address("9000", "Gent", "Voorbeeldstraat", "7", None)
            ),
        ),
        submission(employer=Employer(foreign_vat_number=world.FOREIGN_VAT)),
    )
    assert isinstance(by_point.id, int)
    assert by_point.custom_reference == "odoo:presence:42"
    assert by_point.place_of_work.coordinates == HERE.coordinates
    assert by_point.masked_ssin == "90*********"
    assert (by_point.status.code, by_point.validity) == ("registered", "pending")
    assert by_address.place_of_work.address.street_name == "Voorbeeldstraat"
    assert foreign.employer == Employer(foreign_vat_number=world.FOREIGN_VAT)
    as_dictionary = client.register_in_bulk([submission().to_api()])
    assert as_dictionary[0].ok
    refused = client.register_in_bulk([submission(employer=None, place_of_work=None)])
    assert not refused[0].ok
    assert len(refused[0].errors) == 2
    assert all(error.error_code and error.error_description for error in refused[0].errors)

    machines.validate(by_point.id)
    read = client.get_registration(by_point.id)
    assert read.validity == "failed"
    assert {remark.code for remark in read.remarks} >= {"caw_10"}
    assert all(set(remark.labels) == {"nl", "fr", "de", "en"} for remark in read.remarks)

    criteria = {"registrationDate": window(), "ssin": ITS_SSIN, "type": "in"}
    page = client.search(
        criteria,
        sort={"direction": "asc", "ignoreCase": False, "property": "registrationDate"},
        page=1,
        page_size=2,
    )
    assert (page.page, page.page_size, len(page.items)) == (1, 2, 2)
    assert page.next is not None
    everything = list(client.search_all(criteria, page_size=1))
    assert len(everything) == page.total == page.total_pages * 2 - page.total % 2
    assert by_point.id in {act.id for act in everything}
    with pytest.raises(ValueError, match="registrationDate"):
        client.search({})

    for catalogue, one in (
        (client.get_remarks(), client.get_remark("ciao_21")),
        (client.get_activities(), client.get_activity("cleaning")),
    ):
        assert one in catalogue
        assert all(isinstance(entry, RefData) and entry.labels for entry in catalogue)


def test_p100_the_clients_errors_are_those_it_expects(
    machines: Machines, client: CiaoClient, known: Machine
) -> None:
    with pytest.raises(CiaoAPIError) as unknown:
        client.get_registration(260302000000001)
    with pytest.raises(CiaoAPIError) as no_code:
        client.get_remark("zzz")
    with pytest.raises(CiaoAPIError) as no_type:
        client.register_in_bulk([{"registrationDate": clock.now().isoformat(), "ssin": ITS_SSIN}])
    assert (unknown.value.status_code, no_code.value.status_code) == (404, 404)
    assert no_type.value.status_code == 400
    with pytest.raises(ValueError, match="200"):
        client.register_in_bulk([{}] * 201)
    reader = CiaoClient(
        known.client_id,
        machines.private_key(known),
        base_url=machines.base_url,
        token_url=machines.token_url,
        scope=f"scope:guichet:presence:{PROFESSIONAL_SCOPE}",
    )
    assert reader.get_activities()
    with pytest.raises(CiaoAuthError, match="403"):
        reader.register_in_bulk([submission()])
    nowhere = CiaoClient(
        known.client_id,
        machines.private_key(known),
        base_url=f"http://127.0.0.1:{free_port()}",
        token_url=machines.token_url,
    )
    with pytest.raises(CiaoConnectionError):
        nowhere.get_remarks()


def test_a34_the_client_obtains_and_keeps_a_token_by_changing_its_address_only(
    machines: Machines, known: Machine
) -> None:
    provider = TokenProvider(
        known.client_id, machines.private_key(known), token_url=machines.token_url
    )

    first, kept = provider.get_token(), provider.get_token()
    provider.invalidate()

    assert first == kept
    assert provider.get_token() != first


def test_checklist_1_a_wrong_client_or_a_wrong_key_gets_no_token(
    machines: Machines, known: Machine
) -> None:
    stranger = TokenProvider(
        "self_service_chaman_0_none", machines.private_key(known), token_url=machines.token_url
    )
    forger = TokenProvider(
        known.client_id, private_pem(rsa_key("forged")), token_url=machines.token_url
    )

    for provider in (stranger, forger):
        with pytest.raises(CiaoAuthError, match="401"):
            provider.get_token()
    by_curve = form(known.assertion(audience=machines.token_url, key=ec_key("forged")))
    assert requests.post(machines.token_url, data=by_curve, timeout=30).status_code == 401


def test_checklist_2_a_token_is_a_bearer_with_a_number_of_seconds(
    machines: Machines, known: Machine
) -> None:
    body = form(known.assertion(audience=machines.token_url))

    answer = requests.post(machines.token_url, data=body, timeout=30).json()

    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 600)


def test_checklist_3_a_bulk_answers_an_array_in_order_even_when_all_is_refused(
    machines: Machines, token: str
) -> None:
    answer = machines.register(
        token, item(employer={"enterpriseNumber": "0712345631"}), item(customReference="x" * 65)
    )

    codes = [
        [error["errorCode"].rpartition(".")[2] for error in entry["errorList"]]
        for entry in (one["notCreatedPresenceRegistration"] for one in answer)
    ]
    assert codes == [["enterprise-number"], ["custom-reference"]]


def test_checklist_4_an_item_without_type_refuses_the_whole_call(
    machines: Machines, token: str
) -> None:
    answer = machines.call(
        "POST",
        "/presenceRegistrations/registerInBulk",
        token,
        body={"items": [item(), item(type=None), item()]},
    )

    problem = answer.json()
    assert answer.status_code == 400
    assert [issue["name"] for issue in problem["issues"]] == ["items[1].type"]
    assert "/items/1" in problem["message"]


def test_checklist_5_an_act_of_twenty_minutes_ago_is_an_error_of_its_item(
    client: CiaoClient,
) -> None:
    old = (clock.now() - timedelta(minutes=20)).isoformat()

    [result] = client.register_in_bulk([submission(registration_date=old)])

    assert [error.error_code for error in result.errors] == [
        "error.presence-registration.creation.registration-date"
    ]


def test_checklist_6_microseconds_and_an_offset_are_accepted(client: CiaoClient) -> None:
    moment = clock.now().astimezone(UTC).replace(microsecond=123456)

    [act] = created(client, submission(registration_date=moment.isoformat()))

    assert datetime.fromisoformat(act.registration_date) == moment


def test_checklist_7_an_act_is_read_right_after_its_creation(client: CiaoClient) -> None:
    [act] = created(client, submission())

    read = client.get_registration(act.id)

    assert (read.id, read.registration_date, read.ssin) == (
        act.id,
        act.registration_date,
        act.ssin,
    )


def test_checklist_8_a_search_of_half_an_hour_walks_all_pages_of_one(client: CiaoClient) -> None:
    ids = {act.id for act in created(client, *[submission(custom_reference="walk")] * 3)}
    criteria = {"registrationDate": window(days=1 / 48), "customReference": "walk"}

    walked = [act.id for act in client.search_all(criteria, page_size=1)]

    assert sorted(walked) == sorted(ids)


def test_checklist_9_lists_and_single_codes_answer(machines: Machines, token: str) -> None:
    paths = ("remarks", "remarks/caw_1", "activities", "activities/cleaning")

    answers = [machines.call("GET", f"/refData/{path}", token) for path in paths]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert [type(answer.json()) for answer in answers] == [list, dict, list, dict]


def test_checklist_10_every_body_is_json_also_of_errors(machines: Machines, token: str) -> None:
    answers = [
        machines.call("GET", "/presenceRegistrations/abc", token),
        machines.call("GET", "/presenceRegistrations/260302000000001", token),
        machines.call("POST", "/presenceRegistrations/search", token, body=b"{"),
        machines.call("POST", "/presenceRegistrations/registerInBulk", None, body=b"{"),
        machines.call("DELETE", "/presenceRegistrations/260302000000001", token),
        machines.call("GET", "/nothing/here", token),
        machines.call("GET", "/health", None),
        requests.get(f"{machines.live.services}/nothing", timeout=30),
    ]

    assert [answer.status_code for answer in answers] == [400, 404, 400, 401, 405, 404, 200, 404]
    for answer in answers:
        assert "json" in answer.headers["Content-Type"]
        assert isinstance(answer.json(), dict)


def test_checklist_11_the_values_of_the_clients_own_tests_are_created(client: CiaoClient) -> None:
    [act] = created(client, submission())

    assert act.contractual_relationship_reference == ITS_REFERENCE
    assert (act.ssin, act.employer.enterprise_number) == (ITS_SSIN, ITS_EMPLOYER)


def test_p9_a_good_act_is_validated_with_the_workers_names(machines: Machines, token: str) -> None:
    lon, lat = world.S1_POINT
    place = {"coordinates": {"longitude": lon, "latitude": lat}}
    now = clock.now()
    # The server is shared: whatever W1 did there before, an OUT comes between.
    acts = [
        item(placeOfWork=place, type=kind, registrationDate=moment.isoformat())
        for kind, moment in (("out", now - timedelta(seconds=1)), ("in", now))
    ]
    entry = machines.register(token, *acts)[1]
    number = entry["createdPresenceRegistration"]["id"]

    machines.validate(number)

    read = machines.call("GET", f"/presenceRegistrations/{number}", token).json()
    assert (read["validity"], read["remarks"]) == ("validated", [])
    assert read["worker"] == {"givenName": "Karim", "familyName": "Lemaire"}


def test_a46_the_contract_is_public_at_the_real_server(machines: Machines) -> None:
    answer = machines.call("GET", "/doc/openapi.yaml", None)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/yaml"


def test_a39_a_token_in_the_query_is_not_looked_at(machines: Machines, token: str) -> None:
    answer = machines.call("GET", f"/refData/remarks?access_token={token}", None)

    assert answer.status_code == 401


def test_the_whole_public_interface_was_meant() -> None:
    public = {name for name in vars(CiaoClient) if not name.startswith("_")}

    assert public == {
        "register_in_bulk",
        "get_registration",
        "search",
        "search_all",
        "get_remarks",
        "get_remark",
        "get_activities",
        "get_activity",
        "test_connection",
    }
    assert set(ciao_client.__all__) >= {"TokenProvider", "PresenceSubmission", "SearchPage"}
    assert ENTERPRISE_SCOPE.endswith(":enterprise")
