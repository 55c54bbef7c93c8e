"""When a decision is taken by two: it is another one than the rules propose, or than the last one.

Who decides alone follows the rules, and leaves what was decided before as it was.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from guichet.eservices.career_break import decided
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office.contents import Decided
from guichet.eservices.career_break.office.judging import Case
from guichet.eservices.career_break.office.models import Signature
from guichet.rules.career_break import decisions
from guichet.rules.career_break.decisions import Override, Result

_SAID = ("result", "period", "rows")


def overrides(case: Case, wanted: Decided, *, today: date) -> frozenset[Override]:
    """In what a decision differs from what the rules propose, or weighs more than usual."""
    row = case.row
    if case.proposal is None:
        return frozenset({Override.RESULT})
    paid = wanted.paid
    table = case.rows(paid[0].first_day, paid[-1].last_day) if paid else ()
    found = decisions.overrides(
        case.proposal, table=table, result=wanted.result, paid=paid, on=today
    )
    days = (wanted.first_day, wanted.last_day)
    if wanted.result is not Result.REFUSED and days != (row.first_day, row.last_day):
        found |= {Override.DAYS}
    return found


def changes_former(row: Request, content: dict[str, Any]) -> bool:
    """Whether a decision is another one than the last one of the file.

    One that was held back before it was sent counts where two officers had taken it.
    """
    former = _former(row)
    return former is not None and any(former.content.get(name) != content[name] for name in _SAID)


def _former(row: Request) -> Decision | None:
    signed = Signature.objects.filter(decision__request=row, second__isnull=False)
    last = signed.select_related("decision").order_by("-decision__number").first()
    found = [one for one in (decided.last([row]).get(row.pk), last and last.decision) if one]
    return max(found, key=lambda one: one.number, default=None)
