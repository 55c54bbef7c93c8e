"""Machines at the door: scenarios P1-P7 and A32-A42 of the token endpoint and the guard."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from authlib.oauth2.rfc7523 import private_key_jwt_sign  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import serialization
from django.db import connections
from joserfc.jwk import ECKey, RSAKey

from guichet.access import channels
from guichet.access.certificates import (
    CertificateRefused,
    ExpiredCertificate,
    PrivateKeyUploaded,
    WeakKey,
)
from guichet.access.models import Channel, ChannelCertificate
from guichet.access.permissions import CHECK_IN_AND_OUT
from guichet.platform import clock
from tests.access.door import Door, door, is_invalid_client
from tests.access.machine import (
    ENTERPRISE,
    OTHER_ENTERPRISE,
    TESTER,
    Machine,
    certificate,
    ec_key,
    form,
    machine,
    pem,
    private_pem,
    rsa_key,
    with_secret,
)

__all__ = ["door"]

ENTERPRISE_SCOPE = "scope:guichet:presence:check-in-and-out-work-rest:enterprise"
PROFESSIONAL_SCOPE = "scope:guichet:presence:check-in-and-out-work-rest:professional"

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def later(monkeypatch: pytest.MonkeyPatch, *, seconds: int) -> None:
    """Move the one clock."""
    monkeypatch.setenv("GUICHET_CLOCK_SHIFT", str(seconds))


def test_p1_a_right_assertion_gives_a_bearer_token_of_600_seconds(door: Door) -> None:
    answer = door.ask(machine())

    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Pragma"] == "no-cache"
    assert answer.headers["BelGov-Trace-Id"]


def test_p2_an_assertion_signed_with_another_key_gives_no_token(door: Door) -> None:
    registered = machine()

    answer = door.ask(registered, key=rsa_key("a stranger's"))

    assert is_invalid_client(answer)


def test_p3_an_issuer_that_is_not_the_subject_or_not_known_gives_no_token(door: Door) -> None:
    registered = machine()

    assert is_invalid_client(door.ask(registered, sub="self_service_chaman_1_somebody"))
    assert is_invalid_client(door.ask(registered, iss="self_service_chaman_1_somebody"))
    assert is_invalid_client(door.ask(registered, iss="nobody", sub="nobody"))


def test_p4_an_assertion_of_the_past_or_for_another_host_gives_no_token(door: Door) -> None:
    registered, now = machine(), int(clock.now().timestamp())

    assert is_invalid_client(door.ask(registered, iat=now - 400, exp=now - 100))
    assert is_invalid_client(
        door.ask(registered, audience="https://services.example.org/REST/oauth/v5/token")
    )


def test_p5_a_token_older_than_660_seconds_is_expired(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = door.token(machine())

    later(monkeypatch, seconds=662)
    answer = door.get("/consult", token)

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:problem-type:belgif:expiredAccessToken"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_p6_the_professional_scope_consults_and_does_not_register(door: Door) -> None:
    token = door.token(machine(), scope=PROFESSIONAL_SCOPE)

    refused, passed = door.get("/register", token), door.get("/consult", token)

    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:problem-type:belgif:missingScope"
    assert refused.json()["requiredScopes"] == [ENTERPRISE_SCOPE]
    assert passed.status_code == 200
    assert passed.json()["enterprise"] == ENTERPRISE


def test_p7_the_same_assertion_a_second_time_gives_no_token(door: Door) -> None:
    body = form(machine().assertion(audience=door.token_url))

    assert door.post(body).status_code == 200
    assert is_invalid_client(door.post(body))


def _expired() -> bytes:
    return pem(certificate(rsa_key(), starts=timedelta(days=-9), ends=timedelta(days=-1)))


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (lambda: private_pem(rsa_key()), PrivateKeyUploaded),
        (lambda: pem(certificate(rsa_key())) + private_pem(rsa_key()), PrivateKeyUploaded),
        (lambda: pem(certificate(rsa_key("weak", 1024))), WeakKey),
        (_expired, ExpiredCertificate),
    ],
    ids=["private-key", "certificate-with-private-key", "rsa-1024", "expired"],
)
def test_a32_a_bad_certificate_is_refused_with_its_reason_and_nothing_is_stored(
    upload: Callable[[], bytes], refusal: type[CertificateRefused]
) -> None:
    with pytest.raises(refusal):
        channels.create_channel(
            enterprise_number=ENTERPRISE,
            certificates=[upload()],
            permissions=[CHECK_IN_AND_OUT],
            environment="simulation",
            actor=TESTER,
            now=clock.now(),
        )

    assert not Channel.objects.exists()
    assert not ChannelCertificate.objects.exists()


def test_a32_a_certificate_already_used_is_refused_for_any_channel() -> None:
    registered, other = machine(), machine(key=ec_key(), enterprise_number=OTHER_ENTERPRISE)

    for client_id in (registered.client_id, other.client_id):
        with pytest.raises(channels.CertificateTaken, match="was, registered"):
            channels.add_certificate(
                client_id=client_id,
                data=pem(registered.certificate),
                actor=TESTER,
                now=clock.now(),
            )

    assert ChannelCertificate.objects.count() == 2


def test_a33_a_withdrawn_certificate_fails_and_the_other_works(door: Door) -> None:
    registered, second = machine(), ec_key("second")
    channels.add_certificate(
        client_id=registered.client_id,
        data=pem(certificate(second)),
        actor=TESTER,
        now=clock.now(),
    )
    assert door.ask(registered).status_code == 200
    assert door.ask(registered, key=second).status_code == 200

    channels.withdraw_certificate(
        client_id=registered.client_id,
        thumbprint=registered.thumbprint,
        actor=TESTER,
        now=clock.now(),
    )

    assert is_invalid_client(door.ask(registered))
    assert door.ask(registered, key=second).status_code == 200


def test_a34_an_assertion_like_that_of_the_official_java_sample_works(door: Door) -> None:
    registered, now = machine(), int(clock.now().timestamp())
    assertion = registered.assertion(
        audience=door.token_url,
        header={"typ": None},
        iat=now,
        exp=now + 5,
        jti="[12, -7, 99, 4, -128, 0, 33, 17]",
    )

    scope = f"{PROFESSIONAL_SCOPE} {ENTERPRISE_SCOPE}"
    answer = door.post(form(assertion, client_id=registered.client_id, scope=scope))

    assert answer.status_code == 200
    assert answer.json()["scope"] == scope


@pytest.mark.parametrize(
    ("make", "kind", "algorithm"), [(rsa_key, RSAKey, "RS256"), (ec_key, ECKey, "ES256")]
)
def test_a34_an_independent_library_obtains_a_token(
    door: Door, make: Callable[[], Any], kind: type[RSAKey | ECKey], algorithm: str
) -> None:
    key = make()
    registered = machine(key=key)
    assertion = private_key_jwt_sign(
        kind.import_key(private_pem(key)), registered.client_id, door.token_url, alg=algorithm
    )

    assert door.post(form(assertion)).status_code == 200


def test_a34_both_local_names_and_the_issuer_are_accepted_as_audience(
    door: Door, settings: Any
) -> None:
    registered, port = machine(), settings.ENVIRONMENT.services_port

    for audience in (
        f"http://localhost:{port}/REST/oauth/v5/token",
        f"http://127.0.0.1:{port}/REST/oauth/v5/token",
        ["https://elsewhere.example", f"http://127.0.0.1:{port}/REST/oauth/v5/token"],
        settings.ENVIRONMENT.issuer,
    ):
        assert door.ask(registered, audience=audience).status_code == 200
    assert is_invalid_client(door.ask(registered, audience="http://localhost/REST/oauth/v5/token"))


def test_a35_a_replayed_jti_is_refused_and_another_client_may_use_it(door: Door) -> None:
    first, second = machine(), machine(key=ec_key(), enterprise_number=OTHER_ENTERPRISE)

    assert door.ask(first, jti="the same").status_code == 200
    assert is_invalid_client(door.ask(first, jti="the same"))
    assert door.ask(second, jti="the same").status_code == 200


def test_a35_a_failed_signature_uses_no_jti_up(door: Door) -> None:
    registered = machine()

    assert is_invalid_client(door.ask(registered, key=rsa_key("a stranger's"), jti="once"))
    assert door.ask(registered, jti="once").status_code == 200


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_a35_parallel_replay_exactly_one_wins(door: Door) -> None:
    body = form(machine().assertion(audience=door.token_url))
    together, answers = threading.Barrier(8), list[int]()

    def replay() -> None:
        together.wait()
        try:
            answers.append(door.post(body).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=replay) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, *[401] * 7]


def _unsigned(registered: Machine, audience: str) -> str:
    claims = registered.claims(audience=audience)
    return with_secret(header={"alg": "none", "typ": "JWT"}, claims=claims, secret=None)


def _signed_with_the_public_key(registered: Machine, audience: str) -> str:
    secret = registered.certificate.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = registered.claims(audience=audience)
    return with_secret(header={"alg": "HS256", "typ": "JWT"}, claims=claims, secret=secret)


def _in_two_hours(registered: Machine, audience: str) -> str:
    exp = int(clock.now().timestamp()) + 7200
    return registered.assertion(audience=audience, exp=exp)


def _from_the_future(registered: Machine, audience: str) -> str:
    iat = int(clock.now().timestamp()) + 7000
    return registered.assertion(audience=audience, iat=iat, exp=iat + 300)


@pytest.mark.parametrize(
    "assertion",
    [
        _unsigned,
        _signed_with_the_public_key,
        lambda m, _: m.assertion(audience="https://example.org/token"),
        lambda m, url: m.assertion(audience=url, sub="somebody"),
        lambda m, url: m.assertion(audience=url, exp=None),
        _in_two_hours,
        _from_the_future,
    ],
    ids=[
        "alg-none",
        "hs256-with-the-public-key",
        "wrong-audience",
        "issuer-not-subject",
        "no-exp",
        "exp-in-two-hours",
        "iat-in-the-future",
    ],
)
def test_a36_forged_or_ill_timed_assertions_are_invalid_client(
    door: Door, assertion: Callable[[Machine, str], str]
) -> None:
    registered = machine()

    assert is_invalid_client(door.post(form(assertion(registered, door.token_url))))
    assert door.ask(registered).status_code == 200


def test_a37_a_scope_not_permitted_is_invalid_scope(door: Door) -> None:
    registered = machine()

    for scope in ("scope:dimona:declaration:declarant", f"{ENTERPRISE_SCOPE} scope:nothing", " "):
        answer = door.ask(registered, scope=scope)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope"), scope


def test_a37_without_scope_the_default_scopes_are_listed(door: Door) -> None:
    registered = machine(permissions=(CHECK_IN_AND_OUT, "dimona"))

    granted = door.ask(registered).json()["scope"].split()

    assert granted == [
        ENTERPRISE_SCOPE,
        PROFESSIONAL_SCOPE,
        "scope:dimona:declaration:declarant",
        "scope:dimona:declaration:consult",
    ]


def test_a38_a_token_of_630_seconds_works_and_one_of_665_is_expired(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = door.token(machine())

    later(monkeypatch, seconds=630)
    assert door.get("/consult", token).status_code == 200

    later(monkeypatch, seconds=665)
    answer = door.get("/consult", token)
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:problem-type:belgif:expiredAccessToken"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a39_a_token_in_the_address_is_refused(door: Door) -> None:
    token = door.token(machine())

    answer = door.get(f"/consult?access_token={token}", None)

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:problem-type:belgif:noAccessToken"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="guichet"'
    assert token not in answer.content.decode()


def test_a40_a_good_token_without_the_permission_is_missing_permission(door: Door) -> None:
    registered = machine()
    token = door.token(registered)

    channels.set_permissions(
        client_id=registered.client_id, permissions=["dimona"], actor=TESTER, now=clock.now()
    )
    answer = door.get("/register", token)

    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:problem-type:belgif:missingPermission"


@pytest.mark.parametrize(
    ("wanted", "answered"), [("de-BE", "de"), ("fr-BE, en;q=0.5", "fr"), ("es", "en")]
)
def test_a42_a_refusal_says_in_which_language_it_is(door: Door, wanted: str, answered: str) -> None:
    answer = door.get("/consult", None, **{"Accept-Language": wanted})

    assert answer.headers["Content-Language"] == answered
