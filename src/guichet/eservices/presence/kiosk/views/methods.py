"""Alternative methods of an enterprise: list, declare with proof, look, end."""

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
from guichet.eservices.presence.days import crews
from guichet.eservices.presence.kiosk import methods, queries
from guichet.eservices.presence.kiosk.allowances import PROOF
from guichet.eservices.presence.kiosk.method_forms import MethodForm
from guichet.eservices.presence.kiosk.methods import Declared, UnknownMethod
from guichet.eservices.presence.kiosk.models import Method
from guichet.eservices.presence.kiosk.views.shared import employer, number_of, show
from guichet.platform import clock


@require_GET
@employer
def listed(request: ActingRequest) -> HttpResponse:
    """Every method that the enterprise declared, the newest first."""
    today = clock.today(clock.now())
    rows = queries.methods(enterprise=number_of(request))
    states = [(one, methods.state(one.row, today=today)) for one in rows]
    return show(request, "methods.html", {"rows": states})


@require_http_methods(["GET", "POST"])
@employer
def declare(request: ActingRequest) -> HttpResponseBase:
    """One page; a document that was sent is kept, whatever else has to be repaired."""
    kept = _kept(request) if request.method == "POST" else None
    form = _form(request, kept)
    if isinstance(kept, AttachmentRefused):
        form.is_valid()
        form.add_error("document", attachment_words.refusal(kept.code, PROOF))
    if not form.is_valid():
        return show(request, "method-new.html", {"form": form}, status=422 if form.errors else 200)
    files = form.chosen
    try:
        row = methods.declare(
            wanted=_declared(form.cleaned_data), files=files, owner=owner_of(request),
            actor=request.acting.actor, now=clock.now(),
        )  # fmt: skip
    except methods.ProofMissing:
        form.add_error("document", _("Attach at least one document that proves it."))
    except methods.SiteRefused:
        form.add_error("site", _("Choose a site of the list."))
    except UnknownAttachment:
        form.add_error("document", _("A document is gone. Attach it again."))
    else:
        messages.success(request, _("The method is declared."))
        return redirect("kiosk:method", row.number)
    return show(request, "method-new.html", {"form": form}, status=422)


@require_GET
@employer
def one(request: ActingRequest, number: UUID) -> HttpResponse:
    """One method with its documents."""
    row = _found(request, number)
    context = {
        "row": row,
        "state": methods.state(row, today=clock.today(clock.now())),
        "site_name": queries.site_name(row.works_reference),
        "files": attached.applied(service=PROOF.service, applied_to=str(row.number)),
    }
    return show(request, "method.html", context)


@require_GET
@employer
def document(request: ActingRequest, number: UUID, attachment: UUID) -> HttpResponse:
    """One document of a method; another's and none are the same 404."""
    row = _found(request, number)
    found = attached.file(attachment=attachment, service=PROOF.service, applied_to=str(row.number))
    if found is None:
        raise Http404
    return served(found)


@require_POST
@employer
def end(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Today is its last day."""
    try:
        methods.end(
            number=number, enterprise=number_of(request), actor=request.acting.actor,
            now=clock.now(),
        )  # fmt: skip
    except UnknownMethod:
        raise Http404 from None
    messages.success(request, _("The method is ended: today is its last day."))
    return redirect("kiosk:method", number)


def _kept(request: ActingRequest) -> UUID | AttachmentRefused | None:
    """The document of this form, kept before anything else is looked at."""
    given: Any = request.FILES.get("document")
    if given is None:
        return None
    try:
        made = attachments.attach(
            allowance=PROOF, owner=owner_of(request), name=given.name, data=bytes(given.read()),
            is_cleaned=True, now=clock.now(),
        )  # fmt: skip
    except AttachmentRefused as refusal:
        return refusal
    return made.pk


def _form(request: ActingRequest, kept: UUID | AttachmentRefused | None) -> MethodForm:
    now = clock.now()
    pending = attached.box(allowance=PROOF, owner=owner_of(request)).pending
    sites = crews.sites(enterprise=number_of(request), on=clock.today(now))
    if request.method != "POST":
        initial = {"first": clock.today(now), "attached": [str(one.pk) for one in pending]}
        return MethodForm(sites=sites, pending=pending, initial=initial)
    data = request.POST.copy()
    if isinstance(kept, UUID):
        data.appendlist("attached", str(kept))
    return MethodForm(data, sites=sites, pending=pending)


def _declared(given: dict[str, Any]) -> Declared:
    return Declared(
        works_reference=given["site"],
        name=given["name"],
        description=given["description"],
        guarantees=given["guarantees"],
        origin=given["origin"],
        proof=given["proof"],
        first_day=given["first"],
        last_day=given["last"],
    )


def _found(request: ActingRequest, number: UUID) -> Method:
    row = queries.one_method(number=number, enterprise=number_of(request))
    if row is None:
        raise Http404
    return row
