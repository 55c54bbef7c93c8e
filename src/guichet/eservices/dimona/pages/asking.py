"""What the pages of Dimona share: who may look, look-ups noted, a period found or not."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access.services import BY_KEY, Permission
from guichet.access.sessions import Acting, ActingRequest, NoRight, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.dimona import queries
from guichet.eservices.dimona.emergency import queries as emergencies
from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.niss import Niss

P = ParamSpec("P")
View = Callable[Concatenate[ActingRequest, P], HttpResponseBase]
_POLICY: Final = BY_KEY["dimona"].policy
_LARGEST: Final = 1_000_000_000_000
_AT_ONCE: Final = 5_000


def may_consult(acting: Acting) -> bool:
    """Whether the personnel file is open to him: who declares looks too."""
    return bool(acting.rights & {Permission.DIMONA_CONSULT, Permission.DIMONA_DECLARE})


def consulting(view: View[P]) -> Callable[..., HttpResponseBase]:
    """The page is for who may look at the personnel file of the enterprise he acts for."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_consult(cast(ActingRequest, args[0]).acting):
            raise NoRight(_("You have no right to use this service for this enterprise."))
        return cast(HttpResponseBase, cast(Any, view)(*args, **kwargs))

    return acting_required(kind="employer", policy=_POLICY)(guarded)


def employer_of(request: ActingRequest) -> str:
    """The employer for whom this session acts."""
    return request.acting.enterprise_number or ""


def own_period(request: ActingRequest, number: int) -> PeriodRecord:
    """A period of the employer; another employer's is as unknown as none: Http404."""
    found = queries.period(number) if 0 < number < _LARGEST else None
    if found is None or found.employer != employer_of(request):
        raise Http404
    return found


def noted(acting: Acting, numbers: Iterable[str], *, purpose: str, now: datetime) -> None:
    """Looking at workers leaves a trace: once for each of them."""
    subjects = list(dict.fromkeys(numbers))
    for at in range(0, len(subjects), _AT_ONCE):
        looked_up(
            viewer=acting.actor,
            subjects=subjects[at : at + _AT_ONCE],
            purpose=purpose,
            channel="portal",
            now=now,
        )


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of Dimona, with its words at hand."""
    given = {
        **context,
        "emergency": emergencies.current(),
        "words": words,
        "niss": lambda digits: Niss(digits).formatted(),
        "number_of": lambda digits: EnterpriseNumber(digits).formatted(),
    }
    return render(request, f"dimona/{template}", given, status=status)
