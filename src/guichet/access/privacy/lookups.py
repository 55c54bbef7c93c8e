"""Who looked at a person's data: by day, organisation and purpose, never by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Count, Max
from django.db.models.functions import TruncDay
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.sessions import enterprise_name
from guichet.audit.models import Lookup
from guichet.platform import clock
from guichet.registers.enterprises.models import Enterprise

DOORS: Final = {
    "portal": gettext_lazy("pages"),
    "rest": gettext_lazy("software of the enterprise"),
}


@dataclass(frozen=True, slots=True)
class Consultation:
    """One row: on this day, this organisation looked, so many times, for this purpose."""

    last_at: datetime
    organisation: str
    purpose: str
    door: str
    times: int
    is_own: bool


def grouped(
    *, niss: str, now: datetime, first: date | None = None, last: date | None = None
) -> models.QuerySet[Lookup, Any]:
    """Look-ups of a person, the latest first; both days are of Brussels and included.

    Those of secret inquiries are left out for as long as their purpose says.
    """
    found = Lookup.objects.using("audit").filter(niss=niss)
    found = found.exclude(purposes.not_yet_shown(now=now))
    if first is not None:
        found = found.filter(at__gte=datetime.combine(first, time(), clock.BRUSSELS))
    if last is not None:
        end = datetime.combine(last + timedelta(days=1), time(), clock.BRUSSELS)
        found = found.filter(at__lt=end)
    own = models.Q(viewer_kind="person", viewer_id=niss)
    return (
        found.values(
            "viewer_kind",
            "viewer_enterprise",
            "purpose",
            "channel",
            day=TruncDay("at", tzinfo=clock.BRUSSELS),
            is_own=models.ExpressionWrapper(own, output_field=models.BooleanField()),
        )
        .annotate(times=Count("id"), last_at=Max("at"))
        .order_by("-last_at", "purpose")
    )


def consultations(rows: Iterable[Mapping[str, Any]]) -> list[Consultation]:
    """Rows of `grouped` in words."""
    kept = list(rows)
    numbers = {row["viewer_enterprise"] for row in kept if row["viewer_enterprise"]}
    known = Enterprise.objects.filter(number__in=numbers) if numbers else ()
    names = {enterprise.number: enterprise_name(enterprise) for enterprise in known}
    return [_consultation(row, names) for row in kept]


def _consultation(row: Mapping[str, Any], names: Mapping[str, str]) -> Consultation:
    number = row["viewer_enterprise"]
    if row["is_own"]:
        organisation = _("You yourself")
    elif number:
        organisation = names.get(number, number)
    else:
        organisation = _("Guichet, automatic processing")
    return Consultation(
        last_at=row["last_at"],
        organisation=organisation,
        purpose=purposes.words(row["purpose"]),
        door=str(DOORS.get(row["channel"], row["channel"])),
        times=row["times"],
        is_own=row["is_own"],
    )
