"""The ingest and the plain Django views give the same answers to the same calls."""

import asyncio
import json
import re
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.test import Client

from guichet.access import tokens
from guichet.access.bearer import ENTERPRISE, PROFESSIONAL
from guichet.access.keys import current_keys
from guichet.access.permissions import full_scopes
from guichet.demo import fixtures as world
from guichet.ingest.app import Ingest
from guichet.platform import clock
from guichet.rules.presence import Profile
from tests import database
from tests.doors import BASE, Machines, Rest, item, rest
from tests.live import made

__all__ = ["rest"]
pytestmark = pytest.mark.django_db

NOW: Final = datetime(2026, 3, 2, 5, 0, 13, 2000, tzinfo=UTC)
REGISTER: Final = "/presenceRegistrations/registerInBulk"
CLIENT: Final = "self_service_chaman_of_the_contract"
COMPARED: Final = (
    "content-type",
    "allow",
    "retry-after",
    "www-authenticate",
    "etag",
    "cache-control",
    "idempotency-replayed",
)
_OWN: Final = re.compile(rb'"id":\d{15}|urn:uuid:[0-9a-f-]{36}')


class Call(NamedTuple):
    """One request; the token is a good one for both scopes unless a header says otherwise."""

    verb: str = "POST"
    path: str = REGISTER
    body: bytes = b""
    headers: dict[str, str] = {}


class Answer(NamedTuple):
    """What is compared: everything but numbers, traces and how the bytes travelled."""

    status: int
    headers: dict[str, str]
    body: bytes


def act(**changed: Any) -> dict[str, Any]:
    return item(**{"registrationDate": "2026-03-02T05:00:12.418Z"} | changed)


def lot(*items: dict[str, Any]) -> bytes:
    return json.dumps({"items": items}).encode()


def nulled(**changed: Any) -> dict[str, Any]:
    return act() | changed


COORDINATES: Final = act()["placeOfWork"]["coordinates"]
ADDRESS: Final = {"postCode": "9000", "municipalityName": "Gent", "boxNumber": None}

ITEMS: Final[dict[str, dict[str, Any]]] = {
    "good": act(),
    "with a reference of its own": act(customReference="shift-1 é"),
    "in capitals": act(type="OUT"),
    "at an address": act(placeOfWork={"address": ADDRESS}),
    "at a point and no address": nulled(
        placeOfWork={"coordinates": COORDINATES, "address": dict.fromkeys(ADDRESS)}
    ),
    "at a point and an address": act(placeOfWork={"coordinates": COORDINATES, "address": ADDRESS}),
    "nowhere": nulled(placeOfWork=None),
    "of a foreign employer": act(employer={"foreignVatNumber": world.FOREIGN_VAT}),
    "of two employers": act(
        employer={"enterpriseNumber": world.E1, "foreignVatNumber": world.FOREIGN_VAT}
    ),
    "of nobody": nulled(employer=None),
    "of an employer of 13 digits": act(employer={"enterpriseNumber": "4509056866666"}),
    "without reference": nulled(contractualRelationshipReference=""),
    "with a null reference": nulled(contractualRelationshipReference=None),
    "with a short reference": act(contractualRelationshipReference="1Y103CF820"),
    "of construction": act(contractualRelationshipReference=world.S2),
    "of a person nobody knows": act(ssin="85073100131"),
    "too late": act(registrationDate="2026-03-02T04:50:12Z"),
    "just in time": act(registrationDate="2026-03-02T05:50:13.002000+01:00"),
    "in the future": act(registrationDate="2026-03-02T05:02:00Z"),
    "in microseconds": act(registrationDate="2026-03-02T06:00:12.123456+01:00"),
    "in nanoseconds": act(registrationDate="2026-03-02T05:00:12.123456789Z"),
    "with a long reference of its own": act(customReference="x" * 5000),
}
BODIES: Final[dict[str, bytes]] = {
    "nothing but braces": b"{}",
    "no items": lot(),
    "201 items": lot(*[act()] * 201),
    "200 items": lot(*[act()] * 200),
    "good, bad, good": lot(act(), act(type="out", employer={}), act()),
    "all bad": lot(act(employer={}), act(customReference="x" * 65)),
    "the second without type": lot(act(), {"ssin": world.W1}, act()),
    "items that are none": b'{"items": [1, null, "x", []]}',
    "an ssin of ten digits": lot(act(ssin="8507310013")),
    "an ssin in the wrong place": lot(act(type=world.W1)),
    "an unknown member": lot(act(badge="7")),
    "a number of a person as a member": lot(act() | {world.W1: 1}),
    "no offset": lot(act(registrationDate="2026-03-02T06:00:12")),
    "no such day": lot(act(registrationDate="2026-13-40T06:00:12Z")),
    "the first day there ever was": lot(act(registrationDate="0001-01-01T00:00:00+14:00")),
    "latitude 95": lot(act(placeOfWork={"coordinates": {"longitude": 4.0, "latitude": 95}})),
    "longitude abc": lot(act(placeOfWork={"coordinates": {"longitude": "abc", "latitude": 5}})),
    "NaN": lot(act()).replace(b"4.3571", b"NaN"),
    "a member twice": lot(act()).replace(b'"type": "in"', b'"type": "in", "type": "out"'),
    "broken": b'{"items": [',
    "not UTF-8": b'{"items": "\xff"}',
    "deep": b"[" * 100_000,
    "megabytes": b'{"items": "' + b"x" * 5_000_000 + b'"}',
}
CALLS: Final[dict[str, Call]] = {
    **{f"one act {name}": Call(body=lot(one)) for name, one in ITEMS.items()},
    **{f"a body of {name}": Call(body=body) for name, body in BODIES.items()},
    "GET of the bulk": Call("GET"),
    "PUT of the bulk": Call("PUT", body=b"{}"),
    "text": Call(body=b"x", headers={"Content-Type": "text/plain"}),
    "compressed": Call(body=b"x", headers={"Content-Encoding": "gzip"}),
    "JSON with a charset": Call(
        body=lot(act()), headers={"Content-Type": "application/json; charset=utf-8"}
    ),
    "HTML wanted": Call(body=lot(act()), headers={"Accept": "text/html"}),
    "anything wanted": Call(body=lot(act()), headers={"Accept": "text/html, */*;q=0.1"}),
    "a parameter": Call(path=f"{REGISTER}?dryRun=true", body=lot(act())),
    "no token": Call(body=lot(act()), headers={"Authorization": ""}),
    "nonsense as token": Call(body=lot(act()), headers={"Authorization": "Bearer x.y.z"}),
    "a key with a blank": Call(body=lot(act()), headers={"Idempotency-Key": "a b"}),
    "a key": Call(body=lot(act()), headers={"Idempotency-Key": "k-1"}),
    "remarks": Call("GET", "/refData/remarks"),
    "one remark": Call("GET", "/refData/remarks/caw_14"),
    "no remark": Call("GET", "/refData/remarks/zzz"),
    "activities": Call("GET", "/refData/activities"),
    "one activity": Call("GET", "/refData/activities/cleaning"),
    "no list": Call("GET", "/refData/colours"),
    "head of a list": Call("HEAD", "/refData/remarks"),
    "a list that is known": Call("GET", "/refData/remarks", headers={"If-None-Match": "*"}),
    "another list is known": Call("GET", "/refData/remarks", headers={"If-None-Match": '"x"'}),
    "a list with a parameter": Call("GET", "/refData/remarks?lang=fr"),
    "POST of a list": Call("POST", "/refData/remarks", body=b"{}"),
    "a list as text": Call("GET", "/refData/remarks", headers={"Accept": "text/plain"}),
    "health": Call("GET", "/health", headers={"Authorization": ""}),
}


class Pair:
    """The two implementations, each on a database of its own."""

    def __init__(self, ingest: Ingest, loop: asyncio.AbstractEventLoop, token: str) -> None:
        self._ingest = ingest
        self._loop = loop
        self._token = token

    def ask(self, call: Call) -> tuple[Answer, Answer]:
        """What the ingest and the reference answer."""
        headers = {"Authorization": self._token, "Content-Type": "application/json"} | call.headers
        headers = {name: text for name, text in headers.items() if text}
        return self._from_ingest(call, headers), self._from_reference(call, headers)

    def _from_reference(self, call: Call, headers: dict[str, str]) -> Answer:
        kind = headers.pop("Content-Type") if call.body else ""
        made = Client().generic(
            call.verb, BASE + call.path, data=call.body, content_type=kind, headers=headers
        )
        return _answer(made.status_code, dict(made.headers), made.content)

    def _from_ingest(self, call: Call, headers: dict[str, str]) -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": call.body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        url = urlsplit(BASE + call.path)
        scope = {
            "type": "http",
            "method": call.verb,
            "path": url.path,
            "query_string": url.query.encode(),
            "headers": [(name.lower().encode(), text.encode()) for name, text in headers.items()],
        }
        self.run(self._ingest(scope, receive, send))
        start, body = sent
        made = {name.decode(): text.decode() for name, text in start["headers"]}
        return _answer(start["status"], made, body["body"])

    def run(self, step: Coroutine[Any, Any, None]) -> None:
        """One step of the ingest, in its own loop."""
        self._loop.run_until_complete(step)


def _answer(status: int, headers: dict[str, str], body: bytes) -> Answer:
    low = {name.lower(): text for name, text in headers.items()}
    kept: dict[str, str] = {name: low[name] for name in COMPARED if name in low}
    assert "accept" in low.get("vary", "").lower() or "status" in body.decode()[:10]
    if status == 304:  # no body, so its type says nothing
        kept.pop("content-type", None)
    return Answer(status, kept, _OWN.sub(b'"own"', body))


@pytest.fixture
def pair(
    rest: Rest, database_url: str, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Pair]:
    name = f"guichet_contract_{worker_id}"
    dsn = database.recreate(database_url, name)
    with psycopg.connect(dsn) as opened:
        _put_site(opened.execute)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_months(%s, %s)", [NOW.date(), NOW.date()])
        _put_site(cursor.execute)
    environment = rest.environment
    ingest = Ingest(
        dsn=dsn,
        keys_path=environment.oauth_keys,
        issuer=environment.issuer,
        audience=environment.presence_audience,
        profile=Profile(),
        now=lambda: NOW,
    )
    loop = asyncio.new_event_loop()
    made = Pair(ingest, loop, f"Bearer {_token(environment)}")
    made.run(ingest.startup())
    yield made
    made.run(ingest.shutdown())
    loop.close()
    database.drop(database_url, name)


def _put_site(execute: Any) -> None:
    execute("SELECT set_config('guichet.actor', 'system|tests|', true)")
    execute("SELECT set_config('guichet.now', %s, true)", [NOW.isoformat()])
    execute(
        "INSERT INTO works_site (reference, name, activity, sector, is_obliged, tolerance_metres,"
        " is_mobile, principal_name, language)"
        " VALUES (%s, 'Campus', 'construction', 1, true, 500, false, '', 'nl')",
        [world.S2],
    )


def _token(environment: Any) -> str:
    return tokens.issue(
        client_id=CLIENT,
        channel=7,
        enterprise_number=world.E1,
        certificate="0" * 64,
        scopes=full_scopes((ENTERPRISE, PROFESSIONAL)),
        keys=current_keys(Path(environment.oauth_keys)),
        issuer=environment.issuer,
        audience=environment.presence_audience,
        now=NOW.timestamp(),
    ).text


def test_the_ingest_and_the_reference_answer_every_call_alike(pair: Pair) -> None:
    different = {}
    for name, call in CALLS.items():
        fast, plain = pair.ask(call)
        if fast != plain:
            different[name] = (fast, plain)

    assert different == {}


def test_both_replay_a_kept_answer_and_refuse_another_body(pair: Pair) -> None:
    key = {"Idempotency-Key": "k-2"}
    first, again = Call(body=lot(act()), headers=key), Call(body=lot(act()), headers=key)
    other = Call(body=lot(act(type="out")), headers=key)

    answers = [pair.ask(call) for call in (first, again, other)]

    assert all(fast == plain for fast, plain in answers)
    assert [fast.status for fast, _ in answers] == [200, 200, 422]
    assert [fast.headers.get("idempotency-replayed") for fast, _ in answers] == [None, "true", None]


@pytest.mark.slow
def test_without_the_ingest_the_plain_views_serve_alone(
    database_url: str, worker_id: str, tmp_path: Path
) -> None:
    name = f"guichet_plain_{worker_id}"
    live = made(url=database_url, name=name, folder=tmp_path, GUICHET_INGEST="off")
    try:
        live.start("services")
        plain = Machines(live)
        token = plain.token(plain.channel(world.E1))

        [entry] = plain.register(token, item())
        number = entry["createdPresenceRegistration"]["id"]
        read = plain.call("GET", f"/presenceRegistrations/{number}", token)
        remarks = plain.call("GET", "/refData/remarks", token)
        health = plain.call("GET", "/health", None)
    finally:
        live.stop_all()
        database.drop(database_url, name)

    assert read.json()["id"] == number
    assert remarks.status_code == health.status_code == 200
