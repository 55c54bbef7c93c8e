"""The simulator: by a button without JavaScript, while typing with it; nothing typed is kept."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest, acting_of
from guichet.eservices.career_break.credit import wishing
from guichet.eservices.career_break.credit.forms.rows import BEFORE, PLAN, Rows, changed
from guichet.eservices.career_break.credit.forms.simulator import SimulatorForm
from guichet.eservices.career_break.credit.knowing import NOBODY, Known
from guichet.eservices.career_break.credit.lefts import offered
from guichet.eservices.career_break.credit.plans import Plan, plan
from guichet.eservices.career_break.credit.simulation import answer, choices
from guichet.eservices.career_break.credit.verdicts import blocking, verdicts
from guichet.eservices.career_break.credit.views import shared
from guichet.eservices.career_break.forms.parts import filled
from guichet.platform import clock, throttle
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled
from guichet.rules.career_break.kinds import Leave, Regime

# Whoever types for a whole minute asks less than twice a second.
_A_MINUTE: Final = 120
_PART: Final = "X-Guichet-Part"
_END: Final = "end:"


@require_http_methods(["GET", "POST"])
@shared.own
def own(request: ActingRequest) -> HttpResponse:
    """For who is signed in: the job and the earlier breaks are filled in."""
    return _simulator(cast(HttpRequest, request), shared.known_of(request))


@public
@require_http_methods(["GET", "POST"])
def open_to_all(request: HttpRequest) -> HttpResponse:
    """For everybody: nothing is known, nothing is kept, nothing stands in an address."""
    if acting_of(request) is not None and request.method == "GET":
        return redirect("career_break_credit:simulator")
    if request.method == "POST":
        source = request.META.get("REMOTE_ADDR", "")
        try:
            throttle.hit(
                key=f"career_break.simulator:{source}", limit=_A_MINUTE, seconds=60, now=clock.now()
            )
        except Throttled as wait:
            return _too_often(request, wait)
    return _simulator(request, NOBODY)


def _simulator(request: HttpRequest, known: Known) -> HttpResponse:
    today = clock.today(clock.now())
    if request.method == "GET":
        return _page(request, known, _blank(known, today), None)
    act = request.POST.get("do", "")
    data = changed(request.POST, act)
    if data is not None:
        return _page(request, known, filled(SimulatorForm, data), data)
    return _answered(request, known, _with_end(request.POST, act), today)


def _answered(
    request: HttpRequest, known: Known, data: Mapping[str, Any], today: date
) -> HttpResponse:
    form = SimulatorForm(data, today=today, people=known.people)
    planned = Rows(PLAN, data, people=known.people)
    before = Rows(BEFORE, data, people=known.people)
    is_whole = all([form.is_valid(), planned.is_valid(), before.is_valid()])
    context: dict[str, Any] = {"form": form, "planned": planned, "before": before, "known": known}
    if is_whole:
        context |= _found(form.cleaned_data, planned, before, known, today)
    is_part = request.headers.get(_PART) == "answer"
    context["offered"] = _offered(today)
    context |= {"found": context.get("found"), "asked_at": clock.now(), "is_part": is_part}
    if is_part:  # while somebody types, what lacks is no mistake yet
        return shared.show(request, "answer.html", context)
    return shared.show(request, "simulator.html", context, status=200 if is_whole else 422)


def _found(
    given: Mapping[str, Any], planned: Rows, before: Rows, known: Known, today: date
) -> dict[str, Any]:
    wish = wishing.wish(given, known=known, rows=before.answers(), today=today)
    found = answer(wish)
    together: Plan | None = None
    if planned.forms:
        others = [wishing.planned(row, of=wish, known=known) for row in planned.answers()]
        together = plan([wish, *others])
    return {
        "found": found,
        "answers": verdicts(found),
        "choices": choices(wish),
        "plan": together,
        "step_reasons": partial(blocking, language=shared.language()),
    }


def _page(
    request: HttpRequest, known: Known, start: Mapping[str, Any], data: Mapping[str, Any] | None
) -> HttpResponse:
    """The questions with what was typed so far; nothing is judged yet."""
    today = clock.today(clock.now())
    form = SimulatorForm(initial=dict(start), today=today, people=known.people)
    context = {
        "form": form,
        "planned": Rows(PLAN, data, people=known.people, is_bound=False),
        "before": Rows(BEFORE, data, people=known.people, is_bound=False),
        "known": known,
        "offered": _offered(today),
        "found": None,
        "is_part": False,
        "asked_at": clock.now(),
    }
    return shared.show(request, "simulator.html", context)


def _offered(on: date) -> dict[str, list[str]]:
    """The leaves that have each régime, whoever the employer is."""
    return {
        regime.value: [leave.value for leave in Leave if regime in offered(leave, on=on)]
        for regime in Regime
    }


def _blank(known: Known, today: date) -> dict[str, Any]:
    """What the registers know already; the rest is open."""
    start: dict[str, Any] = {"sector": known.sector or "private"}
    if known.job is not None:
        start["since"] = known.since or known.job.first_day
        if known.job.joint_committee.isdigit():
            start["committee"] = known.job.joint_committee
    return start


def _with_end(data: QueryDict, act: str) -> Mapping[str, Any]:
    """The end that was proposed and chosen, in place of what was typed."""
    if not act.startswith(_END):
        return data
    return {key: data[key] for key in data} | {"last_day": act.removeprefix(_END), "count": ""}


def _too_often(request: HttpRequest, wait: Throttled) -> HttpResponse:
    is_part = request.headers.get(_PART) == "answer"
    name = "wait.html" if is_part else "often.html"
    answered = shared.show(request, name, {"seconds": wait.retry_after}, status=429)
    answered["Retry-After"] = str(wait.retry_after)
    return answered
