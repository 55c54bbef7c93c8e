"""Reading and searching acts of presence, as the numbered scenarios tell it."""

from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext

from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures as world
from guichet.platform import clock
from tests.doors import (
    BASE,
    PROFESSIONAL_SCOPE,
    REGISTER,
    Answer,
    Rest,
    item,
    rest,
    stored,
    window,
)

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])

INPUT: Final = "urn:problem-type:belgif:input-validation:"
EXTENDED_INPUT: Final = "urn:problem-type:belgif-ext:input-validation:"


@pytest.fixture(autouse=True)
def _small_world() -> None:
    world.load_fixtures(today=clock.today(clock.now()), now=clock.now())


def problem(answer: Answer, status: int, type_: str) -> Any:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    members = answer.json()
    assert members["type"] == f"urn:problem-type:belgif:{type_}"
    return members


def issues(answer: Answer) -> list[tuple[str, str]]:
    """Type and name of each issue of a 400."""
    members = problem(answer, 400, "badRequest")
    return [(issue["type"], issue.get("name", "")) for issue in members["issues"]]


def test_p18_a_custom_reference_comes_back_unchanged_on_read_and_search(rest: Rest) -> None:
    caller = rest.caller(world.E1)
    [entry] = rest.register(caller, item(customReference="shift-1 é"))
    number = entry["createdPresenceRegistration"]["id"]

    read = rest.get(f"/presenceRegistrations/{number}", caller).json()
    [found] = rest.search(caller, customReference="shift-1 é").json()["items"]

    assert read["customReference"] == found["customReference"] == "shift-1 é"
    assert found["id"] == number


def test_p26_nobody_registers_for_a_worker_through_the_portal_or_changes_an_act(
    rest: Rest,
) -> None:
    receipt = stored(clock.now())
    reader = rest.caller(world.E1, scopes=(PROFESSIONAL_SCOPE,))

    with pytest.raises(Resolver404):
        resolve(REGISTER, urlconf="guichet.config.urls_portal")
    refused = rest.post("/presenceRegistrations/registerInBulk", {"items": [item()]}, reader)
    problem(refused, 403, "missingScope")
    for verb in ("PUT", "PATCH", "DELETE"):
        answer = rest.ask(verb, f"/presenceRegistrations/{receipt}", rest.caller(world.E1))
        problem(answer, 405, "methodNotAllowed")
        assert answer["Allow"] == "GET, HEAD"


def test_p53_an_unknown_id_and_another_firms_id_are_the_same_404(rest: Rest) -> None:
    theirs = stored(clock.now(), employer=world.E3, ssin=world.W3)
    caller = rest.caller(world.E2)

    unknown = problem(
        rest.get("/presenceRegistrations/260302000000001", caller), 404, "resourceNotFound"
    )
    other = problem(rest.get(f"/presenceRegistrations/{theirs}", caller), 404, "resourceNotFound")

    assert unknown | {"instance": ""} == other | {"instance": ""}


def test_p54_a_search_without_its_whole_window_is_400(rest: Rest) -> None:
    caller = rest.caller(world.E1)
    whole = window()

    def asked(criteria: Any) -> list[tuple[str, str]]:
        return issues(rest.post("/presenceRegistrations/search", {"criteria": criteria}, caller))

    missing = INPUT + "schemaViolation"
    assert asked({}) == [(missing, "criteria.registrationDate")]
    assert asked({"registrationDate": {"startDate": whole["startDate"]}}) == [
        (missing, "criteria.registrationDate.endDate")
    ]
    assert asked({"registrationDate": {"endDate": whole["endDate"]}}) == [
        (missing, "criteria.registrationDate.startDate")
    ]
    assert asked({"registrationDate": None}) == [(missing, "criteria.registrationDate")]
    assert issues(rest.post("/presenceRegistrations/search", {}, caller)) == [(missing, "criteria")]


def test_p55_a_window_that_ends_before_it_starts_or_is_too_long_is_400(rest: Rest) -> None:
    caller = rest.caller(world.E1)
    whole = window()

    backwards = rest.search(
        caller,
        registrationDate={"startDate": whole["endDate"], "endDate": whole["startDate"]},
    )
    assert issues(backwards) == [(EXTENDED_INPUT + "invalidPeriod", "")]
    inputs = backwards.json()["issues"][0]["inputs"]
    assert [entry["name"] for entry in inputs] == [
        "criteria.registrationDate.startDate",
        "criteria.registrationDate.endDate",
    ]
    long = rest.search(
        caller, registrationDate={"startDate": "2026-03-01", "endDate": "2026-04-01"}
    )
    assert issues(long) == [(INPUT + "invalidInput", "criteria.registrationDate")]
    assert "31" in long.json()["issues"][0]["detail"]
    month = rest.search(
        caller, registrationDate={"startDate": "2026-03-01", "endDate": "2026-03-31"}
    )
    assert month.status_code == 200


def test_p56_three_hits_are_two_pages_of_two(rest: Rest) -> None:
    ids = [stored(clock.now() - timedelta(minutes=n)) for n in range(3)]
    caller = rest.caller(world.E1)
    link = f"{BASE}/presenceRegistrations/search?page={{}}&pageSize=2"

    first = rest.search(caller, query="?page=1&pageSize=2").json()
    second = rest.search(caller, query="?page=2&pageSize=2").json()

    assert [act["id"] for act in first["items"]] == ids[:2]
    assert [act["id"] for act in second["items"]] == ids[2:]
    for page in (first, second):
        assert (page["total"], page["totalPages"], page["pageSize"]) == (3, 2, 2)
        assert (page["first"], page["last"]) == (link.format(1), link.format(2))
    assert (first["prev"], first["next"]) == (None, link.format(2))
    assert (second["prev"], second["next"]) == (link.format(1), None)


def test_p57_pages_of_one_meet_each_act_once(rest: Rest) -> None:
    moment = clock.now()
    ids = {stored(moment), stored(moment)}
    caller = rest.caller(world.E1)

    walked = [rest.found(caller, query=f"?page={page}&pageSize=1") for page in (1, 2)]

    assert [len(page) for page in walked] == [1, 1]
    assert {number for page in walked for number in page} == ids


def test_p58_every_criterion_must_be_met(rest: Rest) -> None:
    moment = clock.now()
    wanted = stored(moment, type="out")
    stored(moment, type="in")
    stored(moment, type="out", site=world.S2)
    stored(moment, type="out", ssin=world.W2)

    found = rest.found(
        rest.caller(world.E1),
        ssin=world.W1,
        type="out",
        contractualRelationshipReference=world.S1,
    )

    assert found == [wanted]


def test_p59_a_subcontractor_finds_its_own_people_and_the_declarant_the_whole_site(
    rest: Rest,
) -> None:
    moment = clock.now()
    own = stored(moment, employer=world.E2, ssin=world.W2)
    below = stored(moment, employer=world.E4, ssin=world.WS)
    declarants = stored(moment)
    strangers = stored(moment, employer=world.E3, ssin=world.W3)
    site = {"contractualRelationshipReference": world.S1}

    assert set(rest.found(rest.caller(world.E2), **site)) == {own, below}
    assert set(rest.found(rest.caller(world.E1), **site)) == {own, below, declarants, strangers}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?page=0", "page"),
        ("?page=-1", "page"),
        ("?page=1.5", "page"),
        ("?page=", "page"),
        ("?page=99999999999999999999", "page"),
        ("?pageSize=0", "pageSize"),
        ("?pageSize=201", "pageSize"),
        ("?pageSize=100000", "pageSize"),
        ("?pageSize=%D9%A1", "pageSize"),
    ],
)
def test_p60_a_page_or_a_size_out_of_bounds_is_400(rest: Rest, query: str, name: str) -> None:
    answer = rest.search(rest.caller(world.E1), query=query)

    assert issues(answer) == [(EXTENDED_INPUT + "outOfRange", name)]
    assert answer.json()["issues"][0]["in"] == "query"


def test_p61_codes_are_read_in_four_languages(rest: Rest) -> None:
    caller = rest.caller(world.E1)

    remark = rest.get("/refData/remarks/caw_14", caller).json()
    activities = rest.get("/refData/activities", caller).json()

    assert remark["code"] == "caw_14"
    assert set(remark["labels"]) == {"nl", "fr", "de", "en"}
    assert all(remark["labels"].values())
    problem(rest.get("/refData/remarks/zzz", caller), 404, "resourceNotFound")
    assert "cleaning" in {activity["code"] for activity in activities}


def test_a41_what_the_contract_does_not_know_is_unknown_input(rest: Rest) -> None:
    caller = rest.caller(world.E1)
    unknown = INPUT + "unknownInput"

    member = rest.search(caller, colour="red")
    inside = rest.search(caller, employer={"enterpriseNumbers": [world.E1]})
    point = rest.search(caller, placeOfWork={"coordinates": {"longitude": 4.8, "latitude": 50.4}})
    parameter = rest.search(caller, query="?pagesize=5")
    registered = rest.post(
        "/presenceRegistrations/registerInBulk", {"items": [item() | {"badge": "7"}]}, caller
    )

    assert issues(member) == [(unknown, "criteria.colour")]
    assert issues(inside) == [(unknown, "criteria.employer.enterpriseNumbers")]
    assert issues(point) == [(unknown, "criteria.placeOfWork.coordinates")]
    assert issues(parameter) == [(unknown, "pagesize")]
    assert issues(registered) == [(unknown, "items[0].badge")]
    lenient = rest.register(caller, item(ssin="85073100131"))
    assert lenient[0]["createdPresenceRegistration"]["ssin"] == "85073100131"


def test_a42_a_detail_is_in_the_callers_language_or_the_default_one(rest: Rest) -> None:
    caller = rest.caller(world.E1)

    def asked(languages: str) -> Answer:
        headers = {"Accept-Language": languages}
        return rest.get("/presenceRegistrations/260302000000001", caller, **headers)

    german, spanish, none = asked("de-BE"), asked("es"), asked("")

    assert german["Content-Language"] == "de"
    with translation.override("de"):
        assert german.json()["detail"] == gettext("No such resource")
    assert spanish["Content-Language"] == none["Content-Language"] == "en"
    assert spanish.json()["detail"] == none.json()["detail"] == "No such resource"
    assert "Accept-Language" in german["Vary"]
    assert asked("es, nl;q=0.5")["Content-Language"] == "nl"


def test_a43_every_look_at_a_person_leaves_a_trace_and_so_does_a_refusal(rest: Rest) -> None:
    mine = stored(clock.now())
    stored(clock.now(), employer=world.E2, ssin=world.W2)
    theirs = stored(clock.now(), employer=world.E3, ssin=world.W3, site=world.S2)
    stranger = rest.caller(world.E2)

    rest.get(f"/presenceRegistrations/{mine}", rest.caller(world.E1))
    rest.search(rest.caller(world.E1), contractualRelationshipReference=world.S1)
    rest.get(f"/presenceRegistrations/{theirs}", stranger)

    noted = Lookup.objects.using("audit").values_list(
        "niss", "purpose", "channel", "viewer_enterprise"
    )
    assert set(noted) == {
        (world.W1, "presence.read", "rest", world.E1),
        (world.W1, "presence.search", "rest", world.E1),
        (world.W2, "presence.search", "rest", world.E1),
    }
    refused = Entry.objects.using("audit").get(action="presence.act.refused")
    assert (refused.target, refused.actor_enterprise) == (str(theirs), world.E2)


def test_a46_health_and_contract_are_public_and_health_tells_nothing_inside(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    up = rest.get("/health", {})
    published = rest.get("/doc/openapi.yaml", {})

    def broken(*_: Any) -> None:
        raise OperationalError("connection to server at 10.1.2.3 failed: password of guichet")

    monkeypatch.setattr(connections["default"], "cursor", broken)
    down = rest.get("/health", {})

    assert connection.alias == "default"
    assert (up.status_code, up.json()) == (200, {"status": "UP"})
    assert (down.status_code, down.json()) == (503, {"status": "DOWN"})
    assert published.content.startswith(b"openapi: 3.0")
