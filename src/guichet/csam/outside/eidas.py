"""The simulated eIDAS: the identity provider of another country, drawn on a page of ours.

The real one is the Belgian node, which sends the browser on to the node of the country (see
`port`).
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse

from guichet.csam.outside.port import Assertion, NotAsked, NotIdentified
from guichet.csam.provider.models import Login
from guichet.kernel.niss import Sex
from guichet.rules.assurance import Means
from guichet.rules.foreign_access import EIDAS_COUNTRIES


class SimulatedEidas:
    """Believes whatever is typed on its page."""

    @property
    def means(self) -> Means:
        """A recognised European means."""
        return Means.EIDAS

    def start(self, *, login: Login, wanted: Mapping[str, str], now: datetime) -> str:
        """To the page of the ``country``."""
        if wanted.get("country") not in EIDAS_COUNTRIES:
            raise NotAsked
        return reverse("outside:eidas-abroad", args=[wanted["country"]])

    def finish(
        self, *, login: Login, callback: Mapping[str, str], now: datetime
    ) -> Assertion | NotIdentified:
        """What the country says, in the words of a form that was checked."""
        if callback.get("answer") == "refuse":
            return NotIdentified("refused_abroad")
        try:
            return Assertion(
                means=Means.EIDAS,
                level=int(callback["level"]),
                country=callback["country"],
                identifier=callback["identifier"],
                given_name=callback["given_name"],
                family_name=callback["family_name"],
                born_on=date.fromisoformat(callback["born_on"]),
                sex=Sex(callback["sex"]) if callback.get("sex") else None,
            )
        except (KeyError, ValueError):
            raise NotAsked from None
