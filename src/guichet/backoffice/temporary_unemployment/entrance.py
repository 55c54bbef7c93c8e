"""What the pages of the desk share: who comes in, a communication found, looks noted, pages."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.backoffice.entering import at_one_of
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import letter_texts, officers, queries
from guichet.eservices.temporary_unemployment.office.deciding import (
    Gap,
    SamePerson,
    UnknownCommunication,
)
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer, OwnFile
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.temporary_unemployment.decisions import Code, Result, meaning, result_word
from guichet.rules.temporary_unemployment.findings import word
from guichet.rules.temporary_unemployment.kinds import PaperGround
from guichet.rules.temporary_unemployment.states import StepRefused

RIGHTS: Final = (
    Permission.TEMPORARY_UNEMPLOYMENT_DESK,
    Permission.TEMPORARY_UNEMPLOYMENT_SIGN,
    Permission.TEMPORARY_UNEMPLOYMENT_READ,
)
PURPOSE: Final = "temporaryUnemployment.office"
agent: Final = at_one_of(*RIGHTS)

REFUSED: Final = (NotYours, OwnFile, SamePerson, StepRefused, UnknownCommunication)


def officer_of(request: ActingRequest) -> Officer:
    """Who sits at the desk, with the offices that he works for."""
    acting = request.acting
    return officers.officer(
        actor=acting.actor,
        person_id=acting.person_id,
        may_decide=Permission.TEMPORARY_UNEMPLOYMENT_DESK in acting.rights,
        may_sign=Permission.TEMPORARY_UNEMPLOYMENT_SIGN in acting.rights,
    )


def row_of(ticket: str) -> Communication:
    """The communication of a ticket, or Http404."""
    row = queries.one(ticket=ticket)
    if row is None:
        raise Http404
    return row


def noted(request: ActingRequest, subjects: Iterable[str]) -> None:
    """Each look at a worker leaves a trace."""
    numbers = list(dict.fromkeys(subjects))
    if numbers:
        looked_up(
            viewer=request.acting.actor, subjects=numbers, purpose=PURPOSE, channel="portal",
            now=clock.now(),
        )  # fmt: skip


def refusal(why: Exception) -> str:
    """Why something was not done, in words for the officer."""
    if isinstance(why, StepRefused):
        return words.said(word(why.why))
    said = {
        NotYours: _("This communication is of another office, or you have no right to do this."),
        OwnFile: _("You are named in this communication: a colleague handles it."),
        SamePerson: _("You took this decision: somebody else revises it."),
        UnknownCommunication: _("No communication has this ticket."),
    }
    return str(said[type(why)])


def gap_words(gap: Gap) -> tuple[str, str]:
    """The field where something is missing, and what to say there."""
    return {
        Gap.CODE_MISSING: ("codes", _("Choose at least one reason.")),
        Gap.CODE_UNWANTED: ("codes", _("A decision that accepts everything has no reason.")),
        Gap.TEXT_MISSING: ("text", _("Reason R99 is explained in your own words.")),
        Gap.DAYS_OUTSIDE: (
            "accepted_from", _("What is accepted must lie within what was communicated."),
        ),
        Gap.DAYS_MISSING: ("accepted_from", _("Say from when it is accepted.")),
        Gap.NOTHING_LESS: (
            "accepted_from", _("Nothing is taken away: accept it, or say what is not accepted."),
        ),
        Gap.WHY_MISSING: ("why", _("Say why the decision is revised.")),
    }[gap]  # fmt: skip


def ticket_shown(signs: str) -> str:
    """As people read it."""
    return TicketNumber(signs).formatted()


def result(value: str) -> str:
    """A result in words."""
    return words.said(result_word(Result(value)))


def code(value: str) -> str:
    """A reason with its code and its name."""
    return f"{value} {words.said(meaning(Code(value)).name)}"


def ground(value: str) -> str:
    """Why a registered letter is allowed."""
    return words.said(word(PaperGround(value)))


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the desk, with its words at hand."""
    given = {
        "words": words,
        "ticket": ticket_shown,
        "niss": lambda digits: Niss(digits).formatted(),
        "result": result,
        "code": code,
        "ground": ground,
        "file_name": letter_texts.file_name,
        "today": clock.today(clock.now()),
        **context,
    }
    return render(request, f"temporary_unemployment_desk/{template}", given, status=status)
