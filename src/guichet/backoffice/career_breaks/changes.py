"""What workers reported after their part was sent: read, and taken note of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import (
    agent,
    file_of,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.officers import NotYours, OwnFile, require_handles
from guichet.eservices.career_break.worker import changes, reading
from guichet.eservices.career_break.worker.forms.changes import FORMS
from guichet.eservices.career_break.worker.models import Change
from guichet.platform import clock, wording

KINDS: Final = {
    "address": gettext_lazy("Address"),
    "household": gettext_lazy("Household"),
    "activity": gettext_lazy("Other activity"),
    "pension": gettext_lazy("Pension"),
    "early_end": gettext_lazy("Early end of the break"),
    "account": gettext_lazy("Bank account"),
}


@dataclass(frozen=True, slots=True)
class Reported:
    """A change with its fields in words: label and answer."""

    row: Change
    kind: Any
    told: tuple[tuple[str, str], ...]


def of_file(row: Request) -> list[Reported]:
    """The changes of a file, the newest first."""
    return [_reported(one) for one in reading.changes(row)]


@require_GET
@agent
def listing(request: ActingRequest) -> HttpResponse:
    """The changes of the officer's offices of which nobody took note yet, the oldest first."""
    officer = officer_of(request)
    found = [one for office in officer.offices for one in reading.unseen_changes(office=office)]
    found.sort(key=lambda one: (one.at, one.pk))
    noted(request, (one.request.person.niss for one in found))
    rows = [_reported(one) for one in found]
    context = {"rows": rows, "officer": officer, "current": "changes"}
    return show(request, "changes.html", context)


@require_POST
@agent
def note(request: ActingRequest, ticket: str, change: str) -> HttpResponseBase:
    """An officer of the office took note of a change."""
    row, officer = file_of(ticket), officer_of(request)
    found = next((one for one in reading.changes(row) if one.ticket == change), None)
    if found is None:
        raise Http404
    try:
        require_handles(officer, row)
    except (NotYours, OwnFile) as why:
        messages.error(request, refusal(why))
    else:
        changes.note(ticket=found.ticket, actor=officer.actor, now=clock.now())
        messages.success(request, _("Noted. The worker sees that the change was read."))
    return redirect("career_break_desk:file", row.ticket)


def _reported(one: Change) -> Reported:
    return Reported(one, KINDS[one.kind], tuple(_told(one)))


def _told(one: Change) -> Iterator[tuple[str, str]]:
    fields = FORMS[one.kind].base_fields
    for name, value in one.content.items():
        field = fields.get(name)
        if field is None:
            continue
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        choices = dict(getattr(field, "choices", ()))
        yield str(field.label).rstrip(" *"), str(choices.get(text, _day(text)))


def _day(text: str) -> str:
    try:
        return wording.day(date.fromisoformat(text))
    except ValueError:
        return text
