"""What a caller of the search asks for: from the JSON body to plain, checked criteria.

Shapes are judged by the decoder (a whole-call 400); here follow the checks that a schema cannot
say: real moments, a window in order and short enough, words that exist.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final

import msgspec

from guichet.kernel import problem as documents
from guichet.kernel.problem import Issue
from guichet.platform.clock import BRUSSELS
from guichet.rules import dated

_WINDOW: Final = "presence.search.max_window"
SORTS: Final = (
    "id",
    "registrationDate",
    "ssin",
    "type",
    "contractualRelationshipReference",
    "status.date",
    "channel",
    "validity",
)
TYPES: Final = ("in", "out")
VALIDITIES: Final = ("pending", "validated", "failed")
# `failed` is no status of ours; older clients search for it and mean the validity.
STATUSES: Final = ("registered", "edited", "cancelled", "failed")

_DATE: Final = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOMENT: Final = re.compile(
    r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})\Z"
)
_MILLISECOND: Final = timedelta(milliseconds=1)
_INSTANT: Final = timedelta(microseconds=1)

# PostgreSQL has no text with a NUL in it.
Text = Annotated[str, msgspec.Meta(max_length=200, pattern=r"\A[^\x00]*\Z")]
Ssin = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{11}\Z")]
Receipt = Annotated[int, msgspec.Meta(ge=0, le=999_999_999_999_999)]


class _Body(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    pass


class Window(_Body):
    """Both bounds belong to the window: moments with an offset, or whole days in Belgium."""

    start_date: Text
    end_date: Text


class WorkerCriteria(_Body):
    """Names as the register of persons spells them."""

    given_name: Text | None = None
    family_name: Text | None = None


class EmployerCriteria(_Body):
    """One of the numbers of the employer."""

    enterprise_number: Text | None = None
    foreign_vat_number: Text | None = None


class AddressCriteria(_Body):
    """The members of an address, as they were sent."""

    post_code: Text | None = None
    municipality_name: Text | None = None
    street_name: Text | None = None
    house_number: Text | None = None
    box_number: Text | None = None


class PlaceCriteria(_Body):
    """Points cannot be searched: nobody sends the same one twice."""

    address: AddressCriteria | None = None
    description: Text | None = None


class StatusCriteria(_Body):
    """Where the act stands in its life, and since when."""

    code: Text | None = None
    date: Text | None = None


class RemarkCriteria(_Body):
    """A remark that the act carries."""

    code: Text


class CriteriaBody(_Body):
    """``criteria`` of the search; an absent member and a null ask nothing."""

    registration_date: Window
    id: Receipt | None = None
    ssin: Ssin | None = None
    type: Text | None = None
    worker: WorkerCriteria | None = None
    employer: EmployerCriteria | None = None
    place_of_work: PlaceCriteria | None = None
    contractual_relationship_reference: Text | None = None
    activity: Text | None = None
    channel: Text | None = None
    custom_reference: Text | None = None
    status: StatusCriteria | None = None
    validity: Text | None = None
    remarks: Annotated[list[RemarkCriteria], msgspec.Meta(max_length=50)] | None = None


class SortBody(_Body):
    """``sort`` of the search."""

    property: Text = "registrationDate"
    direction: Text = "desc"
    ignore_case: bool = False


class SearchBody(_Body):
    """The body of the search."""

    criteria: CriteriaBody
    sort: SortBody | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """``property`` is one of SORTS."""

    property: str = "registrationDate"
    is_descending: bool = True
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Criteria:
    """Acts from ``since`` to ``until`` (both included, UTC) that meet each of ``wanted``.

    ``wanted`` is keyed by the names of ``queries.CONDITIONS``.
    """

    since: datetime
    until: datetime
    wanted: Mapping[str, object] = field(default_factory=dict)
    sort: Sort = Sort()


class CriteriaRefused(Exception):
    """The criteria make no sense; ``issues`` says which and why."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(f"{len(issues)} issues")
        self.issues = issues


def criteria(*, body: SearchBody, today: date) -> Criteria:
    """The criteria of a decoded body; raises CriteriaRefused with every fault found.

    ``today``: the day whose longest window holds.
    """
    issues: list[Issue] = []
    longest = timedelta(days=dated.whole(_WINDOW, on=today))
    since, until = _window(body.criteria.registration_date, longest, issues)
    wanted = _wanted(body.criteria, issues)
    sort = _sort(body.sort or SortBody(), issues)
    if issues:
        raise CriteriaRefused(issues)
    return Criteria(since=since, until=until, wanted=wanted, sort=sort)


def _wanted(asked: CriteriaBody, issues: list[Issue]) -> dict[str, object]:
    employer = asked.employer or EmployerCriteria()
    place = asked.place_of_work or PlaceCriteria()
    address = place.address or AddressCriteria()
    worker = asked.worker or WorkerCriteria()
    status = asked.status or StatusCriteria()
    remarks = [remark.code for remark in asked.remarks or ()]
    found: dict[str, object] = {
        "id": asked.id,
        "ssin": asked.ssin,
        "type": _word(asked.type, "criteria.type", TYPES, issues),
        "given_name": worker.given_name,
        "family_name": worker.family_name,
        "enterprise_number": employer.enterprise_number,
        "foreign_vat_number": employer.foreign_vat_number,
        "post_code": address.post_code,
        "municipality_name": address.municipality_name,
        "street_name": address.street_name,
        "house_number": address.house_number,
        "box_number": address.box_number,
        "description": place.description,
        "works_reference": asked.contractual_relationship_reference,
        "activity": asked.activity,
        "channel": asked.channel,
        "custom_reference": asked.custom_reference,
        "status": _word(status.code, "criteria.status.code", STATUSES, issues),
        "status_date": _status_date(status.date, issues),
        "validity": _word(asked.validity, "criteria.validity", VALIDITIES, issues),
        "remarks": remarks or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _sort(asked: SortBody, issues: list[Issue]) -> Sort:
    if asked.property not in SORTS:
        detail = f"One of {', '.join(SORTS)}"
        issues.append(documents.invalid_input(name="sort.property", detail=detail))
    direction = _word(asked.direction, "sort.direction", ("asc", "desc"), issues)
    return Sort(asked.property, direction != "asc", asked.ignore_case)


def _word(text: str | None, name: str, allowed: tuple[str, ...], issues: list[Issue]) -> str | None:
    """``text`` in lower case, one of ``allowed``."""
    if text is None or text.lower() in allowed:
        return None if text is None else text.lower()
    issues.append(documents.invalid_input(name=name, detail=f"One of {', '.join(allowed)}"))
    return None


def _status_date(text: str | None, issues: list[Issue]) -> datetime | None:
    if text is None:
        return None
    moment = _moment(text)
    if moment is None:
        issues.append(_no_moment("criteria.status.date"))
    return moment


def _window(asked: Window, longest: timedelta, issues: list[Issue]) -> tuple[datetime, datetime]:
    """The two bounds in UTC, both included; a nonsense bound is answered with the epoch."""
    names = ("criteria.registrationDate.startDate", "criteria.registrationDate.endDate")
    since, until = _start(asked.start_date), _end(asked.end_date)
    issues += [
        _no_moment(name) for name, bound in zip(names, (since, until), strict=True) if bound is None
    ]
    if since is None or until is None:
        return datetime.fromtimestamp(0, UTC), datetime.fromtimestamp(0, UTC)
    if since > until:
        issues.append(documents.invalid_period(start=names[0], end=names[1]))
    elif _wall(until) - _wall(since) > longest:
        detail = f"The window holds at most {longest.days} days"
        issues.append(documents.invalid_input(name="criteria.registrationDate", detail=detail))
    return since, until


def _wall(moment: datetime) -> datetime:
    """What the clock on the wall says in Belgium: a month stays a month when clocks change."""
    return moment.astimezone(BRUSSELS).replace(tzinfo=None, fold=0)


def _start(text: str) -> datetime | None:
    return _midnight(text) if _DATE.match(text) else _moment(text)


def _end(text: str) -> datetime | None:
    """The last instant included: of the day, or of the millisecond that answers show."""
    if _DATE.match(text):
        midnight = _midnight(text, days_later=1)
        return midnight and midnight - _INSTANT
    moment = _moment(text)
    if moment is not None and not moment.microsecond % 1000:
        moment += _MILLISECOND - _INSTANT
    return moment


def _midnight(text: str, *, days_later: int = 0) -> datetime | None:
    try:
        day = date.fromisoformat(text) + timedelta(days=days_later)
        return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime | None:
    """A moment with its offset, in UTC; None for anything else, however close."""
    if not _MOMENT.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        moment.astimezone(BRUSSELS)  # the end of the calendar has no Belgian time
    except (ValueError, OverflowError):
        return None
    return moment


def _no_moment(name: str) -> Issue:
    detail = "A date-time with offset (yyyy-MM-ddTHH:mm:ssXXX), or a date where a window is asked"
    return documents.schema_violation(name=name, detail=detail)
