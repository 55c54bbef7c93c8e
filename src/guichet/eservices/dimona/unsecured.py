"""Declaring an IN without signing in: for a small employer, or when nothing else is at hand.

Anybody can name any employer and any worker here, so nothing is told that the register knows of
them: the name of the employer, which is public, and the number of what was declared. What becomes
of it the employer reads where he signs in. An employer may close this way for himself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from guichet.audit.actors import Actor, system
from guichet.eservices.dimona import operations, wire
from guichet.eservices.dimona.models import EmployerChoice
from guichet.eservices.dimona.operations import Taken
from guichet.platform import throttle
from guichet.registers.enterprises import queries as enterprises

ACTOR: Final[Actor] = system("dimona.unsecured")
# A small employer in a busy week stays far below; who tries numbers or floods does not.
LOOKS_AN_HOUR: Final = 30
DECLARATIONS_AN_HOUR: Final = 20
DECLARATIONS_A_DAY: Final = 100
_HOUR: Final = 3_600
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Employer:
    """What is told of an employer: his number and his public name; the rest decides on fields."""

    number: str
    name: str
    is_public: bool
    is_agency: bool
    is_closed: bool


def employer(*, number: str, language: str, on: date) -> Employer | None:
    """An employer of the repertory; an enterprise that employs nobody is as unknown as none."""
    found = enterprises.enterprise(number=number)
    if found is None or found.onss_first_day is None:
        return None
    held = {one.quality for one in enterprises.qualities(number=number, on=on)}
    closed = EmployerChoice.objects.filter(enterprise_number=number, secured_only=True).exists()
    return Employer(
        number, found.name(language), "public_body" in held, "temp_agency" in held, closed
    )


def look(*, source: str, now: datetime) -> None:
    """Count a look at an employer from a network address; raises Throttled."""
    throttle.hit(key=f"dimona.unsecured.look:{source}", limit=LOOKS_AN_HOUR, seconds=_HOUR, now=now)


def declare(*, body: wire.Body, source: str, now: datetime) -> Taken:
    """Take a declaration in that nobody signed; its number.

    ``source``: the network address, counted and not kept. Raises Throttled after too many from
    one address in an hour, or for one employer in a day.
    """
    number = (body.employer or wire.Employer()).enterprise_number or ""
    throttle.hit(
        key=f"dimona.unsecured:{source}", limit=DECLARATIONS_AN_HOUR, seconds=_HOUR, now=now
    )
    throttle.hit(
        key=f"dimona.unsecured.employer:{number}", limit=DECLARATIONS_A_DAY, seconds=_DAY, now=now
    )
    return operations.declare(
        body=body, channel="unsecured", sender="", actor=ACTOR, now=now, is_secured=False
    )
