"""The persona picker: one click and one is signed in as somebody of the demonstration.

It exists in simulation only: `config.urls_portal` leaves these routes out of production, and the
views refuse to work there all the same.
"""

from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import NoRight, UnknownPerson, sign_in
from guichet.demo.building import L1
from guichet.demo.persona import Persona
from guichet.demo.personas import PERSONAS
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.registers.postings import queries as postings
from guichet.registers.postings.codes import address_of


@public
@require_GET
def personas(request: HttpRequest) -> HttpResponse:
    """Everybody whom a visitor can be, with a story and a first thing to do."""
    if not settings.ENVIRONMENT.simulation:
        raise Http404
    language = get_language() or "en"
    people = [
        {
            "key": persona.key,
            "name": persona.name,
            "role": persona.role.in_language(language),
            "story": persona.story.in_language(language),
            "first_step": persona.first_step.in_language(language),
            "is_employer": persona.enterprise_number is not None,
        }
        for persona in PERSONAS
    ]
    place = _place(request, request.GET.get("next", ""))
    context = {"people": people, "next": place, "l1": _l1()}
    return render(request, "demo/personas.html", context)


@public
@require_POST
def become(request: HttpRequest, key: str) -> HttpResponseBase:
    """Sign in as a persona; whoever was signed in before is gone."""
    persona = next((one for one in PERSONAS if one.key == key), None)
    if persona is None or not settings.ENVIRONMENT.simulation:
        raise Http404
    try:
        sign_in(
            request,
            niss=persona.niss,
            enterprise_number=persona.enterprise_number,
            quality=persona.quality,
            now=clock.now(),
        )
    except (UnknownPerson, NoRight):
        messages.error(request, _("The demonstration data is not loaded. Run: guichet demo load"))
        return redirect("demo:personas")
    return redirect(_destination(request, persona))


def _l1() -> dict[str, str] | None:
    """The QR code of the mason's L1, to be scanned from the screen or opened."""
    if postings.posting(number=L1) is None:
        return None
    address = address_of(L1)
    image = segno.make(address, error="m", micro=False).svg_data_uri(
        scale=4, border=4, dark="#000", light="#fff"
    )
    parts = urlsplit(address)
    return {"href": f"{parts.path}?{parts.query}", "image": image, "number": L1}


def _destination(request: HttpRequest, persona: Persona) -> str:
    """Where the visitor wanted to go, the persona's first thing to do, or the start page."""
    wanted = _place(request, request.POST.get("next", ""))
    if wanted:
        return wanted
    return persona.first_url if request.POST.get("first") else "/"


def _place(request: HttpRequest, text: str) -> str:
    """``text`` when it is a page of ours, else nothing."""
    hosts = {request.get_host()}
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=hosts)
    return text if is_ours else ""
