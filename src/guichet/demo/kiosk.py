"""The page that tells how to start the kiosk of the demonstration, and gives what it needs."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.demo import gate
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.registers.works import queries as works


@public
@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """What there is to try; a POST shows a one-time code and a new card, this once."""
    if not settings.ENVIRONMENT.simulation:
        raise Http404
    begun = _begun(request) if request.method == "POST" else None
    site = works.site(reference=gate.SITE)
    context = {
        "site": site,
        "begun": begun,
        "code": "" if begun is None else _grouped(begun.code),
        "card": "" if begun is None else _grouped(begun.card),
        "image": "" if begun is None else _image(begun.card),
        "badge": gate.BADGE,
        "address": request.build_absolute_uri(reverse("kiosk:page")),
    }
    is_refused = request.method == "POST" and begun is None
    return render(request, "demo/kiosk.html", context, status=409 if is_refused else 200)


def _begun(request: HttpRequest) -> gate.Begun | None:
    try:
        return gate.begin(now=clock.now())
    except gate.NotLoaded:
        messages.error(request, _("The demonstration data is not loaded. Run: guichet demo load"))
        return None


def _grouped(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _image(token: str) -> str:
    code = segno.make(token, error="m", micro=False)
    return code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
