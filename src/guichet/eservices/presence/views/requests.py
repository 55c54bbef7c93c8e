"""Asking the NSSO for a correction: an employer for his staff, a self-employed person for himself.

The same form and the same page of a request for both; an employee is sent to his employer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments import queries as attached
from guichet.documents.attachments.operations import Owner, UnknownAttachment
from guichet.documents.attachments.views import owner_of, served
from guichet.eservices.presence import words
from guichet.eservices.presence.allowances import CORRECTION
from guichet.eservices.presence.corrections import cases, filing
from guichet.eservices.presence.corrections.case_forms import RequestForm
from guichet.eservices.presence.corrections.cases import Asked
from guichet.eservices.presence.corrections.filing import AlreadyAsked, LateRequest, NoDocument
from guichet.eservices.presence.models import Case
from guichet.eservices.presence.paging import paging
from guichet.eservices.presence.views import asking
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, wording
from guichet.platform.pages import query
from guichet.rules.presence_corrections import State, Step, StepRefused, last_day

own: Final = acting_required(kind="worker", policy=BY_KEY["presence"].policy)
employer: Final = acting_required(kind="employer", service="presence")
_PURPOSE: Final = "presence.request"
# What was typed while somebody went to attach a file, in his session.
_TYPED: Final = "presence.request.typed"
_KEPT: Final = ("type", "kind", "day", "time", "site", "employer", "reason", "words")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two who ask: the names of his pages, and what he may ask about."""

    new: str
    one: str
    file: str
    withdraw: str
    is_employer: bool

    def owner(self, request: ActingRequest) -> Owner:
        """For whom he asks."""
        acting = request.acting
        number = acting.enterprise_number or "" if self.is_employer else ""
        return Owner(acting.person_id, acting.niss, number)


STAFF: Final = Side(
    "presence:staff-request-new",
    "presence:staff-request",
    "presence:staff-request-file",
    "presence:staff-request-withdraw",
    is_employer=True,
)
OWN: Final = Side(
    "presence:request-new",
    "presence:request",
    "presence:request-file",
    "presence:request-withdraw",
    is_employer=False,
)


class SentToEmployer(Exception):
    """An employee does not ask the NSSO himself; ``receipt``: of the act, None without one."""

    def __init__(self, receipt: int | None) -> None:
        super().__init__(receipt)
        self.receipt = receipt


@require_http_methods(["GET", "POST"])
@employer
def staff_new(request: ActingRequest) -> HttpResponseBase:
    """Ask for a correction of what the staff registered, or of what a worker reported."""
    return _new(request, STAFF)


@require_http_methods(["GET", "POST"])
@own
def own_new(request: ActingRequest) -> HttpResponseBase:
    """Ask for a correction of one's own act as a self-employed person."""
    try:
        return _new(request, OWN)
    except SentToEmployer as sent:
        messages.info(
            request,
            _("You work for an employer: he asks the NSSO. Tell him here what is wrong."),
        )
        if sent.receipt is None:
            return redirect("presence:corrections")
        return redirect("presence:own-mistake", sent.receipt)


@require_GET
@employer
def staff_list(request: ActingRequest) -> HttpResponse:
    """What the enterprise asked of the NSSO, what is open first."""
    rows = cases.of_enterprise(enterprise=request.acting.enterprise_number or "")
    page = paging(request.GET, total=rows.count(), is_exact=True)
    found = cases.with_names(
        list(rows[page.offset : page.offset + page.size]), language=asking.language()
    )
    _noted(request, *(one.row.person.niss for one in found))
    given = {name: request.GET[name] for name in ("size",) if name in request.GET}
    context = {"rows": found, "paging": page, "given": given}
    return asking.show(request, "staff_requests.html", context)


@require_GET
@employer
def staff_one(request: ActingRequest, number: str) -> HttpResponse:
    """A request of the enterprise; another's and none are the same 404."""
    return _shown(request, STAFF, _of_enterprise(request, number))


@require_GET
@own
def own_one(request: ActingRequest, number: str) -> HttpResponse:
    """A request about me, whoever asked; another's and none are the same 404."""
    return _shown(request, OWN, _of_person(request, number))


@require_GET
@employer
def staff_file(request: ActingRequest, number: str, attachment: UUID) -> HttpResponse:
    """A document of a request of the enterprise."""
    return _file(_of_enterprise(request, number), attachment)


@require_GET
@own
def own_file(request: ActingRequest, number: str, attachment: UUID) -> HttpResponse:
    """A document of my own request; what an employer attached stays with him."""
    row = _of_person(request, number)
    if not filing.is_filer(row, OWN.owner(request)):
        raise Http404
    return _file(row, attachment)


@require_POST
@employer
def staff_withdraw(request: ActingRequest, number: str) -> HttpResponseBase:
    """Take a request of the enterprise back."""
    return _withdraw(request, STAFF, number)


@require_POST
@own
def own_withdraw(request: ActingRequest, number: str) -> HttpResponseBase:
    """Take an own request back."""
    return _withdraw(request, OWN, number)


def _new(request: ActingRequest, side: Side) -> HttpResponseBase:
    asked = (_asked_of_staff if side.is_employer else _asked_of_self)(request)
    here = reverse(side.new) + query({name: request.GET[name] for name in request.GET})
    if request.method == "POST" and {"attach", "remove"} & request.POST.keys():
        return _aside(request, side, here)
    box = attached.box(allowance=CORRECTION, owner=owner_of(request))
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        asked=asked,
        beside=cases.beside(asked.act, language=asking.language()) if asked.act else (),
        pending=box.pending,
        now=clock.now(),
        initial=_initial(asked) | _typed(request).get(here, {}),
    )
    if form.is_valid():
        row = _filed(request, side, form)
        if row is not None:
            request.session.pop(_TYPED, None)
            said = _("Request %(number)s is with the NSSO.")
            messages.success(request, said % {"number": TicketNumber(row.number).formatted()})
            return redirect(side.one, row.number)
    _noted(request, asked.ssin)
    day = last_day(on=asked.registered_on, activity=asked.activity)
    context = {
        "asked": asked, "form": form, "box": box, "until": day, "side": side,
        "is_late": clock.today(clock.now()) > day,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return asking.show(request, "request_new.html", context, status=status)


def _filed(request: ActingRequest, side: Side, form: RequestForm) -> Case | None:
    """The request, or None with the reason on the form."""
    try:
        return filing.file(
            wanted=form.wanted(),
            owner=side.owner(request),
            sender=owner_of(request),
            now=clock.now(),
        )
    except LateRequest as late:
        form.add_error(None, words.TOO_LATE % {"day": wording.day(late.last_day)})
    except NoDocument:
        form.add_error("attached", words.DOCUMENT_NEEDED)
    except AlreadyAsked as known:
        said = _("The same is with the NSSO already: request %(number)s.")
        form.add_error(None, said % {"number": TicketNumber(known.number).formatted()})
    except UnknownAttachment:
        form.add_error("attached", form.fields["attached"].error_messages["invalid_choice"])
    except StepRefused:
        form.add_error(None, _("What the worker reported has changed meanwhile."))
    return None


def _asked_of_staff(request: ActingRequest) -> Asked:
    """An act of the own staff, one that is missing beside it, or a report that waits."""
    number = request.acting.enterprise_number or ""
    report = _whole(request, "report")
    if report is not None:
        row = cases.report_to(number=report, enterprise=number, today=clock.today(clock.now()))
        asked = cases.of_report(row, language=asking.language()) if row else None
        if asked is None:
            raise Http404
        return asked
    receipt = _whole(request, "receipt")
    act = asking.staff_act(asking.view_of(request.acting), receipt or 0)
    if act.enterprise_number != number or not act.counts:
        raise Http404
    return cases.of_act(act, is_missing="missing" in request.GET)


def _asked_of_self(request: ActingRequest) -> Asked:
    """An own act where one is nobody's employee; raises SentToEmployer for an employee."""
    niss = request.acting.niss
    report = _whole(request, "report")
    if report is not None:
        row = cases.own_report(number=report, ssin=niss)
        asked = cases.of_report(row, language=asking.language()) if row else None
        if asked is None:
            raise Http404
    else:
        act = asking.own_act(request.acting, _whole(request, "receipt") or 0)
        if not act.counts:
            raise Http404
        asked = cases.of_act(act, is_missing="missing" in request.GET)
    if not cases.works_for_himself(
        ssin=niss, enterprise_number=asked.enterprise_number, on=asked.registered_on
    ):
        raise SentToEmployer(_whole(request, "receipt"))
    return asked


def _whole(request: HttpRequest, name: str) -> int | None:
    """A number of the address, None without it; raises Http404 for anything else."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404
    return int(text)


def _initial(asked: Asked) -> dict[str, Any]:
    report = asked.report
    kept: dict[str, Any] = {"type": asked.type, "day": clock.brussels(asked.occurred_at).date()}
    if asked.is_missing:
        kept["site"] = asked.works_reference
    if report is None:
        return kept
    kept |= {
        "kind": report.kind,
        "reason": report.reason,
        "words": report.words,
        "time": clock.brussels(report.occurred_at).time().replace(second=0, microsecond=0),
    }
    if report.kind == "changeSite":
        kept["site"] = report.works_reference
    if report.kind == "changeEmployer":
        kept["employer"] = report.enterprise_number or ""
    return kept


def _aside(request: ActingRequest, side: Side, here: str) -> HttpResponseBase:
    """To the page that attaches, or one file less; what was typed waits in the session."""
    kept: dict[str, Any] = {
        name: request.POST[name][:4_000] for name in _KEPT if name in request.POST
    }
    kept["also"] = request.POST.getlist("also")[:50]
    request.session[_TYPED] = {here: kept}
    if "attach" in request.POST:
        place = reverse("attachments:box", kwargs={"service": CORRECTION.service})
        return redirect(place + query({"next": here}))
    try:
        attachments.remove(owner=owner_of(request), attachment=UUID(request.POST["remove"]))
    except (UnknownAttachment, ValueError):
        messages.info(request, _("The file was gone already."))
    else:
        messages.success(request, _("The file is removed."))
    return redirect(here)


def _typed(request: HttpRequest) -> dict[str, dict[str, Any]]:
    found = request.session.get(_TYPED, {})
    return found if isinstance(found, dict) else {}


def _of_enterprise(request: ActingRequest, number: str) -> Case:
    row = cases.one(number=number)
    if row is None or row.enterprise_number != request.acting.enterprise_number:
        raise Http404
    return row


def _of_person(request: ActingRequest, number: str) -> Case:
    row = cases.one(number=number)
    if row is None or row.person_id != request.acting.person_id:
        raise Http404
    return row


def _shown(request: ActingRequest, side: Side, row: Case, *, status: int = 200) -> HttpResponse:
    _noted(request, row.person.niss)
    language = asking.language()
    [shown] = cases.with_names([row], language=language)
    is_filer = filing.is_filer(row, side.owner(request))
    context = {
        "one": shown, "side": side, "acts": cases.acts_of(row, language=language),
        "files": cases.files(row) if is_filer else (), "is_filer": is_filer,
        "may_withdraw": is_filer and Step.WITHDRAW in shown.may,
        "act_page": "presence:staff-act" if side.is_employer else "presence:own-act",
    }  # fmt: skip
    return asking.show(request, "request.html", context, status=status)


def _withdraw(request: ActingRequest, side: Side, number: str) -> HttpResponseBase:
    find: Callable[[ActingRequest, str], Case] = _of_enterprise if side.is_employer else _of_person
    row = find(request, number)
    try:
        filing.withdraw(number=row.number, owner=side.owner(request), now=clock.now())
    except filing.UnknownCase:
        raise Http404 from None
    except StepRefused:
        messages.error(request, words.STEP_REFUSALS[State(row.state)])
        return _shown(request, side, find(request, number), status=409)
    messages.success(request, _("You have withdrawn this request."))
    return redirect(side.one, row.number)


def _file(row: Case, attachment: UUID) -> HttpResponse:
    found = cases.file(row, attachment)
    if found is None:
        raise Http404
    return served(found)


def _noted(request: ActingRequest, *subjects: str) -> None:
    looked_up(
        viewer=request.acting.actor,
        subjects=subjects,
        purpose=_PURPOSE,
        channel="portal",
        now=clock.now(),
    )
