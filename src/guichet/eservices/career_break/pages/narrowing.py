"""What an address of the overview asks for: the list on the page, on paper and in a file alike."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import search
from guichet.eservices.career_break.forms.search import YEARS_BACK, SearchForm, defaults
from guichet.eservices.career_break.pages import asking
from guichet.eservices.career_break.search import Wanted
from guichet.kernel.period import months_before
from guichet.platform import clock

# A number of a person stands in the session, never in an address.
KEPT: Final = "career_break.worker"
NAMES: Final = ("ticket", "since", "until")
LISTS: Final = ("leave", "regime", "state")


def given(request: ActingRequest) -> dict[str, str]:
    """The parameters of the list that the address has."""
    names = (*NAMES, *LISTS, "worker", "size", "order")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def asked(request: ActingRequest) -> tuple[SearchForm, Wanted | None]:
    """The form that the address fills, and what it asks for; None where it makes no sense."""
    told, first = given(request), earliest()
    employer = asking.employer_of(request)
    form = SearchForm(_bound(request, told, first), employer=employer)
    if not form.is_valid():
        return form, None
    wanted = form.wanted(employer=employer, earliest=first, today=clock.today(clock.now()))
    if told.get("worker") and not wanted.niss:
        wanted = replace(wanted, niss="-")  # this session does not know whom: nobody
    return form, wanted


def order(request: ActingRequest) -> str:
    """The column that the address sorts by, with a hyphen from the end; the newest first."""
    told = request.GET.get("order", "")
    return told if told.removeprefix("-") in search.ORDERS else search.NEWEST


def earliest() -> date:
    """Before this day nothing is shown."""
    return months_before(clock.today(clock.now()), months=12 * YEARS_BACK)


def _bound(request: ActingRequest, told: dict[str, str], first: date) -> dict[str, Any]:
    """What the address says, on top of the defaults."""
    found = defaults(first)
    found |= {name: told[name] for name in NAMES if name in told}
    found |= {name: told[name].split(".") for name in LISTS if name in told}
    if told.get("worker"):
        found["niss"] = request.session.get(KEPT, "")
    return found
