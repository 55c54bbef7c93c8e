"""Requests of one worker with several employers that are one break.

Every employer who takes part files a request of his own; they belong together when both say that
the worker has several employers and their days overlap. Only the worker and the office see it.
"""

from __future__ import annotations

from datetime import date

from guichet.eservices.career_break.content import OtherEmployer, asked_of
from guichet.eservices.career_break.models import Request
from guichet.kernel.period import Period
from guichet.rules.career_break.employers import belong_together
from guichet.rules.career_break.states import State

OVER = (State.CANCELLED, State.EXPIRED)


def linked(row: Request) -> tuple[Request, ...]:
    """The requests of other employers that are one break with this one, oldest first."""
    if not row.content.get("has_other_employers"):
        return ()
    rows = Request.objects.filter(person=row.person_id).exclude(state__in=OVER).exclude(ticket="")
    rows = rows.exclude(employer=row.employer_id).select_related("employer")
    own = _days(row)
    return tuple(
        one
        for one in rows.order_by("filed_at", "pk")
        if belong_together(
            first=own, second=_days(one), both_ticked=bool(one.content["has_other_employers"])
        )
    )


def waits_for(row: Request, *, others_reduce: bool | None) -> tuple[OtherEmployer, ...]:
    """The employers whose request is still to come before the worker's part can be sent.

    ``others_reduce``: what the worker says; None while he did not. When he says that nobody else
    reduces, nobody is waited for. One without a number and a name stands for whoever it is.
    """
    if others_reduce is False:
        return ()
    asked = asked_of(row.content)
    filed = {one.employer.number for one in linked(row)}
    expected = [one for one in asked.others if one.reduces]
    if not expected:
        return () if filed or not others_reduce else (OtherEmployer(),)
    missing = [one for one in expected if one.number and one.number not in filed]
    nameless = [one for one in expected if not one.number]
    # Whoever filed without being named may be one of those of whom only a name is known.
    unnamed = len(filed - {one.number for one in expected})
    return (*missing, *nameless[unnamed:])


def _days(row: Request) -> Period:
    return Period(row.first_day, row.last_day or date.max)
