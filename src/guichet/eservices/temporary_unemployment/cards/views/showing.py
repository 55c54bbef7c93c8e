"""What the worker's pages share: who may use them, a card of his own, his look-ups noted."""

import logging
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.temporary_unemployment.cards import sheets, words
from guichet.eservices.temporary_unemployment.cards.marking import Key
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.card_sending import exclusion

worker: Final = acting_required(kind="worker", policy=BY_KEY["temporary-unemployment"].policy)
MINE: Final = "temporaryUnemployment.mine"
CARD: Final = "temporaryUnemployment.card"
_YEARS: Final = range(2025, 2100)
_log = logging.getLogger(__name__)


def own(request: ActingRequest, employer: str, year: int, number: int) -> Sheet:
    """A card of the person; somebody else's and none are the same: Http404."""
    found = None
    if year in _YEARS and 1 <= number <= 12:
        month = date(year, number, 1)
        found = sheets.sheet(
            niss=request.acting.niss, employer=employer, month=month, now=clock.now()
        )
    if found is None:
        _log.warning("a control card was asked for that is not one of the reader's")
        raise Http404
    noted(request, CARD)
    return found


def key(request: ActingRequest, found: Sheet) -> Key:
    """Whose card it is."""
    return Key(request.acting.niss, found.employer, found.month)


def noted(request: ActingRequest, purpose: str) -> None:
    """Looking at oneself is noted too."""
    looked_up(
        viewer=himself(request), subjects=[request.acting.niss], purpose=purpose,
        channel="portal", now=clock.now(),
    )  # fmt: skip


def himself(request: ActingRequest) -> Actor:
    """The person for himself, whatever enterprise he acts for otherwise."""
    return Actor("person", request.acting.niss)


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def firm(number: str) -> str:
    """The name of an employer in the language of the page."""
    return enterprises.names(numbers=[number], language=language()).get(number, number)


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the worker, with its words at hand."""
    today = clock.today(clock.now())
    given = {
        "words": words,
        "firm": cache(firm),  # for this page
        "today": today,
        "exclusion": exclusion(today),
        "ticket": lambda signs: TicketNumber(signs).formatted(),
        **context,
    }
    return render(request, f"temporary_unemployment_mine/{template}", given, status=status)
