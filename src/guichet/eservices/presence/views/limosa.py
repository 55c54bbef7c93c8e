"""Checking the L1 of a posted worker. A number never stands in an address: the form is posted."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import postings
from guichet.eservices.presence.forms import LimosaForm
from guichet.eservices.presence.postings import Least
from guichet.eservices.presence.views import asking
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises

employer = acting_required(kind="employer", service="presence")


@require_http_methods(["GET", "POST"])
@employer
def check(request: ActingRequest) -> HttpResponse:
    """The number or the content of the QR code, a day, and what the register says."""
    now = asking.moment()
    today = clock.today(now)
    if request.method == "GET":
        return asking.show(request, "limosa.html", {"form": LimosaForm(initial={"day": today})})
    form = LimosaForm(request.POST)
    if not form.is_valid():
        return asking.show(request, "limosa.html", {"form": form}, status=422)
    own = request.acting.enterprise_number or ""
    found = postings.looked_at(
        number=form.cleaned_data["code"], on=form.cleaned_data["day"] or today, enterprise=own
    )
    if found.posting is not None:
        looked_up(
            viewer=request.acting.actor,
            subjects=[found.posting.niss],
            purpose="presence.limosa",
            channel="portal",
            now=now,
        )
    shown = postings.least(looked=found, enterprise=own)
    context = {
        "form": form, "number": found.number.text, "on": found.on, "verdict": found.verdict,
        "shown": shown, "employer_name": _name(shown),
    }  # fmt: skip
    return asking.show(request, "limosa.html", context)


def _name(shown: Least | None) -> str:
    number = shown.employer if shown else ""
    return enterprises.names(numbers=[number], language=asking.language()).get(number, "")
