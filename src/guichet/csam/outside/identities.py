"""The people of the simulation whom the simulated itsme knows.

The demonstration, which stands above, offers them here; a production has none.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, repr=False)
class TestIdentity:
    """Somebody who does not exist; ``card_country``: of his electronic identity card."""

    __test__ = False  # not a test, whatever its name begins with

    key: str
    niss: str
    given_name: str
    family_name: str
    card_country: str
    phone: str

    @property
    def name(self) -> str:
        """Given name, family name."""
        return f"{self.given_name} {self.family_name}"


_IDENTITIES: Final[dict[str, TestIdentity]] = {}


def offer(identity: TestIdentity) -> None:
    """Let visitors sign in as this person; the same key again replaces the former."""
    _IDENTITIES[identity.key] = identity


def every() -> tuple[TestIdentity, ...]:
    """Everybody who is offered, in the order in which they were."""
    return tuple(_IDENTITIES.values())


def identity(key: str) -> TestIdentity | None:
    """The one with this key."""
    return _IDENTITIES.get(key)


def by_phone(phone: str) -> TestIdentity | None:
    """The one with this telephone number, written in whatever groups."""
    wanted = bare_phone(phone)
    found = (one for one in _IDENTITIES.values() if bare_phone(one.phone) == wanted)
    return next(found, None) if wanted else None


def bare_phone(text: str) -> str:
    """``+32 470 00 00 01``, ``0032470000001`` and ``0470/00.00.01`` are one number."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    return digits.removeprefix("00").removeprefix("32").removeprefix("0")
