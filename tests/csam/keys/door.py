"""Browsers at the sign-in provider: somebody on his profile, or a sign-in under way."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from guichet.csam.keys.holders import Holder
from guichet.csam.provider import logins
from guichet.csam.provider.logins import Identified
from guichet.csam.provider.models import Login
from guichet.platform import clock
from guichet.rules.assurance import Means
from tests.csam.keys.people import PASSWORD
from tests.csam.relying_party import URN, RelyingParty
from tests.portal.browsing import words


class Visitor:
    """Opens browsers, each of its own."""

    def __init__(self) -> None:
        self.client = Client()

    def profile(self, owner: Holder) -> Client:
        """A browser in which ``owner`` is on his profile."""
        party = RelyingParty()
        party.browser.get("/profile/sign-in/", {"next": "/keys/", "level": "100"})
        request = party.request()
        identified = Identified(
            niss=owner.niss, level=owner.level, means=Means(owner.means), amr=(owner.means,)
        )
        logins.finish(request, login=party.login, identified=identified, now=clock.now())
        request.session.save()
        key = request.session.session_key or ""
        party.browser.cookies[settings.SESSION_COOKIE_NAME] = key
        self.client = party.browser
        return self.client

    def login(self, *, min_level: int = 200, means: tuple[Means, ...] = ()) -> Client:
        """A browser that a service sent here."""
        party = RelyingParty()
        words = " ".join(means) or None
        party.ask(acr_values=f"{URN}Level{min_level}", means=words, ui_locales="en")
        self.client = party.browser
        return self.client

    def was_sent_to_sign_in(self, answer: Any, *, level: int) -> bool:
        """Whether the page asks for a session of the profile at this level."""
        place = answer.headers.get("Location", "")
        return place.startswith("/profile/sign-in/?next=") and f"level={level}" in place

    def was_told_to_begin_again(self, answer: Any) -> bool:
        """Whether there is no sign-in in this browser."""
        return answer.status_code == 403 and b"This sign-in has ended" in answer.content

    def identified(self, answer: Any) -> tuple[str, int, str]:
        """Whom the service is told about: number, level, means."""
        assert answer.status_code == 303, answer.content.decode()[-2000:]
        assert answer["Location"].startswith(settings.ENVIRONMENT.url)
        login = Login.objects.select_related("person").latest("pk")
        assert login.state == Login.State.ANSWERED
        assert login.person is not None
        return login.person.niss, login.level or 0, login.means_used


def read(answer: Any, status: int = 200) -> str:
    """What a page says, once its status is the expected one."""
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return words(answer.content.decode())


def password(client: Client, place: str = "/keys/sign-in/", **changed: str) -> Any:
    """Send user name and password."""
    return client.post(place, {"user_name": "leadubois1", "password": PASSWORD, **changed})
