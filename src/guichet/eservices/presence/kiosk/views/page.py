"""The page of the kiosk: the same for everybody, nothing of anybody; its key does the rest.

It knows no session: whoever is signed in sees nothing else here, and nothing leads away from it.
"""

import hashlib
import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from guichet.eservices.presence.kiosk.kiosk_words import LANGUAGES, kiosk_words
from guichet.eservices.presence.words import STEPS
from guichet.platform.headers import CONNECT
from guichet.platform.routes import public

# The program of the eID reader on the same computer; it chooses its port.
_BRIDGE: Final = "http://127.0.0.1:*"
_FILES: Final = (
    "vendor/govuk-frontend.min.css", "vendor/jsQR.js", "vendor/public-sans-latin.woff2",
    "vendor/public-sans-latin-ext.woff2", "guichet/guichet.css", "guichet/icon.svg",
    "kiosk/kiosk.css", "kiosk/app.js", "kiosk/bridge.js", "kiosk/calls.js", "kiosk/screens.js",
    "kiosk/signing.js", "kiosk/store.js", "presence/phone/acts.js", "presence/phone/scan.js",
)  # fmt: skip


@require_safe
@public
def page(request: HttpRequest) -> HttpResponse:
    """The kiosk, initialised or not: the script knows."""
    request.META[CONNECT] = _BRIDGE
    language = (get_language() or "en").partition("-")[0]
    return render(request, "kiosk/page.html", {"script": _script(language)})


@require_safe
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: the page and its files stay at hand without a network."""
    files = [static(name) for name in _FILES]
    place = reverse("kiosk:page")
    known = json.dumps([files, kiosk_words(_steps())])
    context = {
        "version": hashlib.sha256(known.encode()).hexdigest()[:16],
        "files": json.dumps(files),
        "shell": json.dumps(place),
    }
    text = get_template("kiosk/worker.js").render(context, request)
    return HttpResponse(
        text,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": place},
    )


def _script(language: str) -> dict[str, Any]:
    doors = {name: reverse(f"kiosk:{name}") for name in ("initialise", "state", "person")}
    return {
        "doors": {**doors, "messages": reverse("kiosk:messages")},
        "worker": reverse("kiosk:worker"),
        "language": language if language in LANGUAGES else "en",
        "words": kiosk_words(_steps()),
    }


def _steps() -> dict[str, Any]:
    return {
        str(step): {"label": one.label, "sentence": one.sentence} for step, one in STEPS.items()
    }
