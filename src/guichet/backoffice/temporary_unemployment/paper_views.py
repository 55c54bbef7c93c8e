"""Registered letters: one is recorded, its proof is read, a waiver of the director is entered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.backoffice.temporary_unemployment.entrance import (
    agent,
    noted,
    officer_of,
    refusal,
    row_of,
    show,
    ticket_shown,
)
from guichet.backoffice.temporary_unemployment.paper_form import PaperForm, WaiverForm
from guichet.documents.attachments import queries as attached
from guichet.documents.attachments import words as attachments
from guichet.documents.attachments.operations import AttachmentRefused
from guichet.documents.attachments.views import served
from guichet.eservices.temporary_unemployment import queries as received
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import paper
from guichet.eservices.temporary_unemployment.office.allowances import PROOF
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer
from guichet.eservices.temporary_unemployment.office.paper import (
    InTheFuture,
    NotAdmitted,
    UnknownEmployer,
)
from guichet.eservices.temporary_unemployment.operations import Refused
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.registers.enterprises import queries as enterprises


@require_http_methods(["GET", "POST"])
@agent
def choose(request: ActingRequest) -> HttpResponseBase:
    """Key in a letter; the rules judge it as any other communication."""
    officer = officer_of(request)
    is_sent = request.method == "POST"
    form = PaperForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        ticket = _recorded(form, officer)
        if ticket:
            said = _("The letter is recorded under ticket %(ticket)s.")
            messages.success(request, said % {"ticket": ticket_shown(ticket)})
            return redirect("temporary_unemployment_desk:file", ticket)
    return _page(request, form, WaiverForm(), officer)


@require_POST
@agent
def waiver(request: ActingRequest) -> HttpResponseBase:
    """The director lets an employer write."""
    officer = officer_of(request)
    form = WaiverForm(request.POST)
    if form.is_valid():
        try:
            paper.waive(
                employer=form.cleaned_data["employer"], given_on=form.cleaned_data["given_on"],
                officer=officer, now=clock.now(),
            )  # fmt: skip
        except NotYours as why:
            form.add_error(None, refusal(why))
        except InTheFuture:
            form.add_error("given_on", _("A letter cannot be of a day to come."))
        except UnknownEmployer:
            form.add_error("employer", _("No enterprise has this number."))
        else:
            messages.success(request, _("The waiver is recorded."))
            return redirect("temporary_unemployment_desk:paper")
    return _page(request, PaperForm(), form, officer)


@writes_on_get("opening a proof leaves a line in the trail")
@require_GET
@agent
def proof(request: ActingRequest, ticket: str, attachment: UUID) -> HttpResponse:
    """A file that was joined to a letter."""
    row = row_of(ticket)
    found = attached.file(attachment=attachment, service=PROOF.service, applied_to=row.ticket)
    if found is None:
        raise Http404
    noted(request, [line.niss for line in received.lines(row)])
    trail.record(
        action="temporaryUnemployment.proof.opened", actor=request.acting.actor,
        target=row.ticket, now=clock.now(),
    )  # fmt: skip
    return served(found)


def _recorded(form: PaperForm, officer: Officer) -> str:
    """The ticket; empty when something stood in its way, which the form says."""
    now = clock.now()
    try:
        row = paper.record(
            told=form.communication(now=now), letter=form.letter(), officer=officer, now=now,
            confirmed=form.cleaned_data["confirmed"],
        )  # fmt: skip
    except NotYours as why:
        form.add_error(None, refusal(why))
    except InTheFuture:
        form.add_error("letter_on", _("A letter cannot be of a day to come."))
    except NotAdmitted:
        form.add_error("ground", _("This ground does not hold on the day of the letter."))
    except Refused as refused:
        form.refuse(refused.faults)
    except AttachmentRefused as refused:
        form.add_error("proof", attachments.refusal(refused.code, PROOF))
    else:
        return row.ticket
    return ""


def _page(
    request: ActingRequest, form: PaperForm, given: WaiverForm, officer: Officer
) -> HttpResponse:  # fmt: skip
    waivers = paper.waivers()
    names = enterprises.names(
        numbers={one.employer.number for one in waivers}, language=words.language()
    )
    context = {
        "form": form if not given.errors else given, "letter": form, "waiver": given,
        "waivers": waivers, "names": names, "officer": officer, "current": "paper",
    }  # fmt: skip
    return show(
        request, "paper.html", context, status=422 if form.errors or given.errors else 200
    )  # fmt: skip
