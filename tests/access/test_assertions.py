"""Assertions by hand and by chance: one refusal for all of them, never an accident."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws

from guichet.access import assertions
from guichet.access.assertions import AssertionRefused, Client, ClientKey, Reason, Verified
from tests.access.machine import Key, certificate, ec_key, encoded, jwt, pem, rsa_key, signature

AUDIENCE = "https://services.example/REST/oauth/v5/token"
NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


def key_of(key: Key, **changed: Any) -> ClientKey:
    made = certificate(key)
    values: dict[str, Any] = {
        "thumbprint": made.fingerprint(hashes.SHA256()).hex(),
        "serial_number": str(made.serial_number),
        "pem": pem(made).decode(),
        "not_before": NOW - timedelta(days=1),
        "not_after": NOW + timedelta(days=1),
    }
    return ClientKey(**{**values, **changed})


FIRST, SECOND = key_of(rsa_key()), key_of(ec_key())


def client(*keys: ClientKey) -> Client:
    return Client("client", 7, "1900000069", "simulation", ("dimona",), keys or (FIRST, SECOND))


def good(**changed: Any) -> dict[str, Any]:
    claims = {
        "iss": "client",
        "sub": "client",
        "aud": AUDIENCE,
        "jti": "one",
        "iat": SECONDS,
        "exp": SECONDS + 300,
    }
    return {name: value for name, value in {**claims, **changed}.items() if value is not None}


def verified(assertion: str, *, known: Client | None = None, now: datetime = NOW) -> Verified:
    known = known or client()
    return assertions.verify(
        assertion=assertion,
        client_of=lambda client_id: known if client_id == known.client_id else None,
        audiences=(AUDIENCE,),
        now=now,
    )


def made(*, header: dict[str, Any] | None = None, key: Key | None = None, **changed: Any) -> str:
    key = key or rsa_key()
    algorithm = "RS256" if key is rsa_key() else "ES256"
    return jwt(header={"alg": algorithm, **(header or {})}, claims=good(**changed), key=key)


def reason(assertion: str, **changed: Any) -> Reason:
    with pytest.raises(AssertionRefused) as refused:
        verified(assertion, **changed)
    return refused.value.reason


def test_either_certificate_may_sign() -> None:
    assert verified(made()).certificate == FIRST.thumbprint
    assert verified(made(key=ec_key())).certificate == SECOND.thumbprint


def test_it_is_remembered_until_it_would_be_refused_as_expired() -> None:
    until = verified(made(exp=SECONDS + 300)).until

    assert until == NOW + timedelta(seconds=330)
    assert reason(made(exp=SECONDS + 300), now=until) is Reason.TIME


@pytest.mark.parametrize(
    "header",
    [
        {"kid": SECOND.serial_number},
        {"kid": f"{int(SECOND.serial_number):x}"},
        {"kid": "something of the client's own"},
        {"x5t#S256": encoded(bytes.fromhex(SECOND.thumbprint))},
        {"x5t#S256": "wrong"},
        {"typ": "JWT", "cty": "x", "further": {"any": ["thing"]}},
        {"x5c": [base64.b64encode(b"0" * 3000).decode()]},
    ],
)
def test_hints_and_unknown_header_members_do_not_hinder(header: dict[str, Any]) -> None:
    assert verified(made(header=header, key=ec_key())).certificate == SECOND.thumbprint


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": False, "crit": ["b64"]},
        {"kid": 12},
        {"alg": ["RS256"]},
        {"alg": {"RS256": 1}},
        {"alg": None},
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "PS256"},
        {"alg": "ES256"},
        {"alg": "rs256"},
        {"jwk": 7, "typ": 7},
    ],
)
def test_a_header_that_changes_the_rules_is_refused(header: dict[str, Any]) -> None:
    assert reason(made(header=header)) in {Reason.MALFORMED, Reason.ALGORITHM, Reason.SIGNATURE}


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": SECONDS - 29},
        {"exp": SECONDS + 3600},
        {"exp": SECONDS + 299.5},
        {"iat": None},
        {"iat": None, "exp": SECONDS + 3600},
        {"iat": SECONDS + 60},
        {"iat": SECONDS - 3300},
        {"nbf": SECONDS + 30},
        {"aud": ["https://elsewhere", AUDIENCE]},
        {"jti": "a\x00b"},
        {"jti": "\ud800"},
        {"jti": "é" * 512},
        {"jti": " "},
    ],
)
def test_claims_inside_the_bounds_hold(changed: dict[str, Any]) -> None:
    assert verified(made(**changed)).client.client_id == "client"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"exp": SECONDS - 30}, Reason.TIME),
        ({"exp": SECONDS + 3601}, Reason.TIME),
        ({"exp": 10**30}, Reason.TIME),
        ({"exp": float("inf")}, Reason.TIME),
        ({"exp": float("nan")}, Reason.TIME),
        ({"exp": True}, Reason.TIME),
        ({"exp": str(SECONDS + 300)}, Reason.TIME),
        ({"iat": None, "exp": SECONDS + 3601}, Reason.TIME),
        ({"iat": SECONDS + 61}, Reason.TIME),
        ({"iat": SECONDS - 3301}, Reason.TIME),
        ({"iat": 10**30, "exp": 10**30 + 300}, Reason.TIME),
        ({"iat": [SECONDS]}, Reason.TIME),
        ({"nbf": SECONDS + 31}, Reason.TIME),
        ({"nbf": "now"}, Reason.TIME),
        ({"aud": AUDIENCE + "/"}, Reason.AUDIENCE),
        ({"aud": None}, Reason.AUDIENCE),
        ({"aud": [[AUDIENCE]]}, Reason.AUDIENCE),
        ({"aud": {AUDIENCE: 1}}, Reason.AUDIENCE),
        ({"jti": None}, Reason.IDENTIFIER),
        ({"jti": ""}, Reason.IDENTIFIER),
        ({"jti": "x" * 513}, Reason.IDENTIFIER),
        ({"jti": 7}, Reason.IDENTIFIER),
        ({"sub": None}, Reason.ISSUER),
        ({"iss": ["client"], "sub": ["client"]}, Reason.ISSUER),
        ({"iss": "a\x00", "sub": "a\x00"}, Reason.ISSUER),
        ({"iss": "x" * 129, "sub": "x" * 129}, Reason.ISSUER),
        ({"iss": "", "sub": ""}, Reason.ISSUER),
        ({"iss": "else", "sub": "else"}, Reason.CLIENT),
    ],
)
def test_claims_outside_the_bounds_are_refused(changed: dict[str, Any], why: Reason) -> None:
    assert reason(made(**changed)) is why


def test_a_certificate_outside_its_validity_signs_nothing() -> None:
    expired = key_of(rsa_key(), not_after=NOW - timedelta(seconds=1))
    future = key_of(rsa_key(), not_before=NOW + timedelta(minutes=6))
    hurried = key_of(rsa_key(), not_before=NOW + timedelta(minutes=4))

    assert reason(made(), known=client(expired)) is Reason.SIGNATURE
    assert reason(made(), known=client(future)) is Reason.SIGNATURE
    assert verified(made(), known=client(hurried)).certificate == hurried.thumbprint


@pytest.mark.parametrize("key", [rsa_key(), ec_key()], ids=["rs256", "es256"])
@pytest.mark.parametrize("known", [client(FIRST), client(SECOND), client()])
def test_an_unknown_client_costs_a_signature_like_a_known_one(
    monkeypatch: pytest.MonkeyPatch, key: Key, known: Client
) -> None:
    checked = list[str]()
    original = jws.deserialize_compact

    def counting(value: Any, *arguments: Any, **further: Any) -> Any:
        checked.append(value)
        return original(value, *arguments, **further)

    monkeypatch.setattr(jws, "deserialize_compact", counting)
    for name in ("client", "nobody"):
        assertion = made(key=key, iss=name, sub=name)
        with suppress(AssertionRefused):
            verified(assertion, known=known)

    assert len(checked) == 2


def test_the_signature_is_checked_before_the_claims() -> None:
    assert reason(made(exp=1, jti=None, key=ec_key()), known=client(FIRST)) is Reason.SIGNATURE


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b"7", b"null", b"\xff\xfe", b"{", b"[" * 8000, b'{"exp":' + b"9" * 5000 + b"}"],
)
def test_a_signed_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    message = f"{encoded(json.dumps({'alg': 'RS256'}).encode())}.{encoded(payload)}"
    assertion = f"{message}.{encoded(signature(rsa_key(), message.encode()))}"

    assert reason(assertion) in {Reason.MALFORMED, Reason.ISSUER}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
header_names = st.sampled_from(
    ["alg", "kid", "typ", "crit", "b64", "x5c", "x5t", "jku", "jwk", "z"]
)
claim_names = st.sampled_from(["iss", "sub", "aud", "exp", "iat", "nbf", "jti", "z"])


@given(
    header=st.dictionaries(header_names, json_values, max_size=3),
    claims=st.dictionaries(claim_names, json_values, max_size=3),
)
def test_whatever_header_and_claims_say_it_is_taken_or_refused(
    header: dict[str, Any], claims: dict[str, Any]
) -> None:
    assertion = jwt(header={"alg": "ES256", **header}, claims={**good(), **claims}, key=ec_key())

    try:
        taken = verified(assertion)
    except AssertionRefused:
        return
    assert taken.client.client_id == "client"
    assert NOW < taken.until <= NOW + timedelta(seconds=3600 + 60 + 31)


@given(st.text(max_size=200) | st.from_regex(r"\A[A-Za-z0-9_-]{0,60}(\.[A-Za-z0-9_-]{0,60}){2}\Z"))
def test_whatever_text_comes_it_is_refused(text: str) -> None:
    assert reason(text) in set(Reason)
