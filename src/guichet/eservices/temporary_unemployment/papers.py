"""Documents made of one entry: the receipt, the notice to post up, the letter to the council."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents.operations import Recipient, issue
from guichet.eservices.temporary_unemployment import queries, words
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.kernel.niss import Niss
from guichet.kernel.period import Period
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.communication import Communication as Said
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.office_contacts import contact

RECEIPT: Final = "temporary_unemployment.receipt"
POSTER: Final = "temporary_unemployment.poster"
COUNCIL: Final = "temporary_unemployment.council"
_KINDS: Final = {"poster": POSTER, "council": COUNCIL}
_TEMPLATE: Final = "temporary-unemployment-paper"
Facts = list[tuple[str, str]]


def issue_receipt(*, row: Communication, told: Told, actor: Actor, now: datetime) -> str:
    """Ask for the receipt in the caller's transaction; the reference of the document."""
    language = told.language
    with override(language):
        return _issued(
            row, RECEIPT, _receipt(row, told), title=_("Receipt of communication %(number)s"),
            language=language, actor=actor, now=now,
        )  # fmt: skip


def offered(row: Communication) -> tuple[str, ...]:
    """Which papers are made of a communication."""
    if row.kind == Kind.EXPECTED.value:
        return ("poster", "council")
    return ("council",) if row.kind == Kind.ACCIDENT_NATURE.value else ()


def ask(*, row: Communication, which: str, language: str, actor: Actor, now: datetime) -> str:
    """Ask for the notice or the letter; the reference of the document."""
    told = queries.told_of(row)
    with transaction(actor=actor), override(language):
        data = _poster(row, told) if which == "poster" else _council(row, told)
        title = data["title"] + " %(number)s"
        reference = _issued(
            row, _KINDS[which], data, title=title, language=language, actor=actor, now=now
        )
        trail.record(
            action="temporaryUnemployment.paper.requested", actor=actor, target=row.ticket,
            now=now, detail={"document": reference, "paper": which},
        )  # fmt: skip
    return reference


def _issued(
    row: Communication,
    kind: str,
    data: dict[str, Any],
    *,
    title: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> str:
    number = TicketNumber(row.ticket).formatted()
    return issue(
        template=_TEMPLATE,
        data={"number": number, "number_label": _("Unique number"), "rows": [], **data},
        language=language,
        title=title % {"number": number},
        recipient=Recipient(enterprise_number=row.employer.number),
        kind=kind,
        actor=actor,
        now=now,
        subjects=[one.niss for one in queries.lines(row)],
    )


def _receipt(row: Communication, told: Told) -> dict[str, Any]:
    said = told.said
    facts: Facts = [
        (_("Received"), wording.second(row.received_at)),
        (_("Communication"), words.kind(row.kind)),
        (_("Reason"), words.reason(row.reason)),
        *_parties(row),
        *_content(said),
        (_("Workers"), str(row.workers) if row.workers else said.section),
        *((_("Warning"), words.fault(one)) for one in queries.warnings(row)),
        (_("Remarks"), said.remarks),
    ]
    text = _(
        "This receipt proves that the communication was made on that day, with this content. It "
        "is no decision: the office examines it, and conditions that cannot be seen in a message "
        "may still be refused."
    )
    return {
        "title": _("Receipt of a communication of temporary unemployment"),
        "facts": _filled(facts), "text": text, "table": _table(told),
    }  # fmt: skip


def _poster(row: Communication, told: Told) -> dict[str, Any]:
    said = told.said
    facts: Facts = [
        (_("Employer"), _employer(row)),
        (_("Day of the notice"), wording.day(said.posted_on) if said.posted_on else ""),
        (_("Reason"), words.reason(row.reason)),
        *_suspension(said),
        (_("Section"), said.section),
    ]
    return {
        "title": _("Notice of temporary unemployment"),
        "facts": _filled(facts),
        "text": _(
            "To be posted in a place where everybody sees it, or handed over to each worker, on "
            "the day on which the office is told."
        ),
        "table": _table(told),
    }


def _council(row: Communication, told: Told) -> dict[str, Any]:
    said = told.said
    is_accident = row.kind == Kind.ACCIDENT_NATURE.value
    told_on = said.accident_on if is_accident else said.posted_on
    facts: Facts = [
        (_("Employer"), _employer(row)),
        (_("Day of the accident") if is_accident else _("Day of the notice"),
         wording.day(told_on) if told_on else ""),
        (_("Reason"), words.reason(row.reason)),
        *_suspension(said),
        (_("Workers concerned"), str(row.workers) if row.workers else said.section),
        (_("Nature of the accident") if is_accident else _("Economic causes"), said.causes),
    ]  # fmt: skip
    return {
        "title": _("Information to the works council"),
        "facts": _filled(facts),
        "text": _(
            "Without a works council, this letter goes to the union delegation. It is handed over "
            "on the day of the notice; after a technical accident, within four days."
        ),
        "table": None,
    }


def _parties(row: Communication) -> Facts:
    office = contact(row.office, on=row.told_on) if row.office else None
    unit = f"{row.establishment} {row.postcode}".strip()
    facts = [
        (_("Employer"), _employer(row)),
        (_("Establishment unit"), unit),
        (_("Joint committee"), row.committee),
        (_("Competent office"), words.office(row.office)),
    ]
    if office is not None:
        doubt = "" if office.is_verified else " " + _("(not verified)")
        facts += [
            (_("Address of the office"), f"{office.street}, {office.town}{doubt}"),
            (_("Phone of the office"), office.phone + doubt),
        ]
    return facts


def _employer(row: Communication) -> str:
    number, language = row.employer.number, words.language()
    return f"{enterprises.names(numbers=[number], language=language).get(number, '')} {number}"


def _content(said: Said) -> Facts:
    return [
        (_("Day of the notice"), _notice(said)),
        (_("Day of the accident"), wording.day(said.accident_on) if said.accident_on else ""),
        *_suspension(said),
        (_("Description"), said.causes),
        (_("Workplace"), said.workplace),
        (_("Nature of the work"), said.nature_of_work),
        (_("Nature of the weather"), said.weather),
        (_("Why the work was impossible"), said.why_impossible),
    ]


def _notice(said: Said) -> str:
    day = wording.day(said.posted_on) if said.posted_on else ""
    how = words.notice_kind(said.notice_kind or "")
    return ", ".join(text for text in (day, how) if text)


def _suspension(said: Said) -> Facts:
    first, last = said.first_day, said.last_day
    period = " - ".join(wording.day(day) for day in (first, last) if day is not None)
    cut = ", ".join(
        f"{wording.day(a.first_day)} - {wording.day(a.last_day)}" for a in said.excluded
    )
    days = "" if said.period is None else str(_days(said.period, said.excluded))
    return [
        (_("Scheme"), words.regime(said.regime or "")),
        (_("Period"), period),
        (_("Calendar days"), days),
        (_("Days on which work is done"), words.cycle(said)),
        (_("Closures cut out"), cut),
    ]


def _days(period: Period, excluded: Iterable[Period]) -> int:
    both = (period.overlap(cut) for cut in excluded)
    return period.days - sum(cut.days for cut in both if cut is not None)


def _filled(facts: Facts) -> list[list[str]]:
    return [[label, text] for label, text in facts if text]


def _table(told: Told) -> dict[str, Any] | None:
    """The workers by name and number, with their first day where one is told."""
    said = told.said
    if not said.lines:
        return None
    has_day = said.kind in (Kind.FIRST_DAY, Kind.STRIKE)
    head = [_("Name"), _("National number"), *([_("First day")] if has_day else [])]
    rows = [_row(told, at, line, has_day) for at, line in enumerate(said.lines)]
    is_white = said.reason is Reason.WHITE_COLLAR
    caption = _("Employees concerned") if is_white else _("Workers concerned")
    return {
        "caption": caption, "head": head, "rows": rows, "widths": [3, 2, 2][: len(head)],
        "numeric": [],
    }  # fmt: skip


def _row(told: Told, at: int, line: Line, has_day: bool) -> list[str]:
    name = told.name(at)
    day = wording.day(line.first_day) if line.first_day else ""
    cells = [f"{name.family} {name.given}".strip(), Niss(line.niss).formatted()]
    return [*cells, day] if has_day else cells
