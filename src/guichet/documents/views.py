"""The verifier for everybody; documents for those they were issued to."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.documents import kinds, operations, queries, verification, words
from guichet.documents.forms import CodeForm, FileForm, data_of
from guichet.documents.models import State
from guichet.documents.queries import Known, Row
from guichet.kernel.document_code import DocumentCode
from guichet.platform import clock, wording
from guichet.platform.routes import public
from guichet.rules.assurance import Policy

# As sure as for the services that issue documents and for the e-Box. [OUR CHOICE]
reader: Final = acting_required(kind="worker", policy=Policy(300))


@public
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Two forms; with a code in the address, what document that is."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    context: dict[str, Any] = {"code_form": form}
    if form.is_valid():
        code: DocumentCode = form.cleaned_data["code"]
        known = queries.known(reference=code.signs)
        context |= {"asked": code.formatted(), "known": _shown(known)}
    return _verifier(request, context, status=422 if form.errors else 200)


@public
@require_http_methods(["POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Without JavaScript: the file is looked at in memory, and forgotten with the request."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _verifier(request, {"file_form": form}, status=422)
    verdict = verification.of_file(data_of(form))
    return _verifier(request, {"verdict": verdict, "known": _shown(verdict.known)})


@public
@require_GET
def by_digest(request: HttpRequest, digest: str) -> HttpResponse:
    """For the page: whether a file with this SHA-256 was issued here; the file stays there."""
    known = _shown(queries.known(digest=digest))
    return JsonResponse({"known": known is not None, **(known or {})})


@require_GET
@reader
def mine(request: ActingRequest) -> HttpResponse:
    """The documents of the person, or of the enterprise for which he acts."""
    rows = queries.documents_of(acting=request.acting)
    context = {"rows": [_listed(row) for row in rows], "longest": queries.LONGEST_LIST}
    return render(request, "documents/mine.html", context)


@require_GET
@reader
def detail(request: ActingRequest, reference: str) -> HttpResponse:
    """How far a document is, and the document once it is there."""
    row = _own(request, reference)
    told = kinds.kind(row.kind).told
    context = _listed(row) | {
        "told": told(row.reference) if told else "",
        "problem": words.problem(row.progress),
        "is_waiting": row.progress.state is State.REQUESTED,
        "code": DocumentCode(row.reference).formatted(),
    }
    return render(request, "documents/detail.html", context)


@require_POST
@reader
def again(request: ActingRequest, reference: str) -> HttpResponseBase:
    """One more try for a document that could not be made."""
    row = _own(request, reference)
    try:
        operations.try_again(reference=row.reference, actor=request.acting.actor, now=clock.now())
    except operations.NotFailed:
        messages.info(request, _("This document did not fail."))
    return redirect("documents:detail", row.reference)


@require_GET
@reader
def download(request: ActingRequest, reference: str) -> HttpResponse:
    """The sealed document itself."""
    row = _own(request, reference)
    pdf = queries.sealed_pdf(reference=row.reference)
    if pdf is None:
        raise Http404
    acting = request.acting
    others = [
        number for number in row.subjects if acting.enterprise_number or number != acting.niss
    ]
    if others:
        looked_up(
            viewer=acting.actor,
            subjects=others,
            purpose="documents.download",
            channel="portal",
            now=clock.now(),
        )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = DocumentCode(row.reference).formatted().lower()
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _own(request: ActingRequest, reference: str) -> Row:
    row = queries.document_of(acting=request.acting, reference=reference)
    if row is None:
        raise Http404
    return row


def _listed(row: Row) -> dict[str, Any]:
    state = row.progress.state
    return {
        "row": row,
        "kind": words.kind(row.kind),
        "state": words.STATES[state],
        "look": words.LOOKS[state],
        "is_ready": state is State.SEALED,
        "has_failed": state is State.FAILED,
    }


def _shown(known: Known | None) -> dict[str, str] | None:
    if known is None:
        return None
    return {
        "kind": words.kind(known.kind),
        "day": wording.day(known.requested_at),
        "code": DocumentCode(known.reference).formatted(),
        "digest": known.digest,
    }


def _verifier(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    shared = {
        "code_form": CodeForm(),
        "file_form": FileForm(),
        "asked": "",
        "verdict": None,
        "known": None,
        "words": words,
        "keys": verification.public_keys(),
    }
    return render(request, "documents/verify.html", shared | context, status=status)
