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
    numbers = {*found.silent, *found.unsettled}
    names = enterprises.names(numbers=numbers, language=asking.language())
    context = {
        "told": told,
        "facts": found.facts,
        "since": found.since,
        "missing": {
            "subcontractors": [names.get(number, number) for number in found.silent],
            "interim": [names.get(number, number) for number in found.unsettled],
        },
        "told_on": found.told_on,
        "agreements": found.agreements,
        "to_do": sum(one is Standing.TO_DO for one in told.values()),
    }
    return asking.show(request, "duties.html", context)
