"""A worker in front of his own pages, and short ways through the ten steps."""

from __future__ import annotations

import re
from typing import Any, Final

from django.test import Client

from guichet.audit.actors import Actor
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import sending
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import day
from tests.eservices.career_break.world import LUC, NOW
from tests.portal.browsing import signed_in

GOOD_IBAN: Final = "BE68 5390 0754 7034"
CHILD: Final = {
    "name": "Zoé Vandermeulen", **day("born_on", "3/5/2022"), "parentage": "biological",
    "is_disabled": "no",
}  # fmt: skip
PATIENT: Final = {
    "name": "Anna Martin", **day("born_on", "3/5/1950"), "relation": "blood_first",
    "is_single_parent": "no",
}  # fmt: skip
TYPED: Final[dict[str, dict[str, str]]] = {
    "identity": {"email": "luc@example.be", "mobile": "0470 12 34 56", "language": "fr"},
    "employer": {},
    "person": CHILD,
    "earlier": {},
    "household": {"household": "with_children", "child_0_name": "Zoé",
                  **day("child_0_born_on", "3/5/2022"), "is_in_charge": "yes", "rows": "1"},
    "activities": {"activity": "none"},
    "pension": {"pension": "none"},
    "payment": {"iban": GOOD_IBAN, "holder": "Luc Vandermeulen"},
    "documents": {},
}  # fmt: skip


def himself(niss: str = LUC) -> Client:
    """A browser in which the worker is signed in for himself."""
    return signed_in(niss)


def place(row: Request, act: str = "") -> str:
    """The address of a page of a request."""
    return f"/career-break/mine/requests/{row.ticket}/{act}"


def version_on(answer: Any) -> str:
    """The version of the request that the last page shows, as its form carries it."""
    found = re.search(r'name="version" value="([0-9]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def typed(row: Request, niss: str = LUC, now: Any = NOW, **steps: dict[str, str]) -> Request:
    """Every step kept; ``steps``: others than the usual answers."""
    for step, values in (TYPED | steps).items():
        sending.save_step(
            ticket=row.ticket, step=step, typed=values, actor=Actor("person", niss), now=now
        )
    return row


def sent(row: Request | None = None, now: Any = NOW, **steps: dict[str, str]) -> Request:
    """A request that its worker completed."""
    row = row or world.filed()
    typed(row, row.person.niss, now, **steps)
    return sending.send(ticket=row.ticket, actor=Actor("person", row.person.niss), now=now)


def walked(client: Client, row: Request, **steps: dict[str, str]) -> None:
    """Every step filled in on its page."""
    for step, values in (TYPED | steps).items():
        answer = client.post(place(row, f"{step}/"), values)
        assert answer.status_code == 302, (step, answer.content.decode()[-3000:])
