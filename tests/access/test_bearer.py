"""Reading our own tokens, second by second and however wrong."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import KeySet

from guichet.access import bearer, tokens
from guichet.access.bearer import Caller, TokenRefused
from guichet.access.keys import new_key
from guichet.access.permissions import ENTERPRISE, PROFESSIONAL
from tests.access.machine import with_secret

NOW = 1_790_000_000.5
ISSUER = "https://services.example/REST/oauth/v5"
AUDIENCE = "https://services.example/REST/presenceRegistration/v1"
SIGNING = new_key()
KEYS = KeySet([SIGNING])
CALLER = Caller("client", 7, "1900000069", frozenset({"scope:x:" + ENTERPRISE}), "ab" * 32, 0.0)


def issued(keys: KeySet = KEYS, **changed: Any) -> str:
    values: dict[str, Any] = {
        "client_id": "client",
        "channel": 7,
        "enterprise_number": "1900000069",
        "certificate": "ab" * 32,
        "scopes": ("scope:x:" + ENTERPRISE,),
        "keys": keys,
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "now": NOW,
    }
    return tokens.issue(**{**values, **changed}).text


def read(text: str | None, *, keys: KeySet = KEYS, now: float = NOW) -> Caller:
    header = None if text is None else f"Bearer {text}"
    return bearer.verify(authorization=header, keys=keys, issuer=ISSUER, audience=AUDIENCE, now=now)


def refusal(text: str | None, **changed: Any) -> str:
    with pytest.raises(TokenRefused) as refused:
        read(text, **changed)
    return refused.value.problem.type.rpartition(":")[2]


def test_a_token_tells_who_calls() -> None:
    caller = read(issued())

    assert dataclasses.replace(caller, expires_at=0.0) == CALLER
    assert caller.expires_at == 1_790_000_600.0


def test_a_scope_is_held_by_its_whole_ending_only() -> None:
    assert CALLER.may(ENTERPRISE)
    assert not CALLER.may(PROFESSIONAL)
    assert not CALLER.may("enterprise-of-others")
    assert not CALLER.may("rest:enterprise")


@pytest.mark.parametrize(("age", "is_good"), [(600, True), (659, True), (661, False)])
def test_a_token_lives_ten_minutes_and_one_of_grace(age: int, is_good: bool) -> None:
    if is_good:
        assert read(issued(), now=NOW + age).client_id == "client"
    else:
        assert refusal(issued(), now=NOW + age) == "expiredAccessToken"


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Bearer", "Bearer   ", "token abc"])
def test_without_a_bearer_token_there_is_none(header: str | None) -> None:
    with pytest.raises(TokenRefused) as refused:
        bearer.verify(authorization=header, keys=KEYS, issuer=ISSUER, audience=AUDIENCE, now=NOW)

    assert refused.value.problem.type.endswith(":noAccessToken")
    assert refused.value.www_authenticate == 'Bearer realm="guichet"'


def test_the_scheme_is_read_in_any_case() -> None:
    for scheme in ("bearer", "BEARER", "Bearer "):
        caller = bearer.verify(
            authorization=f"{scheme} {issued()}",
            keys=KEYS,
            issuer=ISSUER,
            audience=AUDIENCE,
            now=NOW,
        )
        assert caller.client_id == "client"


def test_a_token_of_another_issuer_audience_or_key_is_invalid() -> None:
    assert refusal(issued(issuer="https://elsewhere")) == "invalidAccessToken"
    assert refusal(issued(audience="https://elsewhere")) == "invalidAccessToken"
    assert refusal(issued(keys=KeySet([new_key()]))) == "invalidAccessToken"


def test_a_rotated_key_goes_on_verifying() -> None:
    rotated = KeySet([new_key(), *KEYS.keys])

    assert read(issued(), keys=rotated).client_id == "client"
    assert read(issued(keys=rotated), keys=rotated).client_id == "client"
    assert refusal(issued(keys=rotated)) == "invalidAccessToken"


def test_another_kind_of_token_under_our_key_is_invalid() -> None:
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "client", "exp": int(NOW) + 600}
    key = KEYS.keys[0]

    for header in ({"typ": "JWT"}, {"typ": "at+jwt"}, {}):
        text = jwt.encode({"alg": "ES256", "kid": key.kid, **header}, claims, key)
        assert refusal(text) == "invalidAccessToken"


def test_a_token_signed_with_the_public_key_as_secret_is_invalid() -> None:
    key = SIGNING
    text = with_secret(
        header={"alg": "HS256", "typ": "at+jwt", "kid": key.kid},
        claims={"iss": ISSUER, "aud": AUDIENCE, "exp": int(NOW) + 600},
        secret=key.as_pem(private=False),
    )

    assert refusal(text) == "invalidAccessToken"


@pytest.mark.parametrize(
    "text", ["x", "..", "a.b.c", "é.é.é", "A" * 9000, issued() + "A", "[" * 500]
)
def test_what_is_not_a_token_is_invalid(text: str) -> None:
    assert refusal(text) == "invalidAccessToken"


@given(st.text(max_size=300))
def test_no_header_whatever_is_an_accident(text: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        bearer.verify(authorization=text, keys=KEYS, issuer=ISSUER, audience=AUDIENCE, now=NOW)

    assert refused.value.problem.status == 401


@given(st.integers(min_value=0), st.characters(categories=("L", "N"), max_codepoint=127), st.data())
def test_a_token_changed_in_one_sign_is_invalid(place: int, sign: str, data: Any) -> None:
    text = issued()
    # The last sign of a part holds bits that no decoder reads.
    places = [n for n in range(len(text) - 1) if "." not in text[n : n + 2] and text[n] != sign]
    n = places[place % len(places)]

    assert refusal(text[:n] + sign + text[n + 1 :]) == "invalidAccessToken"
