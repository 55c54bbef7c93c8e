"""What stands in a file: a question of plain values, its head, and its rows day by day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from guichet.eservices.presence import day_queries, day_rows, visibility
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.day_rows import WorkerDay
from guichet.eservices.presence.days import queries as days
from guichet.eservices.presence.days import words as day_words
from guichet.eservices.presence.days.queries import DayShown, Filters
from guichet.eservices.presence.words import CHANNELS, STATUSES, VALIDITIES, remark_text
from guichet.kernel.niss import Niss
from guichet.platform import wording
from guichet.platform.clock import brussels

_DAY = timedelta(days=1)
Line = tuple[object, ...]


class Kind(StrEnum):
    """What a file lists."""

    REGISTRATIONS = "registrations"
    HOURS = "hours"
    DAYS = "days"


class Format(StrEnum):
    """How a file is written."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Question:
    """What an enterprise asks for; days included. ``is_sites``: whoever works on its sites too."""

    kind: Kind
    enterprise_number: str
    first: date
    last: date
    is_sites: bool = False
    filters: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of_acts(cls, wanted: Wanted, *, kind: Kind, enterprise: str) -> "Question":
        """The question behind a list of acts."""
        names = ("site", "worker", "type", "validity", "channel", "remark")
        given = {name: getattr(wanted, name) for name in names if getattr(wanted, name)}
        first, last = brussels(wanted.since).date(), brussels(wanted.until).date() - _DAY
        return cls(kind, enterprise, first, last, wanted.view is not None, given)

    @classmethod
    def of_days(cls, wanted: Filters, *, enterprise: str) -> "Question":
        """The question behind a list of presences of days."""
        names = ("works_reference", "state")
        given = {name: getattr(wanted, name) for name in names if getattr(wanted, name)}
        is_sites = wanted.view is not None
        return cls(Kind.DAYS, enterprise, wanted.first, wanted.last, is_sites, given)

    def kept(self) -> dict[str, Any]:
        """For the database."""
        days_kept = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return asdict(self) | days_kept

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> "Question":
        """Back from the database."""
        return cls(
            Kind(kept["kind"]), kept["enterprise_number"], date.fromisoformat(kept["first"]),
            date.fromisoformat(kept["last"]), kept["is_sites"], kept["filters"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """The rows of one day, and the persons whom they show."""

    lines: Sequence[Line]
    subjects: Sequence[str]


def head(kind: Kind) -> Line:
    """The names of the columns, in the language of the page."""
    if kind is Kind.HOURS:
        return (
            _("Day"), _("National number"), _("Worker"), _("Sites"), _("Stretches"), _("Breaks"),
            _("Work (h:mm)"), _("Break (h:mm)"), _("Work (minutes)"), _("To check"),
        )  # fmt: skip
    if kind is Kind.DAYS:
        return (
            _("Day"), _("Worker"), _("Number"), _("Employer"), _("Site"), _("Number of the site"),
            _("State"), _("Remarks"), _("Receipt"),
        )  # fmt: skip
    return (
        _("Receipt number"), _("Day"), _("Hour"), _("IN or OUT"), _("National number"),
        _("Worker"), _("Employer"), _("Site number"), _("Site"), _("State"), _("Remarks"),
        _("Registered by"), _("Received"), _("Correction"),
    )  # fmt: skip


def pieces(question: Question, *, language: str, now: datetime) -> Iterator[Piece]:
    """The rows of each day in turn, so that a month of many thousands never stands in memory.

    Who may be seen is asked anew: a right that ended meanwhile shows nothing.
    """
    own, given = question.enterprise_number, dict[str, Any](question.filters)
    view = visibility.view_of(enterprise_number=own, channel=0) if question.is_sites else None
    count = (question.last - question.first).days + 1
    for day in (question.first + timedelta(days=at) for at in range(count)):
        if question.kind is Kind.DAYS:
            shown = Filters(day, day, view=view, own=None if view else own, **given)
            found = days.listed(wanted=shown, limit=day_queries.MOST_ACTS)
            subjects = [row.ssin for row in found if row.ssin]
            yield Piece([day_line(row, own=own) for row in found], subjects)
        else:
            yield _piece_of_acts(question, day, view, language, now)


def _piece_of_acts(
    question: Question, day: date, view: visibility.View | None, language: str, now: datetime
) -> Piece:
    own, is_hours = question.enterprise_number, question.kind is Kind.HOURS
    # A day more on both sides, so that shifts over midnight are whole.
    around = _DAY if is_hours else timedelta()
    since, until = day_queries.window(day - around, day + around)
    number, given = None if view else own, dict[str, Any](question.filters)
    wanted = Wanted(since, until, view=view, enterprise_number=number, counted=is_hours, **given)
    acts = day_queries.acts(wanted=wanted, language=language)
    if not is_hours:
        return Piece([act_line(act, own=own) for act in acts], [act.ssin for act in acts])
    rows = [row for row in day_rows.worker_days(acts, now=now) if row.day == day]
    rows.sort(key=lambda row: (row.worker.sort_key, row.worker.ssin))
    return Piece(list(hour_lines(rows)), [row.worker.ssin for row in rows])


def hour_lines(rows: Iterable[WorkerDay]) -> Iterator[Line]:
    """The hours of own staff, so the numbers stand in full."""
    for row in rows:
        yield (
            wording.day(row.day),
            Niss(row.worker.ssin).formatted(),
            row.worker.worker_name,
            ", ".join(row.sites),
            " ".join(_span(one.started_at, one.ended_at) for one in row.stretches),
            " ".join(_span(gap.started_at, gap.ended_at) for gap in row.breaks),
            wording.hours(row.minutes),
            wording.hours(row.break_minutes),
            row.minutes,
            _("OUT missing") if row.misses_out else "",
        )


def act_line(act: ActRow, *, own: str) -> Line:
    """One act; the number of somebody else's worker by its beginning only."""
    return (
        act.receipt,
        wording.day(act.occurred_at),
        wording.hour(act.occurred_at),
        act.type.upper(),
        _number(act.ssin, is_whole=act.enterprise_number == own),
        act.worker_name,
        act.employer_name or act.enterprise_number or act.foreign_vat_number,
        act.works_reference,
        act.site_name,
        VALIDITIES[act.validity],
        " / ".join(f"{code} {remark_text(code).label}" for code in act.remarks),
        CHANNELS.get(act.channel, act.channel),
        wording.moment(act.received_at),
        STATUSES[act.status] if act.version else "",
    )


def day_line(row: DayShown, *, own: str) -> Line:
    """One presence of a day; whoever announced it typed the number himself."""
    return (
        wording.day(row.day),
        row.worker_name,
        number_of_day(row, own=own),
        row.employer_name,
        row.site_name,
        row.works_reference,
        day_words.STATES[day_words.state(row)],
        ", ".join(row.remarks),
        row.receipt,
    )


def number_of_day(row: DayShown, *, own: str | None) -> str:
    """The number in full for the employer, its beginning for others; a Limosa number as it is."""
    if row.ssin is None:
        return row.limosa_number or ""
    return _number(row.ssin, is_whole=own in (row.enterprise_number, row.sender_enterprise))


def _number(ssin: str, *, is_whole: bool) -> str:
    number = Niss(ssin)
    return number.formatted() if is_whole else number.masked()


def _span(start: datetime, end: datetime) -> str:
    return f"{wording.hour(start)}-{wording.hour(end)}"
