"""The token endpoint as HTTP: forms, errors, limits, keys and metadata."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import KeySet

from guichet.access import channels, used_assertions
from guichet.access.jobs import forget_assertions
from guichet.access.models import SeenAssertion, TokenMinute
from guichet.audit.models import Entry
from guichet.platform import clock
from tests.access.door import Door, door, is_invalid_client
from tests.access.machine import ENTERPRISE, JWT_BEARER, TESTER, TOKEN_PATH, form, machine

__all__ = ["door"]

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_another_method_is_405_with_allow(door: Door) -> None:
    for method in ("get", "put", "delete", "patch", "options", "head"):
        answer = getattr(Client(), method)(TOKEN_PATH)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""]
)
def test_a_body_that_is_no_form_is_invalid_request_and_not_415(
    door: Door, content_type: str
) -> None:
    answer = door.post_raw(b"grant_type=client_credentials", content_type=content_type)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_content_type_may_name_its_charset(door: Door) -> None:
    answer = door.post_raw(
        "grant_type=password", content_type="application/x-www-form-urlencoded; charset=UTF-8"
    )

    assert answer.json()["error"] == "unsupported_grant_type"


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"", 400, "invalid_request"),
        (b"grant_type=", 400, "invalid_request"),
        (b"scope=x", 400, "invalid_request"),
        (b"grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request"),
        (b"grant_type=client_credentials&scope=&scope=", 400, "invalid_request"),
        (b"grant_type=%ff%fe", 400, "invalid_request"),
        (b"grant_type=\xe9", 400, "invalid_request"),
        (b"&".join(b"a%d=1" % n for n in range(40)), 400, "invalid_request"),
        (b"grant_type=client_credentials&pad=" + b"x" * 16_384, 400, "invalid_request"),
        (b"grant_type=authorization_code", 400, "unsupported_grant_type"),
        (b"grant_type=client_credentials", 401, "invalid_client"),
        (
            b"grant_type=client_credentials&client_assertion_type=" + JWT_BEARER.encode(),
            401,
            "invalid_client",
        ),
        (b"grant_type=client_credentials&client_assertion=a.b.c", 401, "invalid_client"),
        (
            b"grant_type=client_credentials&client_assertion=a.b.c&client_assertion_type=x",
            401,
            "invalid_client",
        ),
    ],
)
def test_each_wrong_form_has_its_error(door: Door, body: bytes, status: int, error: str) -> None:
    answer = door.post_raw(body)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Pragma"] == "no-cache"
    assert answer.headers["BelGov-Trace-Id"]


def test_a_client_id_beside_the_assertion_must_be_the_same(door: Door) -> None:
    registered = machine()

    for client_id, status in ((registered.client_id, 200), ("another", 401)):
        body = form(registered.assertion(audience=door.token_url), client_id=client_id)
        assert door.post(body).status_code == status


def test_parameters_in_the_address_do_not_count(door: Door) -> None:
    answer = Client().post(
        f"{TOKEN_PATH}?grant_type=client_credentials",
        data="scope=x",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.json()["error"] == "invalid_request"


def test_a_suspended_channel_is_told_nothing_more_than_a_stranger(door: Door) -> None:
    registered = machine()
    token = door.token(registered)

    channels.suspend_channel(client_id=registered.client_id, actor=TESTER, now=clock.now())
    refused = door.get("/consult", token)
    assert is_invalid_client(door.ask(registered))
    assert refused.status_code == 401
    assert refused.json()["type"] == "urn:problem-type:belgif:invalidAccessToken"

    channels.resume_channel(client_id=registered.client_id, actor=TESTER, now=clock.now())
    assert door.ask(registered).status_code == 200
    assert door.get("/consult", token).status_code == 200


def test_tokens_of_a_withdrawn_certificate_are_refused(door: Door) -> None:
    registered = machine()
    token = door.token(registered)

    channels.withdraw_certificate(
        client_id=registered.client_id,
        thumbprint=registered.thumbprint,
        actor=TESTER,
        now=clock.now(),
    )

    assert door.get("/consult", token).status_code == 401


def test_a_channel_without_permission_or_of_another_environment_is_unauthorized(
    door: Door,
) -> None:
    for registered in (machine(permissions=()), machine(environment="production")):
        answer = door.ask(registered)
        assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")


def test_a_certificate_that_expired_since_signs_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered = machine(ends=timedelta(hours=1))
    assert door.ask(registered).status_code == 200

    monkeypatch.setenv("GUICHET_CLOCK_SHIFT", "3700")

    assert is_invalid_client(door.ask(registered))


def test_too_many_tokens_in_a_minute_are_refused_with_a_time(door: Door, settings: Any) -> None:
    registered = machine()
    assertion = form(registered.assertion(audience=door.token_url))

    settings.TOKENS_PER_MINUTE = 0
    answer = door.post(assertion)
    settings.TOKENS_PER_MINUTE = 100

    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:problem-type:belgif:tooManyRequests"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert door.post(assertion).status_code == 200, "refused for its number, not used up"


def test_a_minute_counts_from_one_again() -> None:
    now = clock.now().replace(second=30)

    asked = [
        used_assertions.asked_this_minute(client_id="c", now=now + timedelta(seconds=seconds))
        for seconds in (0, 10, 29, 30, 31)
    ]

    assert asked == [1, 2, 3, 1, 2]
    assert used_assertions.asked_this_minute(client_id="another", now=now) == 1


def test_forged_assertions_do_not_use_up_the_allowance_of_a_client(door: Door) -> None:
    registered = machine()

    for _ in range(3):
        door.ask(registered, sub="else")

    assert not TokenMinute.objects.exists()
    assert not SeenAssertion.objects.exists()


def test_expired_assertions_are_forgotten_and_the_others_are_not() -> None:
    now = clock.now()
    for name, seconds in (("old", -1), ("new", 60)):
        used_assertions.use_up(
            client_id="c", jti_digest=name, until=now + timedelta(seconds=seconds)
        )

    forget_assertions(timestamp=0)

    assert [seen.jti_digest for seen in SeenAssertion.objects.all()] == ["new"]


def test_a_replay_is_logged_and_kept_in_the_trail_without_the_assertion(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    registered = machine()
    body = form(registered.assertion(audience=door.token_url))
    door.post(body)

    with caplog.at_level(logging.WARNING, logger="guichet.access.oauth"):
        door.post(body)

    assert [record.getMessage() for record in caplog.records] == [
        f"assertion refused: replayed, client {registered.client_id}"
    ]
    [line] = Entry.objects.using("audit").filter(action="access.assertion.replayed")
    assert (line.target, line.actor_enterprise) == (registered.client_id, ENTERPRISE)


def test_a_token_is_verified_by_the_published_keys(door: Door) -> None:
    registered = machine()
    token = door.token(registered)
    published = Client().get("/REST/oauth/v5/jwks.json").json()

    decoded = jwt.decode(token, KeySet.import_key_set(published), algorithms=["ES256"])

    assert all("d" not in key for key in published["keys"])
    assert decoded.header["typ"] == "at+jwt"
    assert decoded.header["kid"] == published["keys"][0]["kid"]
    claims = decoded.claims
    assert claims["exp"] - claims["iat"] == 600
    assert claims["sub"] == claims["client_id"] == registered.client_id
    assert claims["certificate"] == registered.thumbprint


def test_the_metadata_are_at_three_places_and_name_where_to_go(door: Door) -> None:
    documents = [
        Client().get(path).json()
        for path in (
            "/.well-known/oauth-authorization-server",
            "/REST/oauth/v5/.well-known/oauth-authorization-server",
            "/.well-known/oauth-authorization-server/REST/oauth/v5",
        )
    ]

    assert documents[0] == documents[1] == documents[2]
    assert documents[0]["token_endpoint"] == door.token_url
    assert documents[0]["jwks_uri"] == f"{documents[0]['issuer']}/jwks.json"
    assert documents[0]["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]


def test_public_documents_answer_head_and_refuse_post(door: Door) -> None:
    for path in ("/REST/oauth/v5/jwks.json", "/.well-known/oauth-authorization-server"):
        assert Client().head(path).status_code == 200
        refused = Client().post(path)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_the_address_of_the_call_changes_no_name(door: Door) -> None:
    document = Client().get(
        "/.well-known/oauth-authorization-server", headers={"Host": "127.0.0.1"}
    )

    assert document.json()["token_endpoint"] == door.token_url


def test_a_database_that_does_not_answer_is_503(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered = machine()

    def broken(client_id: str) -> None:
        raise OperationalError("the text of the accident")

    monkeypatch.setattr(channels, "client", broken)
    answer = door.ask(registered)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert b"accident" not in answer.content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    body=st.binary(max_size=300)
    | st.dictionaries(
        st.sampled_from(["grant_type", "client_assertion_type", "client_assertion", "scope", "x"]),
        st.sampled_from(["client_credentials", JWT_BEARER, "a.b.c"]) | st.text(max_size=40),
        max_size=5,
    ).map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs.items()).encode("utf-8", "replace"))
)
def test_no_body_whatever_is_an_accident(door: Door, body: bytes) -> None:
    answer = door.post_raw(body)

    assert answer.status_code in {400, 401}
    assert answer.json()["error"] in {
        "invalid_request",
        "unsupported_grant_type",
        "invalid_client",
    }
