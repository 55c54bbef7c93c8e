"""Calls at the door of own acts: a person, his phones, their tokens."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final

from guichet.access import personal_tokens
from guichet.access.keys import current_keys
from guichet.demo import numbers
from guichet.ingest.own_acts.door import ACTS
from tests.ingest.door import E1, ISSUER, POINT, S1, Answer, Door

ORIGIN: Final = "http://portal.example"
OWN: Final = "http://services.example/REST/checkInOut/v1"
OPTIONS: Final[Mapping[str, Any]] = {"own_audience": OWN, "own_origins": (ORIGIN,)}


_born: Final = count()


def _niss() -> str:
    born = date(1940, 1, 1) + timedelta(days=next(_born))
    return numbers.niss(born_on=born, is_female=True)


def token(door: Door, pseudonym: uuid.UUID, **changed: Any) -> str:
    """A token as the page would get it now."""
    given: dict[str, Any] = {
        "pseudonym": pseudonym,
        "keys": current_keys(door.keys),
        "issuer": ISSUER,
        "audience": OWN,
        "now": door.now.timestamp(),
    }
    return personal_tokens.issue(**(given | changed)).text


@dataclass
class Worker:
    """A person of the register with a pseudonym; every test has one of its own."""

    door: Door
    pseudonym: uuid.UUID = field(default_factory=uuid.uuid4)
    ssin: str = field(default_factory=_niss)
    person: int = 0

    def __post_init__(self) -> None:
        with_names = (
            "INSERT INTO persons_person (niss, given_name, family_name, sort_key, language, email,"
            " street, house_number, box_number, postcode, municipality, country)"
            " VALUES (%s, 'Vera', 'Voorbeeld', 'voorbeeld', 'nl', '', '', '', '', '', '', 'BE')"
        )
        self.door.execute(with_names, self.ssin)
        self.door.execute(
            "INSERT INTO presence_pseudonym (person_id, pseudonym)"
            " SELECT id, %s FROM persons_person WHERE niss = %s",
            self.pseudonym,
            self.ssin,
        )

    def act(self, step: str = "start", *, ago: float = 2, **changed: Any) -> dict[str, Any]:
        """A press ``ago`` seconds before now; Ellipsis as a value leaves the member out."""
        moment = (self.door.now - timedelta(seconds=ago)).isoformat()
        good: dict[str, Any] = {
            "key": str(uuid.uuid4()),
            "step": step,
            "site": S1,
            "occurredAt": moment,
            "deviceAt": moment,
            "employer": {"enterpriseNumber": E1},
            "position": {"state": "given", **POINT, "accuracyMetres": 12.4},
        }
        return {name: value for name, value in (good | changed).items() if value is not ...}

    async def send(self, *acts: object, **headers: Any) -> Answer:
        """One call of a phone with a token of now."""
        headers.setdefault("token", token(self.door, self.pseudonym))
        headers.setdefault("content_type", "application/json")
        headers.setdefault("origin", ORIGIN)
        return await self.door.call("POST", ACTS, json.dumps({"acts": acts}).encode(), **headers)

    async def outcomes(self, *acts: object) -> list[dict[str, Any]]:
        """What became of each act of a call that must be answered."""
        answer = await self.send(*acts)
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.json["acts"]
        return found

    async def outcome(self, act: object) -> dict[str, Any]:
        """What became of one act."""
        [found] = await self.outcomes(act)
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query with the person's number says."""
        return self.door.beside().execute(query.encode(), [self.ssin]).fetchall()

    def corrected(self, receipt: int, *, status: str, moved: float = 0) -> None:
        """A decision of the NSSO on an act: a version beside it, ``moved`` seconds later."""
        self.door.execute(
            "INSERT INTO presence_version (receipt, occurred_at, received_at, logged_at,"
            " decided_at, decided_by, version, status, case_number, offset_minutes, type, ssin,"
            " enterprise_number, works_reference, activity, channel)"
            " SELECT receipt, occurred_at + %s, received_at, occurred_at, received_at, 1, 1, %s,"
            " '26P0000000AAA', offset_minutes, type, ssin, enterprise_number, works_reference,"
            " activity, channel FROM presence_act WHERE receipt = %s",
            timedelta(seconds=moved),
            status,
            receipt,
        )

    def log(self) -> list[tuple[str, str]]:
        """Kind and site of the acts in the log, in order."""
        return self.rows(
            "SELECT type, works_reference FROM presence_act WHERE ssin = %s ORDER BY occurred_at"
        )


def at(door: Door, seconds: float) -> datetime:
    """The moment of the door, moved."""
    return door.now + timedelta(seconds=seconds)
