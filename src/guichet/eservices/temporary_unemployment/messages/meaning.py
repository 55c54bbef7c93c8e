"""From the elements of a form that the schema took to the values of the law. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lxml import etree

from guichet.eservices.temporary_unemployment.messages.layout import (
    KINDS,
    LANGUAGES,
    MODES,
    PERSON,
    SCHEMES,
    Status,
)
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.communication import Communication, Line
from guichet.rules.temporary_unemployment.kinds import Category, Channel, Kind, Reason
from guichet.rules.temporary_unemployment.reasons import usual_category
from guichet.rules.temporary_unemployment.regimes import Cycle, days_of

Element = etree._Element

_OF_KINDS: Final = {
    Kind.EXPECTED: Reason.ECONOMIC,
    Kind.FIRST_DAY: Reason.ECONOMIC,
    Kind.ACCIDENT_NATURE: Reason.ACCIDENT,
    Kind.ACCIDENT_LIST: Reason.ACCIDENT,
    Kind.FORCE_MAJEURE: Reason.FORCE_MAJEURE,
    Kind.STRIKE: Reason.STRIKE,
}
_STATUSES: Final = frozenset(Status)
_OWN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,19}", re.ASCII)
_WORD: Final = re.compile(r"[A-Z]{4}[0-9]{3}", re.ASCII)
_DAY: Final = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", re.ASCII)
_HOUR: Final = re.compile(r"(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\.[0-9]{3})?", re.ASCII)
_NOSS: Final = re.compile(r"[0-9]{9,10}", re.ASCII)
_COMPANY: Final = re.compile(r"[01][0-9]{9}", re.ASCII)
_LEVELS: Final = {"B": Category.BLUE, "W": Category.WHITE}


@dataclass(frozen=True, slots=True)
class Head:
    """What identifies a form, as far as it could be read; texts as they came, None for nothing.

    ``own_reference``: of the sender; ``ticket``: of the communication that is changed or withdrawn.
    """

    identification: str | None
    created_on: str | None
    created_at: str | None
    status: Status | None
    own_reference: str | None
    ticket: str | None
    noss_number: str | None
    enterprise: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Meant:
    """``names``: family and given name of each line, in order. ``cancels``: a ticket, or empty."""

    said: Communication
    names: tuple[tuple[str, str], ...]
    cancels: str = ""


class Parts:
    """A form taken apart once: its elements in order, and the first and last of each name."""

    __slots__ = ("children", "first", "last")

    def __init__(self, form: Element) -> None:
        self.children = [(str(child.tag), child) for child in form]
        self.last = dict(self.children)
        self.first = dict(reversed(self.children))

    def every(self, name: str) -> list[Element]:
        """The elements of a name, in order."""
        return [child for tag, child in self.children if tag == name] if name in self.last else []


def head(form: Parts) -> Head:
    """The head of any form, sound or not; what is not written as it must be is left out."""
    own = ticket = None
    for reference in form.every("Reference"):
        pair = (reference.findtext("ReferenceType"), reference.findtext("ReferenceOrigin"))
        if pair == ("1", "1"):
            own = _fit(reference.find("ReferenceNbr"), _OWN)
        elif pair == ("0", "2"):
            ticket = _fit(reference.find("ReferenceNbr"), _OWN)
    first = form.first.get
    employer, wishes = first("EmployerDeclarationLink"), first("DclInformation")
    status = _text(first("AttestationStatus"))
    return Head(
        identification=_fit(first("Identification"), _WORD),
        created_on=_real_day(_fit(first("FormCreationDate"), _DAY)),
        created_at=_fit(first("FormCreationHour"), _HOUR),
        status=Status(status) if status in _STATUSES else None,
        own_reference=own,
        ticket=ticket,
        noss_number=_fit(_inside(employer, "NOSSRegistrationNbr"), _NOSS),
        enterprise=_fit(_inside(employer, "CompanyID"), _COMPANY),
        language=LANGUAGES.get(_text(_inside(wishes, "LanguageCodePdf"))),
    )


def meant(form: Parts, head: Head, *, channel: Channel, received_at: datetime) -> Meant:
    """What a form says whose elements the schema and the layout took."""
    kind = KINDS[head.identification or ""]
    text = {name: child.text or "" for name, child in form.last.items()}
    reason = text.get("TemporaryUnemploymentReason")
    level = _LEVELS.get(text.get("OccupationLevel", ""))
    committee = identifiers.committee(text.get("JointCommissionNbr", ""))
    its_reason = Reason(reason) if reason else _OF_KINDS[kind]
    category = usual_category(reason=its_reason, committee=committee, level=level)
    persons = form.every(PERSON)
    unit = form.last.get("EstablishmentUnit")
    is_change = head.status is Status.MODIFICATION
    said = Communication(
        kind=kind,
        reason=its_reason,
        received_at=received_at,
        channel=channel,
        enterprise=head.enterprise or "",
        establishment=_text(_inside(unit, "EstablishmentUnitNbr")),
        postcode=_text(_inside(unit, "PostalCode")),
        committee=committee,
        level=level,
        posted_on=_day(text.get("NotificationDate")),
        notice_kind=MODES.get(text.get("NotificationMode", "")),
        first_day=_day(text.get("SuspensionStartingDate")),
        last_day=_day(text.get("SuspensionEndingDate")),
        regime=SCHEMES.get(text.get("SuspensionScheme", "")),
        cycle=_cycle(form),
        excluded=_excluded(form),
        causes=text.get("ReasonDescription", ""),
        no_subcontracting=_yes(text.get("NoSubcontractingDeclaration")),
        workplace=_workplace(form.last.get("Workplace")),
        nature_of_work=text.get("WorkNature", ""),
        weather=text.get("WeatherNature", ""),
        why_impossible=text.get("ImpossibilityReason", ""),
        accident_on=_day(text.get("AccidentDate")),
        nature_ticket=text.get("RelatedTicket", ""),
        lines=tuple(_line(person, category) for person in persons),
        section=text.get("SectionName", ""),
        remarks=_text(_inside(form.last.get("CommentDeclaration"), "CommentOfDeclaration")),
        changes=(head.ticket or "") if is_change else "",
    )
    return Meant(
        said=said,
        names=tuple(_name(person) for person in persons),
        cancels=(head.ticket or "") if head.status is Status.CANCELLATION else "",
    )


def _inside(block: Element | None, name: str) -> Element | None:
    return None if block is None else block.find(name)


def _text(element: Element | None) -> str:
    return "" if element is None else element.text or ""


def _fit(element: Element | None, pattern: re.Pattern[str]) -> str | None:
    text = _text(element)
    return text if pattern.fullmatch(text) else None


def _real_day(text: str | None) -> str | None:
    """A day of the calendar: 30 February is not repeated to the sender as one."""
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _line(person: Element, category: Category) -> Line:
    text = {str(child.tag): child.text or "" for child in person}
    return Line(
        niss=text["INSS"],
        category=category,
        first_day=_day(text.get("FirstEffectiveDay")),
        in_striking_unit=_yes(text.get("StrikeUnitMember")),
        circumstances=text.get("Circumstances", ""),
        usual_days=days_of(text["WorkingDays"]) if "WorkingDays" in text else None,
    )


def _name(person: Element) -> tuple[str, str]:
    return person.findtext("LastName") or "", person.findtext("FirstName") or ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text.strip()) if text else None


def _yes(text: str | None) -> bool | None:
    return None if text is None else text == "1"


def _cycle(form: Parts) -> Cycle | None:
    weeks = {
        week.findtext("CycleWeek"): days_of(week.findtext("WorkingDays") or "")
        for week in form.every("WorkPattern")
    }
    return tuple(weeks[number] for number in sorted(weeks, key=str)) or None


def excluded_days(form: Parts) -> list[tuple[date | None, date | None]]:
    """First and last day of each part that is cut out, in or out of order."""
    return [
        (_day(period.findtext("StartingDate")), _day(period.findtext("EndingDate")))
        for period in form.every("ExcludedPeriod")
    ]


def _excluded(form: Parts) -> tuple[Period, ...]:
    days = excluded_days(form)
    return tuple(Period(first, last) for first, last in days if first and last)


def _workplace(place: Element | None) -> str:
    """One line: ``Rue Haute 12 bte 3, 4000 Liège, BE``."""
    if place is None:
        return ""
    text = {str(child.tag): (child.text or "").strip() for child in place}
    box = f" bte {text['Box']}" if text.get("Box") else ""
    street = f"{text['Street']} {text['HouseNbr']}{box}"
    return f"{street}, {text['PostalCode']} {text['Municipality']}, {text['Country']}"
