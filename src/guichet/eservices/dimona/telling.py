"""What Dimona knows of periods, told to whoever shows them to people (`registers.employments`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from guichet.eservices.dimona.models import Declaration, Period
from guichet.registers.employments.details import PeriodChange, PeriodDetails, Waiting

_ACTS: Final = ("in", "update", "out", "cancel")


class Told:
    """The source behind `registers.employments.details`."""

    def details(self, *, dimona_ids: Collection[int]) -> Mapping[int, PeriodDetails]:
        """Two questions, whatever the number of periods."""
        acts: dict[int, list[Declaration]] = defaultdict(list)
        accepted = Declaration.objects.filter(
            period_id__in=dimona_ids, result__in=["A", "W"], kind__in=_ACTS
        )
        for row in accepted.order_by("id"):
            acts[row.period_id or 0].append(row)
        known = Period.objects.filter(id__in=dimona_ids)
        return {row.id: _details(row, acts[row.id]) for row in known}

    def waiting(self, *, numbers: Collection[str]) -> Sequence[Waiting]:
        """INs that wait for an answer."""
        rows = Declaration.objects.filter(
            niss__in=numbers, kind="in", state__in=["pending", "waiting"]
        )
        return [found for row in rows.order_by("id") if (found := _waiting(row))]


def _details(row: Period, acts: Sequence[Declaration]) -> PeriodDetails:
    last: dict[str, Any] = next((one.after for one in reversed(acts) if one.after), {}) or {}
    user = row.details.get("usingEmployer") or {}
    return PeriodDetails(
        declared_at=acts[0].received_at if acts else row.created_at,
        is_late=row.is_late,
        start_hour=last.get("startHour") or "",
        end_hour=last.get("endHour") or "",
        planned_hours=row.planned_hours,
        user_name=row.user_name,
        user_address=_address(user.get("address") or {}),
        user_committee=row.user_committee,
        changes=tuple(_change(one) for one in acts),
    )


def _change(row: Declaration) -> PeriodChange:
    after = row.after or {}
    first, last = _day(after.get("startDate")), _day(after.get("endDate"))
    return PeriodChange(row.received_at, row.kind, first, last, row.id, tuple(row.anomalies))


def _waiting(row: Declaration) -> Waiting | None:
    act = row.body.get("dimonaIn") or {}
    features = act.get("features") or {}
    first = _day(act.get("startDate"))
    if first is None:
        return None
    user = features.get("usingEmployer") or {}
    return Waiting(
        declaration_id=row.id,
        niss=row.niss,
        employer=row.employer,
        joint_committee=str(features.get("jointCommissionNumber") or ""),
        worker_type=str(features.get("workerType") or ""),
        first_day=first,
        last_day=_day(act.get("endDate")),
        user_enterprise=str(user.get("enterpriseNumber") or ""),
        user_name=str(user.get("name") or ""),
        declared_at=row.received_at,
        start_hour=str(act.get("startHour") or ""),
        end_hour=str(act.get("endHour") or ""),
    )


def _address(given: Mapping[str, Any]) -> str:
    municipality = given.get("municipality") or {}
    street = " ".join(str(given.get(name) or "") for name in ("street", "houseNumber")).strip()
    place = f"{given.get('postCode') or ''} {municipality.get('name') or ''}".strip()
    return ", ".join(part for part in (street, place) if part)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
