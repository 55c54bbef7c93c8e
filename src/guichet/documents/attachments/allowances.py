"""What each service lets people attach: it says so in a module ``allowances.py`` of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guichet.platform.discovery import discover
from guichet.platform.files import Kind

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """``service``: its key, in addresses; ``name``: in words, lazily translated.

    ``largest``: bytes of one file, that many are still accepted; ``most_files`` and ``most_bytes``:
    the quota of what one owner has pending at once.
    """

    service: str
    name: Any
    kinds: frozenset[Kind] = frozenset({Kind.PDF, Kind.JPEG})
    largest: int = 10 * MEGABYTE
    most_files: int = 10
    most_bytes: int = 40 * MEGABYTE


_KNOWN: Final[dict[str, Allowance]] = {}


def register(allowance: Allowance) -> None:
    """A service takes attachments."""
    _KNOWN[allowance.service] = allowance


def allowances() -> Mapping[str, Allowance]:
    """Every service that takes attachments."""
    discover("allowances")
    return _KNOWN


# A place to try it, without a form behind it.
if settings.ENVIRONMENT.simulation:
    register(Allowance("trial", _("Trying out"), kinds=frozenset(Kind)))
