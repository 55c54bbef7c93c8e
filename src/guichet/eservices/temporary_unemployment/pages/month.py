"""A month of the workers, and what running suspensions use of their limits."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import counting, following
from guichet.eservices.temporary_unemployment.counting import Counted
from guichet.eservices.temporary_unemployment.following import WorkerMonth
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.platform import clock
from guichet.platform.paging import paging
from guichet.rules import calendar
from guichet.rules.temporary_unemployment import accountability

_SIZES: Final = (25, 50, 100)
_YEARS: Final = 3
# Further than any page that an address can ask for: how many there are is known afterwards.
_FURTHEST: Final = 100_000_000


@require_GET
@asking.guarded
def month(request: ActingRequest, year: int, number: int) -> HttpResponse:
    """Every worker of whom something is announced, told or due in a month."""
    today = clock.today(clock.now())
    if abs(year - today.year) > _YEARS or not 1 <= number <= 12:
        raise Http404
    first = date(year, number, 1)
    last = first.replace(day=monthrange(year, number)[1])
    found = following.months_of_workers(
        employer=asking.employer_of(request), month=first, today=today
    )
    page = paging(request.GET, total=len(found), sizes=_SIZES)
    shown = found[page.offset : page.offset + page.size]
    asking.noted(request, [one.niss for one in shown])
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    context: dict[str, Any] = {
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "days": [(day, calendar.is_working_day(day)) for day in days],
        "rows": [(one, {day: _mark(one, day) for day in days}) for one in shown],
        "counted": _counted(request, [one.niss for one in shown], today),
        "paging": page,
        "given": {},
        "missing": sum(one.duty is not None and one.duty.told is None for one in found),
        "today": today,
    }
    return asking.show(request, "month.html", context)


@require_GET
@asking.guarded
def this_month(request: ActingRequest) -> HttpResponseBase:
    """The month of today."""
    today = clock.today(clock.now())
    return month(request, today.year, today.month)


@require_GET
@asking.guarded
def limits(request: ActingRequest) -> HttpResponse:
    """How much of four weeks, three months, the year's weeks or the days of a worker is used."""
    today, employer = clock.today(clock.now()), asking.employer_of(request)
    asked = paging(request.GET, total=_FURTHEST, sizes=_SIZES)
    shown, total = counting.page_of_economic_days(
        employer=employer, today=today, offset=asked.offset, size=asked.size
    )
    page = paging(request.GET, total=total, sizes=_SIZES)
    asking.noted(request, [one.niss for one in shown])
    context: dict[str, Any] = {
        "used": following.used(employer=employer, today=today),
        "counted": shown,
        "since": accountability.counted_since(today),
        "paging": page,
        "given": {},
        "today": today,
    }
    return asking.show(request, "limits.html", context)


def _counted(request: ActingRequest, workers: list[str], today: date) -> dict[str, Counted]:
    """Days of economic unemployment of the workers that are shown."""
    employer = asking.employer_of(request)
    found = counting.economic_days(employer=employer, today=today, workers=workers)
    return {one.niss: one for one in found}


def _mark(one: WorkerMonth, day: date) -> str:
    """What a day of a worker shows: first told, foreseen, announced, closed, or nothing."""
    if any(each.day == day for each in one.first_days):
        return "first"
    if one.duty is not None and one.duty.told is None and one.duty.day == day:
        return "due"
    if not calendar.is_working_day(day):
        return "off"
    return "announced" if day in one.announced else ""
