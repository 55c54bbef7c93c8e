"""What a worker sees of his corrections: he sends one to his employer, or lets it go."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.corrections import cases, operations, queries
from guichet.eservices.presence.corrections.forms import MistakeForm, ReportForm
from guichet.eservices.presence.corrections.operations import Mistake, TooLate, UnknownCorrection
from guichet.eservices.presence.models import Correction
from guichet.eservices.presence.views import asking
from guichet.platform import clock
from guichet.rules.presence_corrections import (
    WITH_PEOPLE,
    Kind,
    Reason,
    State,
    Step,
    StepRefused,
)

own: Final = acting_required(kind="worker", policy=BY_KEY["presence"].policy)
employer: Final = acting_required(kind="employer", service="presence")
_MOST: Final = 200


@require_GET
@own
def mine(request: ActingRequest) -> HttpResponse:
    """Every correction of mine, the latest first."""
    _noted(request)
    today = clock.today(clock.now())
    rows = queries.mine(ssin=request.acting.niss, language=asking.language(), today=today)
    asked = list(cases.of_person(person_id=request.acting.person_id)[:_MOST])
    context = {
        "rows": rows, "today": today, "Step": Step,
        "cases": cases.with_names(asked, language=asking.language()),
    }  # fmt: skip
    return asking.show(request, "corrections.html", context)


@require_GET
@employer
def told(request: ActingRequest) -> HttpResponse:
    """What the workers of the enterprise say is wrong, and until when the NSSO can be asked."""
    now = clock.now()
    today = clock.today(now)
    rows = queries.of_staff(
        enterprise=request.acting.enterprise_number or "", today=today, most=_MOST
    )
    looked_up(
        viewer=request.acting.actor,
        subjects=sorted({row.person.niss for row in rows}),
        purpose="presence.correction",
        channel="portal",
        now=now,
    )
    return asking.show(request, "staff_corrections.html", {"rows": rows, "today": today})


@require_http_methods(["GET", "POST"])
@own
def one(request: ActingRequest, number: int) -> HttpResponseBase:
    """One correction of mine; another's and none are the same 404."""
    if request.method == "POST":
        return _done(request, number)
    return _show(request, number, ReportForm())


@require_http_methods(["GET", "POST"])
@own
def mistake(request: ActingRequest, receipt: int) -> HttpResponseBase:
    """Tell the employer what is wrong with one of my registrations."""
    acting, now = request.acting, clock.now()
    act = asking.own_act(acting, receipt)
    form = MistakeForm(request.POST or None, occurred_at=act.occurred_at, now=now)
    if request.method == "GET" or not form.is_valid():
        asking.noted(acting, [act], purpose="presence.own", now=now)
        status = 200 if request.method == "GET" else 422
        return asking.show(request, "mistake.html", {"act": act, "form": form}, status=status)
    told = form.cleaned_data
    kind = Kind(told["kind"])
    employer = told["employer"] if kind is Kind.CHANGE_EMPLOYER else None
    wrong = Mistake(
        kind=kind,
        reason=Reason(told["reason"]),
        words=told["words"],
        occurred_at=form.moment(),
        site=told["site"] if kind is Kind.CHANGE_SITE else act.works_reference,
        enterprise_number=employer or act.enterprise_number,
        foreign_vat_number=None if employer else act.foreign_vat_number,
    )
    try:
        row = operations.report_mistake(act=act, mistake=wrong, actor=acting.actor, now=now)
    except TooLate:
        form.add_error(None, _("The last day to tell your employer has passed."))
        return asking.show(request, "mistake.html", {"act": act, "form": form}, status=422)
    messages.success(request, _("Your employer has this correction now."))
    return redirect("presence:correction", row.pk)


def _done(request: ActingRequest, number: int) -> HttpResponseBase:
    acting, now = request.acting, clock.now()
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _show(request, number, form, status=422)
    try:
        if request.POST.get("step") == Step.WITHDRAW:
            operations.withdraw(ssin=acting.niss, number=number, actor=acting.actor, now=now)
            messages.success(request, _("You have withdrawn this correction."))
        else:
            operations.report(
                ssin=acting.niss,
                number=number,
                words=form.cleaned_data["words"],
                actor=acting.actor,
                now=now,
            )
            messages.success(request, _("Your employer has this correction now."))
    except UnknownCorrection:
        raise Http404 from None
    except TooLate:
        form.add_error(None, _("The last day to tell your employer has passed."))
        return _show(request, number, form, status=422)
    except StepRefused:
        messages.error(request, _("This correction has changed meanwhile. This is how it is now."))
        return _show(request, number, ReportForm(), status=409)
    return redirect("presence:correction", number)


def _show(
    request: ActingRequest, number: int, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    acting = request.acting
    today = clock.today(clock.now())
    found = queries.mine(ssin=acting.niss, language=asking.language(), today=today, number=number)
    if not found:
        raise Http404
    _noted(request)
    row = found[0].row
    context = {
        "one": found[0], "form": form, "today": today, "Step": Step,
        "request_number": cases.number_of(row), "may_ask": _may_ask(request, row),
    }  # fmt: skip
    return asking.show(request, "correction.html", context, status=status)


def _may_ask(request: ActingRequest, row: Correction) -> bool:
    """Nobody's employee asks the NSSO himself, while there is time."""
    return (
        State(row.state) in WITH_PEOPLE
        and clock.today(clock.now()) <= row.last_day
        and cases.works_for_himself(
            ssin=request.acting.niss,
            enterprise_number=row.enterprise_number,
            on=clock.today(row.occurred_at),
        )
    )


def _noted(request: ActingRequest) -> None:
    acting = request.acting
    looked_up(
        viewer=acting.actor,
        subjects=[acting.niss],
        purpose="presence.own",
        channel="portal",
        now=clock.now(),
    )
