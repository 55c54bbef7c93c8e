"""The button as an installable app: manifest, service worker, the page without a network.

All three are the same for everybody and hold nothing of anybody. The worker's scope is the folder
of the button: no other page of the portal ever passes through it.
"""

import hashlib
import json
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from guichet.eservices.presence.phone_words import phone_words
from guichet.platform.routes import public

LANGUAGES: Final = ("en", "fr", "nl", "de")
_FILES: Final = (
    "vendor/govuk-frontend.min.css",
    "vendor/jsQR.js",
    "vendor/public-sans-latin.woff2",
    "vendor/public-sans-latin-ext.woff2",
    "guichet/guichet.css",
    "guichet/pages.css",
    "guichet/pages.js",
    "guichet/icon.svg",
    "presence/presence.css",
    "presence/phone/app.js",
    "presence/phone/acts.js",
    "presence/phone/outbox.js",
    "presence/phone/position.js",
    "presence/phone/scan.js",
    "presence/phone/sending.js",
    "presence/phone/shell.js",
    "presence/phone/store.js",
)


def script_page(*, language: str, **more: Any) -> dict[str, Any]:
    """What the script is told by a page, as JSON."""
    place = reverse("presence:clock")
    return {
        "place": place,
        "worker": f"{reverse('presence:clock-worker')}?language={language}",
        "tokenPlace": reverse("presence:clock-token"),
        "latePlace": reverse("presence:clock-late"),
        "words": phone_words(),
        "isShell": False,
        "last": 0,
        "owner": "",
        "known": {},
        "cancelled": [],
        "situation": None,
        **more,
    }


@require_safe
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps; a changed list is a new version."""
    language = _language(request.GET.get("language", "en"))
    files = [static(name) for name in _FILES]
    place = reverse("presence:clock-offline", args=[language])
    with override(language):
        words = json.dumps(phone_words())
    page: Any = get_template("presence/offline.html")  # of Jinja2, which knows its file
    shell = page.template.filename
    known = "\n".join([*files, place, words, _text(shell)])
    context = {
        "version": hashlib.sha256(known.encode()).hexdigest()[:16],
        "files": json.dumps(files),
        "shell": json.dumps(place),
    }
    text = get_template("presence/worker.js").render(context, request)
    return HttpResponse(
        text,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": reverse("presence:clock")},
    )


@require_safe
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C): name, icons, where it starts."""
    place = reverse("presence:clock")
    icons = [
        {"src": static(f"presence/icons/{size}.png"), "sizes": f"{size}x{size}",
         "type": "image/png", "purpose": "any maskable"}
        for size in (192, 512)
    ]  # fmt: skip
    vector = {"src": static("guichet/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "id": place,
        "name": "Check In and Out at Work",
        "short_name": _("Check in and out"),
        "start_url": place,
        "scope": place,
        "display": "standalone",
        "background_color": "#fbf7f1",
        "theme_color": "#5b1f4a",
        "icons": [vector, *icons],
    }
    return HttpResponse(
        json.dumps(told),
        content_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


@require_safe
@public
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """The button without a network: what stands on it comes from the phone itself."""
    with override(_language(language)):
        told = script_page(language=language, isShell=True)
        return render(request, "presence/offline.html", {"script": told})


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise Http404
    return text


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as stream:
        return stream.read()
