"""Where each service stands, once it stands: its pages, and the way in for whoever is signed in.

A service says so in a module ``door.py`` of its own; so the public pages know no service, and a
service that does not stand yet has a page all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.urls import reverse

from guichet.access.sessions import Acting
from guichet.platform.discovery import discover


@dataclass(frozen=True, slots=True)
class Door:
    """``service``: its key; ``prefix``: how the addresses of its pages begin.

    ``citizen`` and ``enterprise``: the routes of the first page for each, where there is one;
    ``permission``: the right that the page for enterprises asks. ``manual``: the route of a public
    page that explains the service, ``site``: where its institution does. ``closes``: while an
    interruption is announced, the button leads to a page that says so.
    """

    service: str
    prefix: str
    citizen: str = ""
    enterprise: str = ""
    permission: str = ""
    manual: str = ""
    site: str = ""
    closes: bool = False

    def place(self, acting: Acting) -> str:
        """The first page for this person; without the right, the page that says so."""
        has_right = self.permission in acting.rights
        name = self.enterprise if has_right or not self.citizen else self.citizen
        return reverse(name or self.citizen)


class Part(StrEnum):
    """Where a public page is named on the page of information of its service."""

    DECISION = "decision"
    MORE = "more"
    ABOUT = "about"
    GENERAL = "general"
    ENTER = "enter"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a service that everybody may read; in `Part.ENTER` also one behind the sign-in.

    ``text``: its name; ``lead``: words before it; ``note``: what is said after it, in brackets.
    """

    part: Part
    route: str
    text: Any
    lead: Any = ""
    note: Callable[[], str] | None = None


_DOORS: Final[dict[str, Door]] = {}
_LEAVES: Final[dict[str, tuple[Leaf, ...]]] = {}


def register(door: Door) -> None:
    """This service stands."""
    _DOORS[door.service] = door


def publish(service: str, leaves: tuple[Leaf, ...]) -> None:
    """These pages of a service are for everybody, whether the service stands or not."""
    _LEAVES[service] = leaves


def leaves(service: str) -> Mapping[Part, tuple[Leaf, ...]]:
    """The public pages of a service, by the part of its page that names them."""
    discover("door")
    mine = _LEAVES.get(service, ())
    return {part: tuple(one for one in mine if one.part is part) for part in Part}


def door(service: str) -> Door | None:
    """The door of a service, or None while it does not stand."""
    return _doors().get(service)


def service_at(path: str) -> str | None:
    """The key of the service to which a page belongs, its page of information included."""
    start, _slash, rest = path.removeprefix("/").partition("/")
    if start == "services":
        return rest.partition("/")[0] or None
    return next((one.service for one in _doors().values() if path.startswith(one.prefix)), None)


def _doors() -> dict[str, Door]:
    discover("door")
    return _DOORS
