"""The moment of the portal's tests, and a browser in which somebody is signed in."""

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from guichet.access.sessions import sign_in
from guichet.platform import clock

NOW = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)  # 15:40 in Brussels, a Tuesday


def signed_in(niss: str, enterprise: str | None = None, **given: Any) -> Client:
    """A browser in which this person is signed in; ``given``: by what means, at what level."""
    client = Client()
    request = HttpRequest()
    request.session = client.session
    sign_in(request, niss=niss, enterprise_number=enterprise, now=clock.now(), **given)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client


def text(client: Client, place: str) -> str:
    """What the page at this place says."""
    response = client.get(place)
    assert response.status_code == 200, response.status_code
    return words(response.content.decode())


def words(page: str) -> str:
    """The words of the main part of a page: no tags, no drawings, single blanks, plain dashes."""
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0].partition(">")[2]
    main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.S)
    bare = re.sub(r"<[^>]+>", " ", main).replace("\N{EN DASH}", "-")
    return " ".join(bare.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ").split())
