"""Kinds of events: each service registers its own."""

from collections.abc import Mapping
from typing import Any, Final

from guichet.platform.discovery import discover

_KINDS: Final[dict[str, Any]] = {}


def register(kinds: Mapping[str, Any]) -> None:
    """Add kinds: ``service.thing.happened`` and its meaning in words (lazy)."""
    _KINDS.update(kinds)


def kinds() -> Mapping[str, Any]:
    """Every kind; the modules ``webhook_kinds`` of the services register theirs."""
    discover("webhook_kinds")
    return _KINDS
