"""Files of communications on this site: send one, the list, one with its forms, its answers."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.chaman import signers
from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    limits,
    operations,
    queries,
    words,
)
from guichet.eservices.temporary_unemployment.messages.contents import TooLarge
from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.messages.naming import NameRefused
from guichet.eservices.temporary_unemployment.messages.operations import (
    By,
    NameUsed,
    SignatureMissing,
    TooManyOpen,
)
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.paging import paging
from guichet.registers.exchanges.pages import saved
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import sentence

_XML: Final = "application/xml"
# Between two looks at a file that is being handled.
_SECONDS: Final = 5
_MISSING: Final = gettext_lazy("Choose a file.")
_EMPTY: Final = gettext_lazy("This file is empty. Choose another one.")
_ERRORS: Final = {"required": _MISSING, "missing": _MISSING, "invalid": _MISSING, "empty": _EMPTY}


class SendForm(forms.Form):
    """A declaration and its signature."""

    declaration = forms.FileField(
        label=gettext_lazy("File of communications (FI)"),
        help_text=gettext_lazy(
            "XML under its own name, for instance FI.TWCT.123456.20250317.00001.R.1.1."
        ),
        error_messages=_ERRORS,
    )
    signature = forms.FileField(
        label=gettext_lazy("Its signature (FS)"),
        help_text=gettext_lazy(
            "CMS beside the file, by a registered certificate; not needed in a simulation."
        ),
        required=False,
        error_messages=_ERRORS,
    )


@require_http_methods(["GET", "POST"])
@asking.guarded
def listing(request: ActingRequest) -> HttpResponseBase:
    """The files of this sender, the newest first, and the form to send one."""
    party = signers.sending_party(enterprise=_enterprise(request))
    if request.method == "GET" or party is None:
        return _list(request, SendForm(), has_number=party is not None)
    form = SendForm(request.POST, request.FILES)
    by = By(party, "web", request.acting.actor)
    ticket = _sent(form, by) if form.is_valid() else None
    if ticket is not None:
        return redirect("temporary_unemployment_files:file", ticket)
    return _list(request, form, has_number=True, status=422)


@require_GET
@asking.guarded
def one(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """One file: how far it is, and each of its forms with what was found."""
    row = _own(request, ticket)
    is_narrow = request.GET.get("only") == "refused"
    total = queries.form_count(delivery=row.pk, only_refused=is_narrow)
    page = paging(request.GET, total=total)
    rows = queries.forms(
        delivery=row.pk, limit=page.size, offset=page.offset, only_refused=is_narrow
    )
    is_waiting = row.state in ("waiting", "received", "accepted")
    context = {
        "file": row,
        "employer": asking.employer_of(request),
        "rows": rows,
        "paging": page,
        "only_refused": is_narrow,
        "given": {name: request.GET[name] for name in ("size", "only") if request.GET.get(name)},
        "looks_again": _SECONDS if is_waiting and request.GET.get("still") != "yes" else 0,
        "why": words.refusal(row.code, row.reason) if row.code else "",
    }
    return _show(request, "file.html", context)


@require_GET
@asking.guarded
def receipt(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The receipt (ACRF) as a file."""
    row = _own(request, ticket)
    data = queries.receipt(row)
    if data is None:
        raise Http404
    return saved(HttpResponse(data, content_type=_XML), f"receipt-{row.ticket}.xml")


@require_GET
@asking.guarded
def notifications(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The notifications (NOTI) as a file."""
    row = _own(request, ticket)
    if row.state != "done" or row.done_at is None:
        raise Http404
    written = answering.notification_pieces(row, made_at=row.done_at)
    answer = StreamingHttpResponse(written, content_type=_XML)
    return saved(answer, f"notifications-{row.ticket}.xml")


def _sent(form: SendForm, by: By) -> str | None:
    """The ticket of the file; None when the form says what is wrong."""
    declaration, signature = form.cleaned_data["declaration"], form.cleaned_data["signature"]
    try:
        sent = operations.send(
            name=declaration.name,
            declaration=declaration.chunks(),
            signature=signature.chunks() if signature else None,
            limit=limits.of_files().largest,
            by=by,
            now=clock.now(),
        )
    except NameRefused as refusal:
        form.add_error("declaration", str(words.REASONS[refusal.why.value]))
    except SignatureMissing:
        form.add_error("signature", str(words.REASONS["missing"]))
    except NameUsed:
        form.add_error("declaration", str(words.REASONS["used"]))
    except TooLarge:
        form.add_error("declaration", str(words.REASONS["too_large"]))
    except TooManyOpen:
        form.add_error(None, gettext_lazy("Too many files wait for their other half."))
    else:
        return sent.ticket
    return None


def _list(
    request: ActingRequest, form: SendForm, *, has_number: bool, status: int = 200
) -> HttpResponse:
    enterprise = _enterprise(request)
    page = paging(request.GET, total=queries.count(enterprise=enterprise))
    context = {
        "form": form,
        "has_number": has_number,
        "rows": queries.deliveries(enterprise=enterprise, limit=page.size, offset=page.offset),
        "paging": page,
        "given": {"size": request.GET.get("size", "")},
        "bounds": limits.of_files(),
    }
    return _show(request, "files.html", context, status=status)


def _own(request: ActingRequest, ticket: str) -> Delivery:
    row = queries.delivery(enterprise=_enterprise(request), ticket=ticket)
    if row is None:
        queries.note_stranger(
            ticket=ticket, actor=request.acting.actor, channel="portal", now=clock.now()
        )
        raise Http404
    return row


def _enterprise(request: ActingRequest) -> str:
    """Who sends: by mandate the mandatary, whose number stands in the names."""
    return request.acting.actor.mandatary or asking.employer_of(request)


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    given = {
        **context,
        "said": words,
        "ticket": lambda signs: TicketNumber(signs).formatted(),
        "fault": _in_words,
    }
    return render(request, f"temporary_unemployment_messages/{template}", given, status=status)


def _in_words(fault: Fault) -> str:
    language = (get_language() or "en").partition("-")[0]
    return sentence(fault).in_language(language)
