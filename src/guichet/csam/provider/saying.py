"""What the provider says of a person: the claims of the identity token and of userinfo.

Source: the public onboarding pages of the federal authentication service: its claim names,
userinfo as a signed token. ``enterpriseNumber`` is our name: the real one is not published.
"""

import hmac
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from joserfc import jwt

from guichet.access.keys import current_keys
from guichet.csam.provider import acr
from guichet.csam.provider.models import Login
from guichet.registers.persons.models import Person
from guichet.rules.assurance import LEVELS

TOKEN_SECONDS: Final = 300
# A number with right check digits that is never issued: month 99 does not exist.
_NOBODY: Final = "99999900089"


def id_token(login: Login, *, now: datetime) -> str:
    """Who signed in, how and when, signed for the relying party of ``login``."""
    person = _person(login)
    moment = int(now.timestamp())
    level = _level(login)
    claims = {
        "iss": settings.ENVIRONMENT.sign_in_issuer,
        "sub": subject(client_id=login.client_id, niss=person.niss),
        "aud": login.client_id,
        "iat": moment,
        "exp": moment + TOKEN_SECONDS,
        "auth_time": int(login.identified_at.timestamp()) if login.identified_at else moment,
        "acr": acr.urn(context=login.context, level=level),
        "amr": login.amr,
        "assurance_level": level,
    }
    if login.nonce:
        claims["nonce"] = "another" if login.fault == "nonce" else login.nonce
    if login.fault == "expired":
        claims["iat"], claims["exp"] = moment - 7200, moment - 3600
    return _signed(claims, "JWT")


def userinfo(login: Login, *, now: datetime) -> str | dict[str, Any]:
    """The same person in more words, signed; plain (a fault to try) only when asked for."""
    claims = _claims(login) | {
        "iss": settings.ENVIRONMENT.sign_in_issuer,
        "aud": login.client_id,
        "iat": int(now.timestamp()),
    }
    return claims if login.fault == "unsigned" else _signed(claims, "JWT")


def subject(*, client_id: str, niss: str) -> str:
    """A pseudonym that is the same for one relying party and another for the next."""
    return _pseudonym("subject", client_id, niss)


def _claims(login: Login) -> dict[str, Any]:
    person, scopes = _person(login), login.scope.split()
    claims: dict[str, Any] = {
        "sub": subject(client_id=login.client_id, niss=person.niss),
        "fedid": _pseudonym("fedid", person.niss),
        "assurance_level": _level(login),
    }
    if "profile" in scopes:
        claims |= {
            "surname": person.family_name,
            "givenName": person.given_name,
            "prefLanguage": person.language,
        }
        if mail := login.email or person.email:
            claims["mail"] = mail
    if "egovnrn" in scopes:
        claims["egovNRN"] = _NOBODY if login.fault == "unknown" else person.niss
    if login.context == acr.ENTERPRISE:
        claims["enterpriseNumber"] = login.enterprise_number
    if "roles" in scopes:
        claims["roles"] = []
    return claims


def _level(login: Login) -> int:
    return LEVELS[0] if login.fault == "low" else int(login.level or LEVELS[0])


def _person(login: Login) -> Person:
    if login.person is None:
        raise LookupError("nobody was identified by this sign-in")
    return login.person


def _signed(claims: dict[str, Any], kind: str) -> str:
    [key, *_] = current_keys(settings.ENVIRONMENT.csam_keys).keys
    header = {"alg": "ES256", "typ": kind, "kid": key.kid}
    return jwt.encode(header, claims, key)


def _pseudonym(*parts: str) -> str:
    message = "\x00".join(("guichet.csam", *parts)).encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, "sha256").hex()[:32]
