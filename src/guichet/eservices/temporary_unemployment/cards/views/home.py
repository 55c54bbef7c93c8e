"""My temporary unemployment: the cards that wait, those that were sent, what was communicated."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment.cards import sheets
from guichet.eservices.temporary_unemployment.cards.views import showing
from guichet.eservices.temporary_unemployment.cards.views.showing import worker
from guichet.platform import clock
from guichet.rules.temporary_unemployment.card_sending import State


@require_GET
@worker
def home(request: ActingRequest) -> HttpResponse:
    """Cards by what they wait for, the oldest first: it is the one to send."""
    showing.noted(request, showing.MINE)
    found = sheets.sheets(niss=request.acting.niss, now=clock.now())
    context = {
        "to_fill": [one for one in reversed(found) if one.is_wanted and one.state != State.SENT],
        "sent": [one for one in found if one.state == State.SENT],
        "others": [one for one in found if not one.is_wanted and not one.on_paper],
        "paper": [one for one in found if one.on_paper],
        "chosen": sheets.preferred(person_id=request.acting.person_id),
    }
    return showing.show(request, "home.html", context)
