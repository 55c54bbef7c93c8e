"""Agreements of an enterprise: list, record with its document, look, answer, end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments import queries as attached
from guichet.documents.attachments import words as attachment_words
from guichet.documents.attachments.operations import AttachmentRefused, UnknownAttachment
from guichet.documents.attachments.views import owner_of, served
from guichet.eservices.presence.allowances import ARRANGEMENT
from guichet.eservices.presence.arrangements import filing, words
from guichet.eservices.presence.arrangements.forms import ArrangementForm, ContestForm
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.staff import employer
from guichet.platform import clock
from guichet.registers.arrangements import queries
from guichet.registers.arrangements.labels import METHODS
from guichet.registers.arrangements.operations import UnknownArrangement
from guichet.registers.arrangements.queries import ArrangementRecord
from guichet.registers.changing import RegisterRefused
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.works import queries as works
from guichet.rules.presence_arrangements import State, Step, StepRefused, may


@require_GET
@employer
def listed(request: ActingRequest) -> HttpResponse:
    """Every agreement to which the enterprise is party, the newest first."""
    rows = queries.of_enterprise(enterprise=_own(request))
    return _show(request, "list.html", {"rows": rows, **_named(request, rows)})


@require_http_methods(["GET", "POST"])
@employer
def new(request: ActingRequest) -> HttpResponseBase:
    """One page; a document that was sent is kept, whatever else has to be repaired."""
    kept = _kept(request) if request.method == "POST" else None
    form = _form(request, kept)
    if isinstance(kept, AttachmentRefused):
        form.is_valid()
        form.add_error("document", attachment_words.refusal(kept.code, ARRANGEMENT))
    if form.is_valid():
        number = _recorded(request, form)
        if number is not None:
            messages.success(request, _("The agreement is recorded. The other party can read it."))
            return redirect("presence:arrangement", number)
    return _show(request, "new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@employer
def one(request: ActingRequest, number: UUID) -> HttpResponse:
    """One agreement; one between others and none are the same 404."""
    return _page(request, _found(request, number), ContestForm())


@require_http_methods(["GET", "POST"])
@employer
def contest(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """The other party does not agree, and says why; whoever comes back here gets the page."""
    row = _found(request, number)
    if request.method == "GET":
        return redirect("presence:arrangement", number)
    form = ContestForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    return _answered(request, row, Step.CONTEST, form.cleaned_data["reason"])


@require_POST
@employer
def confirm(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """The other party agrees."""
    return _answered(request, _found(request, number), Step.CONFIRM)


@require_POST
@employer
def withdraw(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Recorded by mistake: it never held."""
    return _answered(request, _found(request, number), Step.WITHDRAW)


@require_POST
@employer
def end(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Today is its last day."""
    row = _found(request, number)
    try:
        filing.end(
            number=row.number, enterprise=_own(request), actor=request.acting.actor,
            now=asking.moment(),
        )  # fmt: skip
    except StepRefused:
        messages.warning(request, _refused())
    else:
        messages.success(request, _("The agreement is ended: today is its last day."))
    return redirect("presence:arrangement", number)


@require_GET
@employer
def document(request: ActingRequest, number: UUID, attachment: UUID) -> HttpResponse:
    """A document of an agreement, for both parties."""
    row = _found(request, number)
    found = attached.file(
        attachment=attachment, service=ARRANGEMENT.service, applied_to=str(row.number)
    )
    if found is None:
        raise Http404
    return served(found)


def _refused() -> str:
    return _("This agreement changed meanwhile; look at it again.")


def _answered(
    request: ActingRequest, row: ArrangementRecord, step: Step, said: str = ""
) -> HttpResponseBase:
    try:
        filing.answer(
            number=row.number, step=step, enterprise=_own(request), words=said,
            actor=request.acting.actor, now=asking.moment(),
        )  # fmt: skip
    except StepRefused:
        messages.warning(request, _refused())
    except UnknownArrangement:
        raise Http404 from None
    else:
        messages.success(
            request,
            {
                Step.CONFIRM: _("You confirmed the agreement."),
                Step.CONTEST: _("You contest the agreement: it does not count."),
                Step.WITHDRAW: _("The agreement is withdrawn."),
            }[step],
        )
    return redirect("presence:arrangement", row.number)


def _recorded(request: ActingRequest, form: ArrangementForm) -> UUID | None:
    try:
        return filing.record(
            wanted=form.wanted(), by=form.side, files=form.chosen, owner=owner_of(request),
            actor=request.acting.actor, now=asking.moment(),
        )  # fmt: skip
    except filing.DocumentMissing:
        form.add_error("document", _("Attach the agreement."))
    except filing.SiteRefused:
        form.add_error("site", _("Choose a site of the list."))
    except filing.RegistrarRefused:
        form.add_error(
            "registrar", _("On this site the law lets only the worker himself register.")
        )
    except UnknownAttachment:
        form.add_error("document", _("A document is gone. Attach it again."))
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal.sentence))
    return None


def _kept(request: ActingRequest) -> UUID | AttachmentRefused | None:
    """The document of this form, kept before anything else is looked at."""
    given: Any = request.FILES.get("document")
    if given is None:
        return None
    try:
        made = attachments.attach(
            allowance=ARRANGEMENT, owner=owner_of(request), name=given.name,
            data=bytes(given.read()), is_cleaned=True, now=asking.moment(),
        )  # fmt: skip
    except AttachmentRefused as refusal:
        return refusal
    return made.pk


def _form(request: ActingRequest, kept: UUID | AttachmentRefused | None) -> ArrangementForm:
    today = clock.today(asking.moment())
    pending = attached.box(allowance=ARRANGEMENT, owner=owner_of(request)).pending
    sites = filing.sites(enterprise=_own(request), on=today)
    given: dict[str, Any] = {"own": _own(request), "sites": sites, "pending": pending}
    if request.method != "POST":
        initial = {
            "first": today,
            "attached": [str(one.pk) for one in pending],
            "role": request.GET.get("role", ""),
        }
        return ArrangementForm(initial=initial, **given)
    data = request.POST.copy()
    if isinstance(kept, UUID):
        data.appendlist("attached", str(kept))
    return ArrangementForm(data, is_refused=isinstance(kept, AttachmentRefused), **given)


def _page(
    request: ActingRequest, row: ArrangementRecord, form: ContestForm, *, status: int = 200
) -> HttpResponse:
    side, today = row.side_of(_own(request)), clock.today(asking.moment())
    may_end = row.state is not State.WITHDRAWN and (row.last_day is None or row.last_day > today)
    context = {
        "row": row,
        "form": form,
        "side": side,
        "files": attached.applied(service=ARRANGEMENT.service, applied_to=str(row.number)),
        "may": {step.value: may(row.state, step, by=side, recorded_by=row.recorded_by)
                for step in Step} | {"end": may_end},
        **_named(request, [row]),
    }  # fmt: skip
    return _show(request, "one.html", context, status=status)


def _named(request: ActingRequest, rows: list[ArrangementRecord]) -> dict[str, Any]:
    """The names of parties and of sites; a site is named to both parties of its agreement."""
    numbers = {number for row in rows for number in (row.above, row.below)}
    references = {row.works_reference for row in rows if row.works_reference}
    return {
        "names": enterprises.names(numbers=numbers, language=asking.language()),
        "sites": {key: one.name for key, one in works.sites(references=references).items()},
    }


def _found(request: ActingRequest, number: UUID) -> ArrangementRecord:
    row = queries.arrangement(number=number, enterprise=_own(request))
    if row is None:
        raise Http404
    return row


def _own(request: ActingRequest) -> str:
    return request.acting.enterprise_number or ""


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    given = {
        "said": words, "methods": METHODS, "own": _own(request),
        "today": clock.today(asking.moment()), **context,
    }  # fmt: skip
    return asking.show(request, f"arrangements/{template}", given, status=status)
