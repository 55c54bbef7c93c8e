"""The doors for machines, as tests meet them: in this process, and over real HTTP.

`rest` is the services role inside the test's own process and transaction: quick, with rows of the
log put where a test needs them. `machines` is a real server: channels made by the command, tokens
by assertion, acts by HTTP.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
import requests
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings

from guichet.access import tokens
from guichet.access.keys import current_keys, ensure_keys
from guichet.access.models import Channel
from guichet.access.permissions import CHECK_IN_AND_OUT, full_scopes
from guichet.config import settings
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.presence_log import record, wire
from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import receipt_of
from tests.access.machine import Machine, certificate, form, machine, pem, private_pem, rsa_key
from tests.contracts.conformity import assert_conforms
from tests.live import Live

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer = _MonkeyPatchedWSGIResponse
else:
    Answer = HttpResponse

BASE: Final = "/REST/presenceRegistration/v1"
REGISTER: Final = f"{BASE}/presenceRegistrations/registerInBulk"
SEARCH: Final = f"{BASE}/presenceRegistrations/search"
ENTERPRISE_SCOPE: Final = "check-in-and-out-work-rest:enterprise"
PROFESSIONAL_SCOPE: Final = "check-in-and-out-work-rest:professional"
POINT: Final = {"coordinates": {"longitude": 4.3571, "latitude": 50.8466}}

_numbers = count(1)


def at_portal() -> override_settings:
    """One process plays both roles: the portal, for as long as this lasts, beside `rest`."""
    return override_settings(
        ROOT_URLCONF="guichet.config.urls_portal", MIDDLEWARE=settings.PORTAL_MIDDLEWARE
    )


_VALIDATE: Final = """
import sys, time
from guichet.eservices.presence.models import Verdict
from guichet.eservices.presence.validation_jobs import validate
wanted = {int(word) for word in sys.argv[1:]}
until = time.monotonic() + 60
while Verdict.objects.filter(receipt__in=wanted, is_current=True).count() < len(wanted):
    if time.monotonic() > until:
        sys.exit("no verdict within a minute")
    validate(0)
"""


def item(**changed: Any) -> dict[str, Any]:
    """An act of W1 at S1, now; a change to None leaves a member out."""
    good: dict[str, Any] = {
        "registrationDate": clock.now().isoformat(),
        "ssin": fixtures.W1,
        "type": "in",
        "employer": {"enterpriseNumber": fixtures.E1},
        "placeOfWork": POINT,
        "contractualRelationshipReference": fixtures.S1,
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def window(*, around: datetime | None = None, days: float = 1) -> dict[str, str]:
    """A search window of ``days`` on both sides of a moment."""
    middle = around or clock.now()
    return {
        "startDate": (middle - timedelta(days=days)).isoformat(),
        "endDate": (middle + timedelta(days=days)).isoformat(),
    }


def stored(
    occurred_at: datetime,
    *,
    ssin: str = fixtures.W1,
    employer: str | None = fixtures.E1,
    site: str = fixtures.S1,
    verdict: Sequence[str] | None = None,
    **changed: Any,
) -> int:
    """Put one act into the log of the test's database, whenever it happened; its receipt.

    ``verdict``: the codes of its remarks, an empty sequence for validated, None for pending.
    """
    act = NewAct(
        occurred_at=occurred_at,
        received_at=changed.pop("received_at", occurred_at + timedelta(seconds=1)),
        offset_minutes=60,
        type=changed.pop("type", "in"),
        ssin=ssin,
        works_reference=site,
        activity=changed.pop("activity", "cleaning"),
        channel=changed.pop("channel", "ws"),
        receipt=receipt_of(occurred_at=occurred_at, number=next(_numbers)),
        enterprise_number=employer,
        longitude=4.3571,
        latitude=50.8466,
    )
    for name, value in changed.items():
        setattr(act, name, value)
    if act.address is not None:
        act.longitude = act.latitude = None
    day = clock.today(occurred_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_months(%s, %s)", [day, day])
    connection.ensure_connection()
    record.record(connection=connection.connection, acts=[act])
    if verdict is not None:
        judge(act.receipt, occurred_at, verdict)
    return act.receipt


def judge(receipt: int, occurred_at: datetime, remarks: Sequence[str]) -> None:
    """Give an act its first verdict."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence_verdict (receipt, occurred_at, decided_at, round, is_current,"
            " validity, remarks) VALUES (%s, %s, %s, 1, true, %s, %s)",
            [
                receipt,
                occurred_at,
                occurred_at + timedelta(seconds=5),
                "failed" if remarks else "validated",
                list(remarks),
            ],
        )


def an_address(**members: str) -> wire.Address:
    """An address of the wire."""
    return wire.Address(**members)


@dataclass(frozen=True)
class Rest:
    """The services role in this process; ``caller`` gives an Authorization header."""

    environment: Any

    def caller(
        self,
        enterprise: str,
        *,
        scopes: tuple[str, ...] = (ENTERPRISE_SCOPE, PROFESSIONAL_SCOPE),
        of: Machine | None = None,
        now: datetime | None = None,
    ) -> dict[str, str]:
        """A token of a (new) channel of ``enterprise``, as a header."""
        known = of or machine(enterprise_number=enterprise)
        token = tokens.issue(
            client_id=known.client_id,
            channel=self.channel(known),
            enterprise_number=enterprise,
            certificate=known.thumbprint,
            scopes=full_scopes(scopes),
            keys=current_keys(self.environment.oauth_keys),
            issuer=self.environment.issuer,
            audience=self.environment.presence_audience,
            now=(now or clock.now()).timestamp(),
        )
        return {"Authorization": f"Bearer {token.text}"}

    def channel(self, known: Machine) -> int:
        """The row of a machine's channel."""
        return Channel.objects.get(client_id=known.client_id).pk

    def get(self, path: str, caller: Mapping[str, str], **headers: str) -> Answer:
        """GET below the base of the service."""
        return self.ask("GET", path, caller, **headers)

    def ask(self, verb: str, path: str, caller: Mapping[str, str], **headers: str) -> Answer:
        """Any verb without a body; the answer has been held against the contract."""
        answer = Client().generic(verb, BASE + path, headers={**caller, **headers})
        return _conforming(verb, path, answer)

    def post(self, path: str, body: Any, caller: Mapping[str, str], **headers: str) -> Answer:
        """POST below the base; a body that is not bytes goes as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = headers.pop("content_type", "application/json")
        answer = Client().post(
            BASE + path, data=data, content_type=kind, headers={**caller, **headers}
        )
        return _conforming("POST", path, answer)

    def register(self, caller: Mapping[str, str], *items: Mapping[str, Any]) -> Any:
        """registerInBulk; the decoded array."""
        answer = self.post("/presenceRegistrations/registerInBulk", {"items": list(items)}, caller)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def search(
        self,
        caller: Mapping[str, str],
        *,
        query: str = "",
        sort: Mapping[str, Any] | None = None,
        **criteria: Any,
    ) -> Answer:
        """A search; the window is a day around now unless given."""
        body: dict[str, Any] = {"criteria": {"registrationDate": window(), **criteria}}
        if sort is not None:
            body["sort"] = sort
        return self.post("/presenceRegistrations/search" + query, body, caller)

    def found(self, caller: Mapping[str, str], **asked: Any) -> list[int]:
        """The ids that a search finds, in order."""
        answer = self.search(caller, **asked)
        assert answer.status_code == 200, answer.content
        return [act["id"] for act in answer.json()["items"]]


def _conforming(verb: str, path: str, answer: Answer) -> Answer:
    assert_conforms(
        verb=verb,
        path=path,
        status=answer.status_code,
        headers=answer.headers,
        body=answer.content,
    )
    return answer


@pytest.fixture
def rest(settings: Any, tmp_path: Path) -> Rest:
    """The services role with signing keys of this test and without the ingest."""
    keys = tmp_path / "secrets" / "oauth-keys.json"
    ensure_keys(keys)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, oauth_keys=keys)
    settings.ROOT_URLCONF = "guichet.config.urls_services"
    settings.MIDDLEWARE = settings.SERVICES_MIDDLEWARE
    return Rest(settings.ENVIRONMENT)


@dataclass(frozen=True)
class Machines:
    """Machines at a real server."""

    live: Live

    @property
    def base_url(self) -> str:
        """Where presenceRegistration is."""
        return self.live.services + BASE

    @property
    def token_url(self) -> str:
        """Where tokens are."""
        return f"{self.live.services}/REST/oauth/v5/token"

    def channel(
        self, enterprise: str, *, permissions: Iterable[str] = (CHECK_IN_AND_OUT,)
    ) -> Machine:
        """A new channel of ``enterprise``, made by the command."""
        key = rsa_key()
        made = certificate(key)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "certificate.pem")
            file.write_bytes(pem(made))
            wanted = [word for name in permissions for word in ("--permission", name)]
            told = self.command(
                "channel", "create", "--enterprise", enterprise, "--certificate", str(file),
                *wanted, "--json",
            )  # fmt: skip
        return Machine(client_id=json.loads(told)["clientId"], key=key, certificate=made)

    def command(self, *words: str) -> str:
        """A management command on the server's own database; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *words],
            env=self.live.variables,
            cwd=self.live.var,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def token(self, known: Machine, *, scope: str | None = None) -> str:
        """An access token, over HTTP."""
        body = form(known.assertion(audience=self.token_url))
        if scope is not None:
            body["scope"] = scope
        answer = requests.post(self.token_url, data=body, timeout=30)
        assert answer.status_code == 200, answer.text
        token = answer.json()["access_token"]
        assert isinstance(token, str)
        return token

    def call(
        self, verb: str, path: str, token: str | None, *, body: Any = None, **headers: str
    ) -> requests.Response:
        """A call below the base of the service; a body that is not bytes goes as JSON."""
        sent: dict[str, str] = dict(headers)
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        data = body
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = requests.request(verb, self.base_url + path, headers=sent, data=data, timeout=30)
        assert_conforms(
            verb=verb,
            path=path,
            status=answer.status_code,
            headers=answer.headers,
            body=answer.content,
        )
        return answer

    def register(self, token: str, *items: Mapping[str, Any]) -> Any:
        """registerInBulk over HTTP; the decoded array."""
        answer = self.call(
            "POST", "/presenceRegistrations/registerInBulk", token, body={"items": list(items)}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def run(self, program: str, *words: str) -> None:
        """A few lines of Python with Django set up on the server's own database."""
        done = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + program, *words],
            env=self.live.variables,
            cwd=self.live.var,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def load_fixtures(self) -> None:
        """The small world of the scenarios, around today, in the server's registers."""
        self.run(
            "from guichet.demo.fixtures import load_fixtures\n"
            "from guichet.platform import clock\n"
            "now = clock.now()\n"
            "load_fixtures(today=clock.today(now), now=now)"
        )

    def validate(self, *receipts: int) -> None:
        """Run the validation job until these acts have a verdict.

        The job reads behind every open transaction of the database server, those of other tests
        among them: it may need a few rounds.
        """
        self.run(_VALIDATE, *map(str, receipts))

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the server's database."""
        with psycopg.connect(self.live.dsn) as opened:
            return opened.execute(query.encode(), values).fetchall()

    def private_key(self, known: Machine) -> bytes:
        """The machine's key in PEM, for client software."""
        return private_pem(known.key)


@pytest.fixture(scope="session")
def machines(live: Live) -> Machines:
    """Machines at the worker's live server."""
    return Machines(live)
