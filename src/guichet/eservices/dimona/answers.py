"""The shapes in which machines get Dimona back: declarations, periods, relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from guichet.eservices.dimona.export_rows import measure_of
from guichet.eservices.dimona.queries import DeclarationRecord, PeriodRecord, RelationRecord
from guichet.eservices.dimona.wire import ACT_MEMBERS
from guichet.kernel.niss import Niss, Sex
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules.dimona.catalogue import ANOMALIES
from guichet.rules.dimona.kinds import WorkerType

BASE: Final = "/REST/dimona/v2"
_SEX: Final = {Sex.MALE: "1", Sex.FEMALE: "2"}


def href(what: str, number: int, *, base: str = BASE) -> str:
    """The whole address of a declaration or a period."""
    return f"{settings.ENVIRONMENT.services_url}{base}/{what}/{number}"


def declaration(record: DeclarationRecord, *, language: str) -> dict[str, Any]:
    """A declaration that was decided (or waits for Sigedis), as sent and with its status."""
    is_accepted = record.result in ("A", "W")
    body = record.body
    return {
        "href": href("declarations", record.id),
        "employer": employer(record.employer) or body.get("employer") or {},
        # Names of the register are for those whose declaration was accepted.
        "worker": worker(record.niss) if is_accepted else body.get("worker") or {},
        **{name: body[name] for name in ACT_MEMBERS if body.get(name) is not None},
        **({"references": body["references"]} if body.get("references") else {}),
        "declarationStatus": status(record, language=language),
    }


def status(record: DeclarationRecord, *, language: str) -> dict[str, Any]:
    """The answer: the letter, the period, the anomalies in words."""
    found: dict[str, Any] = {
        "declarationId": record.id,
        "result": record.result,
        "anomalies": [anomaly(code, language=language) for code in record.anomalies],
    }
    # A refused act shows no period (glossary, notification).
    if record.period_id is not None and record.result in ("A", "W"):
        number = record.period_id
        found["period"] = {"id": number, "href": href("periods", number)}
    if record.registration_id is not None:
        found["registrationId"] = record.registration_id
    if record.excess:
        is_days = _worker_type(record.body) == WorkerType.ARTICLE_17_BROADCASTER
        found["quotas"] = [quota(each, is_days=is_days) for each in record.excess]
    return found


def _worker_type(body: Mapping[str, Any]) -> str:
    act = body.get("dimonaIn") or {}
    return str((act.get("features") or {}).get("workerType") or "")


def anomaly(code: str, *, language: str) -> dict[str, str]:
    """An anomaly in words."""
    label = ANOMALIES[code].label
    return {
        "code": code,
        "descriptionFr": label.fr,
        "descriptionNl": label.nl,
        "description": label.in_language(language),
    }


def quota(excess: Mapping[str, Any], *, is_days: bool = False) -> dict[str, Any]:
    """What lies beyond a quota: hours for students and article 17, days in horeca.

    ``is_days``: it is counted in days all the same, as for a public broadcaster.
    """
    is_days = is_days or excess["quota"].startswith("HORECA")
    return {
        "type": excess["quota"],
        "exceedingDays" if is_days else "exceedingHours": excess["amount"],
    }


def period(record: PeriodRecord, *, language: str, in_a_row: int | None = None) -> dict[str, Any]:
    """A period as the personnel file shows it; ``in_a_row``: successive day contracts."""
    measure = measure_of(record)
    found: dict[str, Any] = {
        "id": record.id,
        "href": href("periods", record.id),
        "employer": employer(record.employer),
        "worker": {"ssin": record.niss},
        "startDate": record.first_day.isoformat(),
        "endDate": record.last_day and record.last_day.isoformat(),
        "startHour": record.start_hour or None,
        "endHour": record.end_hour or None,
        "plannedHoursNumber": record.planned_hours,
        "features": _features(record),
        "successiveDayContracts": in_a_row,
        "isLocked": record.is_locked,
        "isCancelled": record.is_cancelled,
        "isLate": record.is_late,
        "declaredAt": record.declared_at and _moment(record.declared_at),
        "changedAt": record.changed_at and _moment(record.changed_at),
        "employmentMeasure": measure and {"code": measure.code, "isMet": measure.is_met},
        "anomalies": [anomaly(code, language=language) for code in dict.fromkeys(record.anomalies)],
        "quotas": [quota(each) for each in record.excess],
        **{name: value for name, value in record.details.items() if name != "usingEmployer"},
    }
    return {name: value for name, value in found.items() if value is not None}


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def relation(record: RelationRecord) -> dict[str, Any]:
    """A relation with its periods."""
    features: dict[str, Any] = {
        "jointCommissionNumber": record.joint_committee,
        "workerType": record.worker_type,
    }
    if record.user_enterprise:
        features["usingEmployer"] = {"enterpriseNumber": record.user_enterprise}
    return {
        "worker": {"ssin": record.niss},
        "features": features,
        "startDate": record.first_day.isoformat(),
        "endDate": record.last_day and record.last_day.isoformat(),
        "periods": [{"id": number, "href": href("periods", number)} for number in record.periods],
    }


def page(
    items: Iterable[dict[str, Any]], *, what: str, number: int, size: int, total: int
) -> dict[str, Any]:
    """A page of a search; ``next`` is absent on the last one."""
    found: dict[str, Any] = {"items": list(items), "page": number, "pageSize": size, "total": total}
    if number * size < total:
        base = settings.ENVIRONMENT.services_url
        found["next"] = f"{base}{BASE}/{what}/search?page={number + 1}&pageSize={size}"
    return found


def employer(number: str) -> dict[str, Any]:
    """Both numbers of an employer that is known."""
    row = Enterprise.objects.filter(number=number).first() if number else None
    if row is None:
        return {}
    found: dict[str, Any] = {"enterpriseNumber": row.number}
    if row.onss_number:
        found["employerId"] = int(row.onss_number)
    return found


def worker(niss: str) -> dict[str, Any]:
    """Who a worker is by the register."""
    row = Person.objects.filter(niss=niss).first() if niss else None
    if row is None:
        return {"ssin": niss} if niss else {}
    found: dict[str, Any] = {
        "ssin": row.niss,
        "familyName": row.family_name,
        "givenName": row.given_name,
        "givenNames": row.given_name.split(),
    }
    if row.birth_date is not None:
        found["birthDate"] = row.birth_date.isoformat()
    sex = Niss.parse(row.niss).sex()
    return found if sex is None else found | {"gender": _SEX[sex]}


def _features(record: PeriodRecord) -> dict[str, Any]:
    found: dict[str, Any] = {
        "jointCommissionNumber": record.joint_committee,
        "workerType": record.worker_type,
    }
    if record.sub_entity:
        found["subEntityNumber"] = record.sub_entity
    user = {
        "enterpriseNumber": record.user_enterprise,
        "name": record.user_name or None,
        "address": (record.details.get("usingEmployer") or {}).get("address"),
        "jointCommissionNumber": record.user_committee or None,
    }
    given = {name: value for name, value in user.items() if value is not None}
    return found | ({"usingEmployer": given} if given else {})
