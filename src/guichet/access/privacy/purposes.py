"""Why somebody looked at a person's data, in words for that person.

A service says its purposes in a module ``purposes.py`` of its own; so this page knows no service.
A purpose without words is shown as "Consultation".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.platform.discovery import discover


@dataclass(frozen=True, slots=True)
class Purpose:
    """``text``: in words. ``shown_after``: how long a secret inquiry is not shown to the person."""

    text: Any
    shown_after: timedelta = timedelta()


_KNOWN: Final[dict[str, Purpose]] = {}


def register(purposes: Mapping[str, Purpose]) -> None:
    """The purposes of a service, by their codes."""
    _KNOWN.update(purposes)


def known() -> Mapping[str, Purpose]:
    """Every purpose that some service registered."""
    discover("purposes")
    return _KNOWN


def words(code: str) -> str:
    """The purpose of a look-up in the reader's language."""
    purpose = known().get(code)
    return _("Consultation") if purpose is None else str(purpose.text)


def not_yet_shown(*, now: datetime) -> Q:
    """The look-ups that the person does not see yet: of secret inquiries, while they are recent."""
    secret = Q(pk__in=[])
    for code, purpose in known().items():
        if purpose.shown_after:
            secret |= Q(purpose=code, at__gt=now - purpose.shown_after)
    return secret


# An inquiry into undeclared work would end where its subject reads of it. [OUR CHOICE]
register(
    {
        "start.page": Purpose(gettext_lazy("Start page")),
        "privacy.copy": Purpose(gettext_lazy("Copy of the data for the person")),
        "inspection.inquiry": Purpose(
            gettext_lazy("Inquiry of an inspection service"), timedelta(days=365)
        ),
    }
)
