"""The start page is put together from what each service has to say.

A service has a module ``home.py`` that registers itself here; the demonstration registers what a
visitor sees. So the start page knows no service, and no service knows another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponseBase

from guichet.access.sessions import Acting
from guichet.platform.discovery import discover

Tone = Literal["red", "amber", "grey"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to look at. ``days`` are left before ``text``'s date; None: no date."""

    title: str
    text: str
    href: str
    action: str
    days: int | None = None
    tone: Tone = "grey"


@dataclass(frozen=True, slots=True)
class Tile:
    """A service that exists: where it is, what it is for, what is new there."""

    title: str
    text: str
    href: str
    menu: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of page with its own template, and the sheet that draws it."""

    template: str
    sheet: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Home:
    """What one service puts on the start page of one person, now."""

    tiles: Sequence[Tile] = ()
    tasks: Sequence[Task] = ()
    card: Part | None = None


Provider = Callable[[Acting, datetime], Home]
Landing = Callable[[HttpRequest], HttpResponseBase]

_PROVIDERS: Final[list[Provider]] = []
_LANDINGS: Final[list[Landing]] = []


def register(provider: Provider) -> Provider:
    """A service's part of the start page."""
    _PROVIDERS.append(provider)
    return provider


def register_landing(landing: Landing) -> Landing:
    """What a visitor sees instead of the plain invitation to sign in."""
    _LANDINGS.append(landing)
    return landing


def homes(acting: Acting, now: datetime) -> list[Home]:
    """What every service has to say to this person."""
    discover("home")
    return [provider(acting, now) for provider in _PROVIDERS]


def landing() -> Landing | None:
    """The page for a visitor, if somebody brought one."""
    discover("home")
    return _LANDINGS[-1] if _LANDINGS else None
