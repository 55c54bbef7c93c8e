"""The port behind which enterprise numbers are given: the Crossroads Bank for Enterprises.

Only the State gives them, through an approved business counter. An installation of an institution
plugs its client in with `plug_in`; without one nobody gets a number in production. The simulation
gives the numbers from the far end of the range, where the register is decades from coming.
"""

from typing import Final, Protocol

from django.conf import settings
from django.db import connection

from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform.db import NoTransaction
from guichet.registers.enterprises.models import Enterprise

_LOCK: Final = "guichet.backoffice.enterprise_numbers"
_FIRST: Final = 19_900_000
_LAST: Final = 19_999_999


class NoIssuer(Exception):
    """Nobody gives enterprise numbers in this installation."""


class NumbersExhausted(Exception):
    """The simulation has given every number of its range."""


class Issuer(Protocol):
    """Who gives an enterprise number."""

    def issue(self, *, name: str, country: str, vat_number: str) -> EnterpriseNumber:
        """A number that no enterprise has, inside the transaction that stores it."""
        ...


class SimulatedIssuer:
    """Numbers of the simulation, the next one after the highest that was given."""

    def issue(self, *, name: str, country: str, vat_number: str) -> EnterpriseNumber:
        """Raises NumbersExhausted."""
        _one_at_a_time()
        given = Enterprise.objects.filter(number__gte=f"{_FIRST:08d}00").order_by("-number")
        highest = given.values_list("number", flat=True).first()
        sequence = _FIRST if highest is None else int(highest[:8]) + 1
        if sequence > _LAST:
            raise NumbersExhausted
        return EnterpriseNumber.of_sequence(sequence)


_PLUGGED: Final[list[Issuer]] = []


def plug_in(issuer: Issuer) -> None:
    """Let this one give the numbers."""
    _PLUGGED[:] = [issuer]


def issuer() -> Issuer:
    """Who gives the numbers; raises NoIssuer."""
    if _PLUGGED:
        return _PLUGGED[0]
    if settings.ENVIRONMENT.simulation:
        return SimulatedIssuer()
    raise NoIssuer


def _one_at_a_time() -> None:
    """From here to the end of the transaction nobody else gives a number."""
    if not connection.in_atomic_block:
        raise NoTransaction("a number is given inside the transaction that stores it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
