"""The duties of an employer with what the facts say of each."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.presence import duties as facts
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.staff import employer
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.presence_duties import Standing, standings


@require_GET
@employer
def duties(request: ActingRequest) -> HttpResponse:
    """A list to go through; counts only, no person is named."""
    own = request.acting.enterprise_number or ""
    found = facts.found(enterprise=own, now=asking.moment())
    told = standings(found.facts)
    names = enterprises.names(numbers=found.silent, language=asking.language())
    context = {
        "told": told,
        "facts": found.facts,
        "since": found.since,
        "silent": [names.get(number, number) for number in found.silent],
        "to_do": sum(one is Standing.TO_DO for one in told.values()),
    }
    return asking.show(request, "duties.html", context)
