"""What the pages of the desk share: who comes in, a file found, looks noted, pages shown."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.backoffice.entering import at_one_of
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import officers, queries, words
from guichet.eservices.career_break.office.deciding import (
    DaysOutside,
    Overtaken,
    SamePerson,
    UnknownProposal,
)
from guichet.eservices.career_break.office.officers import NotYours, Officer, OwnFile
from guichet.eservices.career_break.office.operations import (
    ProposalWaiting,
    TooSoon,
    UnknownQuestion,
)
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.pages import LANGUAGE_NAMES
from guichet.rules.career_break.states import StepRefused

RIGHTS: Final = (
    Permission.CAREER_BREAK_DESK, Permission.CAREER_BREAK_SIGN, Permission.CAREER_BREAK_READ,
)  # fmt: skip
PURPOSE: Final = "careerBreak.office"
agent: Final = at_one_of(*RIGHTS)

REFUSED: Final = (NotYours, OwnFile, StepRefused, ProposalWaiting, UnknownProposal, SamePerson,
                  Overtaken, UnknownQuestion, TooSoon, DaysOutside)  # fmt: skip


def officer_of(request: ActingRequest) -> Officer:
    """Who sits at the desk, with the offices that he works for."""
    acting = request.acting
    return officers.officer(
        actor=acting.actor,
        person_id=acting.person_id,
        may_decide=Permission.CAREER_BREAK_DESK in acting.rights,
        may_sign=Permission.CAREER_BREAK_SIGN in acting.rights,
    )


def file_of(ticket: str) -> Request:
    """The file of a ticket, or Http404."""
    row = queries.one(ticket=ticket)
    if row is None:
        raise Http404
    return row


def noted(request: ActingRequest, subjects: Iterable[str]) -> None:
    """Each look at a person leaves a trace."""
    numbers = list(dict.fromkeys(subjects))
    if numbers:
        looked_up(
            viewer=request.acting.actor, subjects=numbers, purpose=PURPOSE, channel="portal",
            now=clock.now(),
        )  # fmt: skip


def refusal(why: Exception) -> str:
    """Why something was not done, in words for the officer."""
    if isinstance(why, StepRefused):
        return _("The file is not in the state that this step asks for. Load the page again.")
    said = {
        NotYours: _("This file is of another office, or you have no right to do this."),
        OwnFile: _("This file concerns yourself: a colleague handles it."),
        ProposalWaiting: _("A decision on this file waits for its second signature."),
        UnknownProposal: _("This decision was signed, sent back or withdrawn meanwhile."),
        SamePerson: _("You proposed this decision: somebody else signs it."),
        Overtaken: _("The file changed after the decision was proposed. Propose it anew."),
        UnknownQuestion: _("This question was answered or closed meanwhile."),
        TooSoon: _("The term of the answer is not over."),
        DaysOutside: _("What is granted or paid must lie within the break that was asked for."),
    }
    return str(said[type(why)])


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def ticket_shown(signs: str) -> str:
    """As people read it."""
    return TicketNumber(signs).formatted()


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the desk, with its words at hand."""
    given = {
        "words": words,
        "service": service,
        "ticket": ticket_shown,
        "niss": lambda digits: Niss(digits).formatted(),
        "service_language": LANGUAGE_NAMES.__getitem__,
        "today": clock.today(clock.now()),
        **context,
    }
    return render(request, f"career_break_desk/{template}", given, status=status)
