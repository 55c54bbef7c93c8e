"""The port behind which identity providers outside stand: itsme, eIDAS.

Whoever has an agreement plugs a real one in: for itsme an OpenID Connect client (``start`` returns
the address of its authorization endpoint with a state and a nonce, ``finish`` redeems the code and
checks the token), for eIDAS a client of the Belgian node (OpenID Connect or SAML). Neither sees a
request or draws a page. What a provider says is an `Assertion`; whose number that is, `matching`
decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol

from guichet.csam.provider.models import Login
from guichet.kernel.niss import Sex
from guichet.rules.assurance import Means


@dataclass(frozen=True, slots=True)
class Assertion:
    """Whom a provider outside identified; `repr` shows no person.

    ``niss``: when the provider knows the Belgian number (itsme); otherwise ``country`` and
    ``identifier`` name the person as his home country does (eIDAS). ``card_country``: of the
    identity card behind it. ``level``: as the provider says.
    """

    means: Means
    level: int
    country: str
    identifier: str = field(default="", repr=False)
    niss: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NotIdentified:
    """The provider identified nobody; ``reason`` is a word of ours, for the trail and the page."""

    reason: str


class NotAsked(Exception):
    """Nothing was begun with this provider in this sign-in."""


class OutsideProvider(Protocol):
    """An identity provider of somebody else."""

    @property
    def means(self) -> Means:
        """The means for which it answers."""
        ...

    def start(self, *, login: Login, wanted: Mapping[str, str], now: datetime) -> str:
        """The address to which the browser goes; ``wanted``: what was chosen on our page.

        Raises NotAsked for a choice with which nothing can begin.
        """
        ...

    def finish(
        self, *, login: Login, callback: Mapping[str, str], now: datetime
    ) -> Assertion | NotIdentified:
        """What the provider says; ``callback``: with what the browser came back.

        Raises NotAsked when this sign-in began nothing there, or it is over.
        """
        ...


_PLUGGED: Final[dict[Means, OutsideProvider]] = {}


def plug_in(provider: OutsideProvider) -> None:
    """Let this provider answer for its means; a later one takes the place of an earlier."""
    _PLUGGED[provider.means] = provider


def provider(means: Means) -> OutsideProvider | None:
    """Who answers for a means, or None when nobody does."""
    return _PLUGGED.get(means)
