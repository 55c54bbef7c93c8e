"""What kinds of documents there are, and who of an enterprise may read them.

A service says its kinds in a module ``document_kinds.py`` of its own; so nothing here knows a
service.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from guichet.platform.discovery import discover


class UnknownKind(LookupError):
    """No service registered this kind of document."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``key``: ``service.thing``; ``name``: in words, lazily translated, without personal data:
    the verifier says it to everybody.

    ``permission``: the right that a member of the receiving enterprise needs to read it; without
    one, every right for the enterprise is enough. ``or_permission``: another right that is enough.
    ``told``: what the service has to say of the document of a reference on its page, in the
    language of the page; empty when nothing. ``held``: which of some documents of this kind those
    whom they are for may not see, or not yet, by their references.
    """

    key: str
    name: Any
    permission: str = ""
    or_permission: str = ""
    told: Callable[[str], str] | None = None
    held: Callable[[Collection[str]], Collection[str]] | None = None


_KNOWN: Final[dict[str, Kind]] = {}


def register(kind: Kind) -> None:
    """A service issues this kind."""
    _KNOWN[kind.key] = kind


def kind(key: str) -> Kind:
    """The kind of this key; raises UnknownKind."""
    discover("document_kinds")
    if key not in _KNOWN:
        raise UnknownKind(key)
    return _KNOWN[key]
