"""Career breaks in the copy of a person's data: requests, what he said, decisions, changes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.career_break import decided
from guichet.eservices.career_break import words as of_requests
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.said import said_of
from guichet.eservices.career_break.worker import reading, receipts, words
from guichet.platform import clock


def _requests(acting: Acting, now: datetime) -> list[Row]:
    rows = _own(acting)
    known = decided.standings(rows, today=clock.today(now))
    return [
        {
            "ticket": row.ticket,
            "employer": row.employer.number,
            "leave": str(of_requests.LEAVES[row.leave]),
            "regime": str(of_requests.REGIMES[row.regime]),
            "firstDay": row.first_day,
            "lastDay": row.last_day,
            "filedAt": row.filed_at,
            "completedAt": row.completed_at,
            "state": words.state(known[row.pk].state),
        }
        for row in rows
    ]


def _said(acting: Acting, now: datetime) -> list[Row]:
    """What he sent in his part, fact by fact."""
    found: list[Row] = []
    for row in _own(acting):
        part = reading.part(row)
        if part is None or part.content is None:
            continue
        for _title, facts in receipts.told(row, said_of(part.content)):
            found += [
                {"ticket": row.ticket, "what": str(name), "said": str(text)}
                for name, text in facts
                if text
            ]
    return found


def _typed(acting: Acting, now: datetime) -> list[Row]:
    """What he typed and did not send, as it stands in the boxes of each step."""
    return [
        {"ticket": row.ticket, "what": str(words.STEPS[step]), "said": ", ".join(_plain(boxes))}
        for row in _own(acting)
        if (part := reading.part(row)) is not None and part.content is None
        for step, boxes in part.typed.items()
        if step in words.STEPS and any(_plain(boxes))
    ]


def _decisions(acting: Acting, now: datetime) -> list[Row]:
    rows = _own(acting)
    known = decided.standings(rows, today=clock.today(now))
    return [
        {
            "ticket": row.ticket,
            "decidedAt": one.at,
            "result": str(words.RESULTS[one.result]),
            "motivation": str(one.content.get("motivation") or ""),
            "document": one.document,
        }
        for row in rows
        for one in known[row.pk].decisions
    ]


def _reported(acting: Acting, now: datetime) -> list[Row]:
    return [
        {
            "ticket": one.ticket,
            "what": str(words.CHANGES[one.kind]),
            "fromDay": one.from_day,
            "said": ", ".join(_plain(one.content)),
            "at": one.at,
        }
        for one in reading.changes_of(niss=acting.niss)
    ]


def _own(acting: Acting) -> list[Request]:
    return reading.requests(niss=acting.niss)


def _plain(content: dict[str, Any]) -> Iterator[str]:
    for value in content.values():
        if value not in (None, "", []):
            yield str(value)


_TICKET = gettext_lazy("Ticket")
register(
    Section(
        "careerBreakRequests",
        gettext_lazy("Requests for a career break"),
        {
            "ticket": _TICKET,
            "employer": gettext_lazy("Employer"),
            "leave": gettext_lazy("Type of interruption"),
            "regime": gettext_lazy("Régime"),
            "firstDay": gettext_lazy("First day"),
            "lastDay": gettext_lazy("Last day"),
            "filedAt": gettext_lazy("Filed by the employer"),
            "completedAt": gettext_lazy("Completed by you"),
            "state": gettext_lazy("State"),
        },
        _requests,
    )
)
register(
    Section(
        "careerBreakParts",
        gettext_lazy("What you said in your part of a request"),
        {"ticket": _TICKET, "what": gettext_lazy("What"), "said": gettext_lazy("Said")},
        _said,
    )
)
register(
    Section(
        "careerBreakTyped",
        gettext_lazy("What you typed for a request and did not send"),
        {
            "ticket": _TICKET,
            "what": gettext_lazy("Step"),
            "said": gettext_lazy("As you typed it"),
        },
        _typed,
    )
)
register(
    Section(
        "careerBreakDecisions",
        gettext_lazy("Decisions of ONEM on your career breaks"),
        {
            "ticket": _TICKET,
            "decidedAt": gettext_lazy("Decided on"),
            "result": gettext_lazy("Result"),
            "motivation": gettext_lazy("Why"),
            "document": pgettext_lazy("a reference", "Document"),
        },
        _decisions,
    )
)
register(
    Section(
        "careerBreakChanges",
        gettext_lazy("Changes that you reported to ONEM"),
        {
            "ticket": _TICKET,
            "what": gettext_lazy("What"),
            "fromDay": gettext_lazy("From"),
            "said": gettext_lazy("Said"),
            "at": gettext_lazy("Moment"),
        },
        _reported,
    )
)
