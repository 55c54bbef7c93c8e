"""What the pages of a worker share: who may open them, look-ups noted, words at hand."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.career_break import words as terms
from guichet.eservices.career_break.credit import knowing, words
from guichet.eservices.career_break.credit.knowing import Known
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.registers.persons.models import Person

# Nobody needs a right for what is his own; the sign-in must be as sure as that of the service.
own = acting_required(kind="worker", policy=BY_KEY["career-break"].policy)

PURPOSE: Final = "careerBreak.credit"


def person_of(request: ActingRequest) -> Person:
    """Who is signed in: always himself, for whomever he acts."""
    return Person.objects.get(pk=request.acting.person_id)


def known_of(request: ActingRequest) -> Known:
    """What is known of who is signed in; looking at oneself is on record too."""
    now = clock.now()
    looked_up(
        viewer=request.acting.actor,
        subjects=[request.acting.niss],
        purpose=PURPOSE,
        channel="portal",
        now=now,
    )
    return knowing.of_person(person_of(request), today=clock.today(now))


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of this room, with its words."""
    given = {
        **context,
        "words": terms,
        "credit": words,
        "ticket": lambda signs: TicketNumber(signs).formatted(),
    }
    return render(request, f"career_break_credit/{template}", given, status=status)
