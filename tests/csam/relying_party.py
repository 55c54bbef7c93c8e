"""A relying party for the tests of the provider: asks as the portal does, in this process."""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet

from guichet.audit.actors import system
from guichet.csam.provider import logins
from guichet.csam.provider.logins import Identified
from guichet.csam.provider.models import Login
from guichet.demo import numbers
from guichet.platform import clock
from guichet.platform.db import savepoint
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.assurance import Means

BASE: Final = "/fas/oauth2"
URN: Final = "urn:be:fedict:iam:fas:"
ACTOR: Final = system("tests")
AMINA: Final = numbers.niss(born_on=date(1985, 7, 31), is_female=True)
VERIFIER: Final = "v" * 64


def a_person(niss: str = AMINA, given: str = "Amina", family: str = "Roussel") -> str:
    """Somebody whom the register knows; his number."""
    record = PersonRecord(niss, given, family, date(1985, 7, 31), "fr", "amina@example.org")
    with savepoint():
        persons.register(person=record, actor=ACTOR, now=clock.now())
    return niss


@dataclass
class RelyingParty:
    """One browser on its way through a sign-in, and the relying party that sent it."""

    browser: Client = field(default_factory=Client)

    @property
    def redirect_uri(self) -> str:
        """Where the portal is called back."""
        return f"{settings.ENVIRONMENT.url}/sign-in/callback/"

    def asked(self, **changed: Any) -> dict[str, str]:
        """The parameters of a good question; a change to None leaves one out."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
        good = {
            "client_id": settings.ENVIRONMENT.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": "openid profile egovnrn",
            "state": "state-1",
            "nonce": "nonce-1",
            "acr_values": f"{URN}citizen:Level300",
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "ui_locales": "fr",
        }
        return {name: value for name, value in (good | changed).items() if value is not None}

    def ask(self, **changed: Any) -> Any:
        """Send the browser to the provider."""
        return self.browser.get(f"{BASE}/authorize", self.asked(**changed))

    @property
    def login(self) -> Login:
        """The sign-in under way in this browser."""
        value = self.browser.cookies[logins.COOKIE].value
        return Login.objects.get(browser=logins.digest(value))

    def identify(self, *, niss: str = AMINA, level: int = 500, means: Means = Means.EID) -> Any:
        """Let a means identify somebody, as its view would."""
        request = self.request()
        return logins.finish(
            request,
            login=self.login,
            identified=Identified(niss=niss, level=level, means=means, amr=(means.value,)),
            now=clock.now(),
        )

    def request(self) -> HttpRequest:
        """A request of this browser, with its session."""
        request = HttpRequest()
        request.method = "POST"
        request.META |= {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
        request.session = self.browser.session
        request.COOKIES = {name: morsel.value for name, morsel in self.browser.cookies.items()}
        return request

    def redeem(self, code: str, *, secret: str | None = None, **changed: Any) -> Any:
        """Exchange a code for tokens."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": VERIFIER,
            "client_id": settings.ENVIRONMENT.client_id,
            "client_secret": settings.CLIENT_SECRET if secret is None else secret,
        }
        form = {name: value for name, value in (form | changed).items() if value is not None}
        body = "&".join(f"{name}={value}" for name, value in form.items())
        return Client().post(
            f"{BASE}/access_token", body, content_type="application/x-www-form-urlencoded"
        )

    def userinfo(self, access: str) -> Any:
        """What userinfo answers."""
        return Client().get(f"{BASE}/userinfo", headers={"Authorization": f"Bearer {access}"})

    def read(self, token: str) -> dict[str, Any]:
        """The claims of a token under the provider's published keys."""
        keys = KeySet.import_key_set(Client().get(f"{BASE}/connect/jwk_uri").json())
        return cast("dict[str, Any]", jwt.decode(token, keys, algorithms=["ES256"]).claims)


def returned(response: HttpResponseBase) -> dict[str, str]:
    """The parameters with which the browser goes back to the relying party."""
    return dict(parse_qsl(urlsplit(response["Location"]).query))
