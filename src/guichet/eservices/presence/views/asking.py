"""What the pages of presence share: days in addresses, look-ups noted, acts found or not."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from guichet.access.sessions import Acting
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import day_queries, visibility, words
from guichet.eservices.presence.day_queries import ActRow
from guichet.kernel.niss import Niss
from guichet.platform import clock

# The first registrations of the service; older days and far ones have no page.
_FIRST_DAY = date(2024, 1, 1)


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of presence, with the words of presence at hand."""
    given = {**context, "words": words, "number_of": number_of}
    return render(request, f"presence/{template}", given, status=status)


def number_of(ssin: str, *, masked: bool) -> str:
    """The number of a person as people read it, or only its beginning."""
    number = Niss(ssin)
    return number.masked() if masked else number.formatted()


def noted(acting: Acting, rows: Iterable[ActRow], *, purpose: str, now: datetime) -> None:
    """Looking at persons leaves a trace: once for each person of a page."""
    looked_up(
        viewer=acting.actor,
        subjects=(row.ssin for row in rows),
        purpose=purpose,
        channel="portal",
        now=now,
    )


def day_asked(text: str | None, *, today: date) -> date:
    """The day of an address, today without one; raises Http404 for anything else."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not _FIRST_DAY <= day <= today + timedelta(days=1):
        raise Http404
    return day


def period_data(query: Mapping[str, str], *, today: date, days: int) -> dict[str, Any]:
    """The address as data of a form; without a period the last ``days`` days, today included."""
    data = {name: query[name] for name in query}
    data.setdefault("first", (today - timedelta(days=days - 1)).isoformat())
    data.setdefault("last", today.isoformat())
    return data


def own_act(acting: Acting, receipt: int) -> ActRow:
    """An act of the signed-in person; anybody else's is as unknown as none: Http404."""
    act = day_queries.act(receipt=receipt, language=language())
    if act is None or act.ssin != acting.niss:
        raise Http404
    return act


def staff_act(view: visibility.View, receipt: int) -> ActRow:
    """An act that the enterprise may see; any other is as unknown as none: Http404."""
    act = day_queries.act(receipt=receipt, language=language())
    if act is None or not visibility.may_see(view=view, act=cast(Any, act)):
        raise Http404
    return act


def view_of(acting: Acting) -> visibility.View:
    """What the enterprise of the session may see; pages sent nothing themselves."""
    return visibility.view_of(enterprise_number=acting.enterprise_number or "", channel=0)


def moment() -> datetime:
    """The present moment, for a view."""
    return clock.now()
