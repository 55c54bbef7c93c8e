"""Where each service stands, once it stands: its pages, and the way in for whoever is signed in.

A service says so in a module ``door.py`` of its own; so the public pages know no service, and a
service that does not stand yet has a page all the same.
"""

from dataclasses import dataclass
from typing import Final

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


_DOORS: Final[dict[str, Door]] = {}


def register(door: Door) -> None:
    """This service stands."""
    _DOORS[door.service] = door


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
