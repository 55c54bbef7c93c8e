"""Whether Dimona can be used, and the dossiers of an employer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from guichet.eservices.dimona.models import Declaration, Dossier, Emergency
from guichet.kernel.base34 import InvalidNumber
from guichet.kernel.ticket import TicketNumber


@dataclass(frozen=True, slots=True)
class EmergencyRecord:
    """A time without Dimona; ``closed_at`` None while it lasts."""

    reason: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DossierRecord:
    """What was announced; ``declarations``: those that were linked to it."""

    number: str
    enterprise: str
    kind: str
    worker: str = field(repr=False)
    first_day: date
    text: str = field(repr=False)
    contact: str = field(repr=False)
    made_at: datetime
    declarations: Sequence[int] = ()

    @property
    def printed(self) -> str:
        """The number as it is printed."""
        return TicketNumber(self.number).formatted()


def current() -> EmergencyRecord | None:
    """The emergency that lasts, or None."""
    row = Emergency.objects.filter(closed_at=None).first()
    return None if row is None else EmergencyRecord(row.reason, row.opened_at, row.closed_at)


def past(*, limit: int) -> Sequence[EmergencyRecord]:
    """The latest ones, the newest first."""
    rows = Emergency.objects.order_by("-pk")[:limit]
    return [EmergencyRecord(row.reason, row.opened_at, row.closed_at) for row in rows]


def dossier(*, number: str, enterprise: str) -> DossierRecord | None:
    """A dossier of this employer; another's is as unknown as none, and so is a mistyped one."""
    try:
        signs = TicketNumber.parse(number).signs
    except InvalidNumber:
        return None
    row = Dossier.objects.filter(number=signs, enterprise=enterprise).first()
    if row is None:
        return None
    linked = Declaration.objects.filter(employer=enterprise, dossier=signs).order_by("pk")
    return _record(row, tuple(linked.values_list("pk", flat=True)))


def dossiers(*, enterprise: str, limit: int, offset: int = 0) -> Sequence[DossierRecord]:
    """The dossiers of an employer, the newest first."""
    rows = Dossier.objects.filter(enterprise=enterprise).order_by("-pk")[offset : offset + limit]
    numbers = [row.number for row in rows]
    linked: dict[str, list[int]] = {}
    found = Declaration.objects.filter(employer=enterprise, dossier__in=numbers).order_by("pk")
    for key, number in found.values_list("pk", "dossier"):
        linked.setdefault(number, []).append(key)
    return [_record(row, linked.get(row.number, ())) for row in rows]


def count(*, enterprise: str) -> int:
    """How many dossiers an employer has."""
    return Dossier.objects.filter(enterprise=enterprise).count()


def _record(row: Dossier, declarations: Sequence[int]) -> DossierRecord:
    return DossierRecord(
        number=row.number,
        enterprise=row.enterprise,
        kind=row.kind,
        worker=row.worker,
        first_day=row.first_day,
        text=row.text,
        contact=row.contact,
        made_at=row.made_at,
        declarations=declarations,
    )
