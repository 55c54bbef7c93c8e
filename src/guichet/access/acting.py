"""Who is signed in, for whom he acts, how surely we know him: plain values for the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext, gettext_lazy

from guichet.audit.actors import Actor
from guichet.rules.assurance import Policy

# The picker of the simulation: no means at all, and enough for everything there.
PERSONA: Final = "persona"

QUALITY_NAMES: Final = {
    "employer": gettext_lazy("as employer"),
    "service_provider": gettext_lazy("as provider of social services"),
    "temp_agency": gettext_lazy("as a temp agency"),
    "public_body": gettext_lazy("as public body"),
    "principal": gettext_lazy("as principal"),
}


@dataclass(frozen=True, slots=True)
class Tenant:
    """An enterprise in one quality, for which somebody may act, and what he may do there.

    ``mandatary``: the number of the provider for which he works, when he acts by its mandate.
    """

    number: str
    name: str
    services: frozenset[str]
    quality: str = "employer"
    shows_quality: bool = False
    mandatary: str = ""
    mandatary_name: str = ""

    @property
    def key(self) -> str:
        """What a form sends to choose it."""
        return ":".join(filter(None, (self.number, self.quality, self.mandatary)))

    @property
    def quality_name(self) -> str:
        """The quality in words where the enterprise has several, or the mandate; else nothing."""
        if self.mandatary:
            return gettext("by mandate to %(name)s") % {"name": self.mandatary_name}
        return str(QUALITY_NAMES[self.quality]) if self.shows_quality else ""


@dataclass(frozen=True, repr=False)
class Acting:
    """The signed-in person, and the enterprise in whose name he acts, if any.

    ``mandatary``: the provider of whose mandate he makes use, if he does so.
    ``until``: when the session ends, whatever happens; ``idle_until``: when nothing happens.
    ``means``, ``level``, ``authenticated_at``: how, how surely and when he was identified.
    """

    person_id: int
    niss: str
    given_name: str
    family_name: str
    language: str
    until: datetime
    idle_until: datetime
    tenants: tuple[Tenant, ...]
    enterprise_number: str | None = None
    enterprise_name: str | None = None
    quality: str | None = None
    mandatary: str | None = None
    means: str = PERSONA
    level: int = 500
    authenticated_at: datetime | None = None

    @property
    def display_name(self) -> str:
        """Given name, family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @cached_property
    def tenant(self) -> Tenant | None:
        """For whom he acts, or None for himself."""
        wanted = (self.enterprise_number, self.quality, self.mandatary or "")
        found = ((one, (one.number, one.quality, one.mandatary)) for one in self.tenants)
        return next((one for one, name in found if name == wanted), None)

    @cached_property
    def rights(self) -> frozenset[str]:
        """The services open to him for the enterprise and the quality of this session."""
        return self.tenant.services if self.tenant else frozenset()

    @property
    def ends_at(self) -> datetime:
        """When this session ends unless something happens."""
        return min(self.until, self.idle_until)

    @property
    def actor(self) -> Actor:
        """The same person for the trail and the look-ups."""
        return Actor("person", self.niss, self.enterprise_number, self.mandatary)

    def satisfies(self, policy: Policy) -> bool:
        """Whether the sign-in of this session is enough for ``policy``."""
        if self.means == PERSONA:
            return bool(settings.ENVIRONMENT.simulation)
        return policy.accepts(means=self.means, level=self.level)

    def __repr__(self) -> str:  # a NISS and a name stand in here
        return f"Acting(person {self.person_id}, {self.enterprise_number})"


class ActingRequest(HttpRequest):
    """A request behind `acting_required`: somebody is there."""

    acting: Acting


def tenants_of(rights: Sequence[Mapping[str, Any]]) -> tuple[Tenant, ...]:
    """The tenants of rights in the order given, each once, with its services."""
    services: dict[tuple[str, str, str], set[str]] = {}
    names: dict[str, str] = {}
    for right in rights:
        by = right.get("mandatary") or ""
        key = (right["number"], right["quality"], by)
        services.setdefault(key, set()).add(right["service"])
        names.setdefault(right["number"], _name(right))
        if by:
            names.setdefault(by, _name(right["mandatary_name"]))
    several = [number for number, _, by in services if not by]
    return tuple(
        Tenant(
            number,
            names[number],
            frozenset(held),
            quality,
            several.count(number) > 1 or bool(by),
            by,
            names.get(by, ""),
        )
        for (number, quality, by), held in services.items()
    )


def chosen(
    tenants: tuple[Tenant, ...], number: str | None, quality: str | None, mandatary: str = ""
) -> Tenant | None:
    """The tenant of this number and quality; without a quality, the first of the number.

    One's own enterprise without ``mandatary``, with it the one for which that provider acts.
    """
    found = [
        one
        for one in tenants
        if one.number == number and quality in (None, one.quality) and one.mandatary == mandatary
    ]
    return found[0] if found else None


def _name(right: Mapping[str, Any]) -> str:
    wanted = (get_language() or "en").partition("-")[0]
    order = (wanted, right["language"], "nl", "fr", "de", "en")
    return next(str(right[code]) for code in order if right.get(code))
