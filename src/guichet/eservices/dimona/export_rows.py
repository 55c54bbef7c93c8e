"""The personnel file as rows: for a spreadsheet in the reader's language, for software in XML.

The members are those that the personnel file of the social-security office shows of a period
(instructions of the social-security office); the names in XML are those of the messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from guichet.eservices.dimona.queries import PeriodRecord
from guichet.platform.csv_export import lines

NAMESPACE: Final = "urn:guichet:dimona:personnel-file:1"
Cell = Callable[[str, PeriodRecord], str]


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind numbers: of workers (family, given), and of user companies."""

    people: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    firms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """An employment measure: 2 starter job, 99 flexi-job; whether its conditions are met."""

    code: str
    is_met: bool


def measure_of(one: PeriodRecord) -> Measure | None:
    """The employment measure of a period, or None.

    A starter job is for who is young without experience, which 90017-514 establishes and
    90017-515 says that nobody could check (reading ours).
    """
    codes = set(one.anomalies)
    if one.worker_type == "FLX":
        return Measure("99", "90017-510" not in codes)
    if codes & {"90017-514", "90017-515"}:
        return Measure("2", "90017-514" in codes)
    return None


def members(one: PeriodRecord, names: Names) -> dict[str, Any]:
    """The members of a period by the names of the messages; what is absent is left out."""
    family, given = names.people.get(one.niss, ("", ""))
    details = one.details
    cards = details.get("constructionControlCards") or {}
    small = details.get("smallStatutesInformation") or {}
    place = details.get("studentPlaceOfWork") or {}
    user = details.get("usingEmployer") or {}
    measure = measure_of(one)
    found = {
        "periodId": one.id,
        "ssin": one.niss,
        "familyName": family,
        "givenName": given,
        "startDate": one.first_day.isoformat(),
        "startHour": one.start_hour,
        "endDate": one.last_day and one.last_day.isoformat(),
        "endHour": one.end_hour,
        "workerType": one.worker_type,
        "jointCommissionNumber": one.joint_committee,
        "plannedHoursNumber": one.planned_hours,
        "usingEmployerName": names.firms.get(one.user_enterprise or "", one.user_name),
        "isCancelled": one.is_cancelled,
        "isLate": one.is_late,
        "anomalies": list(dict.fromkeys(one.anomalies)),
        "changedAt": one.changed_at and one.changed_at.isoformat(timespec="seconds"),
        "declaredAt": one.declared_at and one.declared_at.isoformat(timespec="seconds"),
        "isLocked": one.is_locked,
        "subEntityNumber": one.sub_entity,
        "plannedDaysNumber": details.get("plannedDaysNumber"),
        "usingEmployerNumber": one.user_enterprise,
        "usingEmployerAddress": address_line(user.get("address")),
        "usingEmployerJointCommissionNumber": one.user_committee,
        "firstMonthCard": cards.get("firstMonthNumber"),
        "nextMonthCard": cards.get("nextMonthNumber"),
        "placeOfWorkName": place.get("name"),
        "placeOfWorkAddress": address_line(place.get("address")),
        "employmentNature": small.get("employmentNature"),
        "workerStatus": small.get("workerStatus"),
        "activityWithRisk": small.get("activityWithRisk"),
        "quotas": [f"{each['quota']} {each['amount']}" for each in one.excess],
        "employmentMeasure": measure and f"{measure.code} {'OK' if measure.is_met else 'NOK'}",
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def address_line(given: Mapping[str, Any] | None) -> str:
    """An address of a message in one line."""
    if not given:
        return ""
    town = (given.get("municipality") or {}).get("name")
    parts = (given.get("street"), given.get("houseNumber"), given.get("boxNumber"))
    return " ".join(str(part) for part in (*parts, given.get("postCode"), town) if part)


def csv_text(
    head: Sequence[str], rows: Iterable[Sequence[object]], *, is_first: bool
) -> Iterator[str]:
    """Rows for a spreadsheet; the head stands in the first part only."""
    every = lines(head, rows)
    if not is_first:
        next(every)
    yield from every


def xml_head(employer: str) -> str:
    """What stands before the periods."""
    attributes = f"xmlns={quoteattr(NAMESPACE)} enterpriseNumber={quoteattr(employer)}"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<personnelFile {attributes}>\n'


XML_FOOT: Final = "</personnelFile>\n"


def xml_period(found: Mapping[str, Any]) -> str:
    """One period as an element; a list is one element for each of its members."""
    inner = "".join(
        f"<{name}>{_xml_value(each)}</{name}>"
        for name, value in found.items()
        for each in (value if isinstance(value, list) else [value])
    )
    return f"<period>{inner}</period>\n"


def _xml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # Signs that XML cannot hold were stored by no form, but may have come by other ways.
    return escape("".join(sign for sign in str(value) if sign >= " " or sign in "\t\n"))
