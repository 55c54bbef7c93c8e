"""Reading the four requests out of elements that follow the schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lxml import etree

from guichet.eservices.presence.days.consulting import Order, Period, Search
from guichet.eservices.presence.days.operations import Wanted
from guichet.eservices.presence.soap.contract import TYPES
from guichet.eservices.presence.soap.faults import Code, Fault
from guichet.eservices.presence.visibility import View
from guichet.kernel.moments import BRUSSELS
from guichet.registers.persons import queries as persons
from guichet.rules.remarks import REMARKS

Element = etree._Element

SECTORS: Final = {"construction": 1, "guarding": 2, "meat": 3}
STATUSES: Final = {
    "pending": "SUCCESSFULLY REGISTERED",
    "cancelled": "SUCCESSFULLY CANCELLED",
    "validated": "VALIDATED",
    "failed": "FAILED",
}
LARGEST_PAGE: Final = 500
_PAGE: Final = 50
_STATES: Final = {text: state for state, text in STATUSES.items()}
_CODES: Final[Mapping[str, str]] = {one.soap: one.code for one in REMARKS.values() if one.soap}
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_DECIMALS: Final = re.compile(r"(?<=\.\d{6})\d+")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of what is found, in which order."""

    first_row: int
    fetch_size: int
    order: Order
    is_descending: bool


def text_of(parent: Element, name: str) -> str | None:
    """The text of a child of the types' namespace; None without it."""
    found = parent.find(f"{{{TYPES}}}{name}")
    return None if found is None else found.text or ""


def wanted(item: Element, *, today: date) -> Wanted:
    """One presence to register, for ``today`` when it names no day; raises Fault."""
    day = text_of(item, "RegistrationDate")
    company = text_of(item, "CompanyID")
    return Wanted(
        day=today if day is None else _date(day),
        works_reference=text_of(item, "WorkPlaceId") or "",
        ssin=text_of(item, "INSS"),
        limosa_number=text_of(item, "LimosaId"),
        enterprise_number=None if company is None else enterprise_number(company),
        custom_reference=text_of(item, "ClientPresenceRegistrationReference"),
    )


def enterprise_number(text: str) -> str:
    """The ten digits of a number written as a long."""
    return f"{int(text):010d}"


def receipt(item: Element) -> int:
    """The number of a registration."""
    return int(text_of(item, "PresenceRegistrationId") or "0")


def search(criteria: Element, *, view: View) -> Search:
    """What is looked for; raises Fault for a moment or a day that no calendar has."""
    ssin, company = text_of(criteria, "INSS"), text_of(criteria, "CompanyID")
    sector = text_of(criteria, "Sector")
    states, remarks = _all(criteria, "Status"), _all(criteria, "Remark")
    return Search(
        view=view,
        periods=[_period(one) for one in criteria.iter(f"{{{TYPES}}}RegistrationPeriod")],
        ssins=None if ssin is None else {ssin, *persons.numbers_of(niss=ssin)},
        enterprise_number=None if company is None else enterprise_number(company),
        works_reference=text_of(criteria, "WorkPlaceId"),
        states=[_STATES[one] for one in states] if states else None,
        remarks=[_CODES[one] for one in remarks] if remarks else None,
        created_from=_moment(text_of(criteria, "CreationStartDate")),
        created_to=_moment(text_of(criteria, "CreationEndDate")),
        activities=None if sector is None else _activities(int(sector)),
    )


def paging(request: Element) -> Paging:
    """The page and the order that a search asks for; raises Fault for a negative number."""
    first = size = direction = order = None
    pages = request.find(f"{{{TYPES}}}PaginationProperties")
    if pages is not None:
        first, size = text_of(pages, "FirstRow"), text_of(pages, "FetchSize")
    sorting = request.find(f"{{{TYPES}}}SortingProperties")
    if sorting is not None:
        direction, order = text_of(sorting, "SortDirection"), text_of(sorting, "SortCriteria")
    row, fetched = int(first or 0), _PAGE if size is None else int(size)
    if row < 0 or fetched < 0:
        raise Fault(Code.CONTENT, "FirstRow and FetchSize begin at 0.")
    return Paging(row, min(fetched, LARGEST_PAGE), Order(order or "ID"), direction == "DESCENDING")


def _activities(sector: int) -> list[str]:
    return [activity for activity, number in SECTORS.items() if number == sector]


def _all(criteria: Element, name: str) -> list[str]:
    return [one.text or "" for one in criteria.iter(f"{{{TYPES}}}{name}")]


def _period(element: Element) -> Period:
    first = _date(text_of(element, "RegistrationPeriodStartDate") or "")
    last = _date(text_of(element, "RegistrationPeriodEndDate") or "")
    if last < first:
        raise Fault(Code.CONTENT, "A period ends before it begins.")
    return Period(first, last)


def _date(text: str) -> date:
    found = _DATE.fullmatch(text.strip())
    try:
        if found:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    raise Fault(Code.NOT_XSD, "A date is written as year, month and day.")


def _moment(text: str | None) -> datetime | None:
    """A moment, by the clock of Brussels when it has no offset."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(_DECIMALS.sub("", text.strip()))
        aware = read if read.tzinfo else read.replace(tzinfo=BRUSSELS)
        aware.astimezone(BRUSSELS)
    except (ValueError, OverflowError):
        raise Fault(Code.NOT_XSD, "A moment is one that the calendar has.") from None
    return aware
