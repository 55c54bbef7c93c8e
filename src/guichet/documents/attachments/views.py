"""Attaching and removing files: by a form, or in parts that can be sent again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest, acting_required
from guichet.documents.attachments import operations, queries, words
from guichet.documents.attachments.allowances import Allowance, allowances
from guichet.documents.attachments.forms import AnnounceForm, AttachForm
from guichet.documents.attachments.operations import (
    LARGEST_PART,
    AttachmentRefused,
    Owner,
    UnknownAttachment,
)
from guichet.platform import clock

anybody = acting_required(kind="worker")


def owner_of(request: ActingRequest) -> Owner:
    """Whoever is signed in, for himself or for the enterprise of the session."""
    acting = request.acting
    return Owner(acting.person_id, acting.niss, acting.enterprise_number or "")


@require_http_methods(["GET", "POST"])
@anybody
def box(request: ActingRequest, service: str) -> HttpResponseBase:
    """The files of a form that is not sent yet, and a form to add one."""
    allowance, owner = _allowance(service), owner_of(request)
    form = AttachForm(request.POST, request.FILES) if request.method == "POST" else AttachForm()
    if form.is_valid():
        given: Any = form.cleaned_data["attachment"]
        try:
            operations.attach(
                allowance=allowance,
                owner=owner,
                name=given.name,
                data=bytes(given.read()),
                is_cleaned=form.cleaned_data["clean_picture"],
                now=clock.now(),
            )
        except AttachmentRefused as refusal:
            form.add_error("attachment", words.refusal(refusal.code, allowance))
        else:
            messages.success(request, _("The file is kept. It is not yet sent."))
            return redirect(_back(request, service))
    context = {
        "box": queries.box(allowance=allowance, owner=owner),
        "form": form,
        "words": words,
        "part": LARGEST_PART // 2,
        "back": _back(request, service),
    }
    status = 422 if form.errors else 200
    return render(request, "attachments/page.html", context, status=status)


@require_POST
@anybody
def remove(request: ActingRequest, service: str, attachment: UUID) -> HttpResponseBase:
    """Let go of a file that was not sent."""
    _allowance(service)
    try:
        operations.remove(owner=owner_of(request), attachment=attachment)
    except UnknownAttachment:
        raise Http404 from None
    messages.success(request, _("The file is removed."))
    return redirect(_back(request, service))


@require_GET
@anybody
def download(request: ActingRequest, service: str, attachment: UUID) -> HttpResponse:
    """One's own file, as it was kept."""
    _allowance(service)
    found = queries.own_file(attachment=attachment, owner=owner_of(request))
    if found is None:
        raise Http404
    return served(found)


def served(file: queries.File) -> HttpResponse:
    """A file of somebody as an answer: saved, never opened in our own pages."""
    response = HttpResponse(file.data, content_type=file.kind)
    name = file.name.encode("ascii", "replace").decode("ascii").replace("?", "_")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@anybody
def begin(request: ActingRequest, service: str) -> HttpResponse:
    """A page announces a file that it will send in parts."""
    allowance, form = _allowance(service), AnnounceForm(request.POST)
    if not form.is_valid():
        return _refused("part", allowance)
    try:
        row = operations.begin(
            allowance=allowance,
            owner=owner_of(request),
            name=form.cleaned_data["name"],
            size=form.cleaned_data["size"],
            is_cleaned=form.cleaned_data["clean_picture"],
            now=clock.now(),
        )
    except AttachmentRefused as refusal:
        return _refused(refusal.code, allowance)
    place = reverse("attachments:parts", kwargs={"service": service, "attachment": row.pk})
    return JsonResponse({"parts": place, "received": 0}, status=201)


@require_http_methods(["GET", "PUT", "POST"])
@anybody
def parts(request: ActingRequest, service: str, attachment: UUID) -> HttpResponse:
    """GET: how much is there; PUT with ``Upload-Offset``: the next part; POST: that was all."""
    allowance, owner = _allowance(service), owner_of(request)
    try:
        if request.method == "POST":
            operations.finish(
                allowance=allowance, owner=owner, attachment=attachment, now=clock.now()
            )
            messages.success(request, _("The file is kept. It is not yet sent."))
            return JsonResponse({"state": "pending"})
        if request.method == "PUT":
            there = operations.add_part(
                owner=owner, attachment=attachment, begin=_offset(request), data=request.body
            )
        else:
            there = queries.received(owner=owner, attachment=attachment)
    except UnknownAttachment:
        raise Http404 from None
    except AttachmentRefused as refusal:
        return _refused(refusal.code, allowance)
    return JsonResponse({"received": there})


def _offset(request: HttpRequest) -> int:
    text = request.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise AttachmentRefused("part")
    return int(text)


def _refused(code: str, allowance: Allowance) -> HttpResponse:
    return JsonResponse({"code": code, "text": words.refusal(code, allowance)}, status=422)


def _allowance(service: str) -> Allowance:
    found = allowances().get(service)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, service: str) -> str:
    """Where the form is to which the file belongs; only on this site."""
    place = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(place, allowed_hosts=None) and place.startswith("/"):
        return place
    return reverse("attachments:box", kwargs={"service": service})
