"""What services put at the top of every page of somebody who is signed in.

A service has a module ``head.py`` that registers itself here, so that no page knows a service.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from guichet.platform.discovery import discover


@dataclass(frozen=True, slots=True)
class Tool:
    """A link with a sign of `icons` before it; ``count`` in figures and ``counted`` in words, or
    nothing when it is zero.
    """

    icon: str
    text: Any
    href: str
    count: int = 0
    counted: str = ""


Provider = Callable[[HttpRequest], Tool | None]
_PROVIDERS: Final[list[Provider]] = []


def register(provider: Provider) -> Provider:
    """A service's tool; asked once for each page, so at most one cheap query."""
    _PROVIDERS.append(provider)
    return provider


def tools(request: HttpRequest) -> list[Tool]:
    """Those of this page, for who is signed in."""
    if getattr(request, "acting", None) is None:
        return []
    discover("head")
    found = (provider(request) for provider in _PROVIDERS)
    return [tool for tool in found if tool is not None]
