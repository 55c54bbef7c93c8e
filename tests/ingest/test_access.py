"""Who may come in: tokens, scopes, and revocations that count within a second."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import psycopg
import pytest

from guichet.access.permissions import ENTERPRISE, PROFESSIONAL, full_scopes
from tests.ingest.door import BASE, E1, NOW, Door, item

SOON = 10.0  # a failing test waits so long; a passing one a few milliseconds


async def until(holds: Callable[[], Awaitable[bool]], *, seconds: float = SOON) -> float:
    """Ask again and again until it holds; how long it took."""
    began = time.monotonic()
    while not await holds():
        assert time.monotonic() - began < seconds, "it never came to hold"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_no_token_is_401_with_a_challenge(door: Door) -> None:
    answer = await door.register(item(), token="")

    assert answer.status == 401
    assert answer.json["type"] == "urn:problem-type:belgif:noAccessToken"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert door.stored() == []


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "x", "", "\x80\xff"])
async def test_another_authorization_is_401(door: Door, header: str) -> None:
    answer = await door.register(item(), token="", authorization=header)

    assert answer.status == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "A" * 20_000, "eyJhbGciOiJub25lIn0.e30."])
async def test_a_token_that_is_none_of_ours_is_401(door: Door, token: str) -> None:
    answer = await door.register(item(), token=token)

    assert answer.status == 401
    assert answer.json["type"] == "urn:problem-type:belgif:invalidAccessToken"
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_a_token_for_another_audience_or_issuer_is_401(door: Door) -> None:
    for token in (door.token(audience="http://x/other"), door.token(issuer="http://x")):
        assert (await door.register(item(), token=token)).status == 401


async def test_a_changed_token_is_401(door: Door) -> None:
    head, body, signature = door.token().split(".")

    answer = await door.register(item(), token=f"{head}.{body[:-2]}AA.{signature}")

    assert answer.status == 401


async def test_p5_a_token_is_good_for_660_seconds_and_not_one_more(door: Door) -> None:
    token = door.token()

    door.now = NOW + timedelta(seconds=660)
    assert (await door.call("GET", f"{BASE}/refData/activities", token=token)).status == 200
    door.now = NOW + timedelta(seconds=661)
    answer = await door.call("GET", f"{BASE}/refData/activities", token=token)

    assert answer.status == 401
    assert answer.json["type"] == "urn:problem-type:belgif:expiredAccessToken"
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_in_the_query_string_does_not_count(door: Door) -> None:
    query = f"access_token={door.token()}"

    alone = await door.register(item(), token="", query=query)
    beside = await door.register(item(), query=query)

    assert (alone.status, beside.status) == (401, 400)
    assert beside.json["issues"][0]["in"] == "query"
    assert door.stored() == []


async def test_p6_the_professional_scope_does_not_register(door: Door) -> None:
    answer = await door.register(item(), token=door.token(scopes=(PROFESSIONAL,)))

    assert answer.status == 403
    assert answer.json["type"] == "urn:problem-type:belgif:missingScope"
    assert answer.json["requiredScopes"] == list(full_scopes((ENTERPRISE,)))
    assert door.stored() == []


async def test_both_scopes_read_the_reference_data(door: Door) -> None:
    for scope in (PROFESSIONAL, ENTERPRISE):
        token = door.token(scopes=(scope,))
        assert (await door.call("GET", f"{BASE}/refData/remarks", token=token)).status == 200


async def test_a_scope_of_another_service_reads_nothing(door: Door) -> None:
    token = door.token(scopes=("dimona:declaration:consult",))

    answer = await door.call("GET", f"{BASE}/refData/remarks", token=token)

    assert answer.status == 403


def channel(door: Door, *, permissions: str = "{check-in-and-out-at-work}") -> None:
    """A row for the door's client."""
    door.client_id = f"client-{door.channel}"
    door.execute(
        "INSERT INTO access_channel (client_id, name, enterprise_number, environment, permissions,"
        " state, created_at) VALUES (%s, 'Test', %s, 'simulation', %s, 'active', now())",
        door.client_id,
        E1,
        permissions,
    )


async def test_a_suspended_channel_is_out_within_a_second_and_back_when_resumed(
    door: Door,
) -> None:
    channel(door)
    token = door.token()
    assert (await door.register(item(), token=token)).status == 200

    async def is_out() -> bool:
        return (await door.register(item(), token=token)).status == 401

    async def is_in() -> bool:
        return not await is_out()

    change = "UPDATE access_channel SET state = %s WHERE client_id = %s"
    door.execute(change, "suspended", door.client_id)
    await until(is_out)
    door.execute(change, "active", door.client_id)
    await until(is_in)


async def test_a_withdrawn_certificate_takes_its_tokens_along(door: Door) -> None:
    channel(door)
    door.certificate = f"{door.channel:064x}"
    token = door.token()
    assert (await door.register(item(), token=token)).status == 200

    async def is_out() -> bool:
        return (await door.register(item(), token=token)).status == 401

    door.execute(
        "INSERT INTO access_channel_certificate (channel_id, pem, thumbprint, serial_number,"
        " not_before, not_after, state, added_at) SELECT id, 'pem', %s, '01', now(),"
        " now() + interval '1 day', 'withdrawn', now() FROM access_channel WHERE client_id = %s",
        door.certificate,
        door.client_id,
    )
    await until(is_out)


async def test_a_permission_taken_away_is_403_missing_permission(door: Door) -> None:
    channel(door)
    token = door.token()
    assert (await door.register(item(), token=token)).status == 200

    async def is_out() -> bool:
        return (await door.register(item(), token=token)).status == 403

    door.execute(
        "UPDATE access_channel SET permissions = '{}' WHERE client_id = %s", door.client_id
    )
    await until(is_out)
    answer = await door.register(item(), token=token)
    assert answer.json["type"] == "urn:problem-type:belgif:missingPermission"


async def test_a_revocation_arrives_although_the_listening_connection_was_cut(
    door: Door,
) -> None:
    channel(door)
    token = door.token()
    assert (await door.register(item(), token=token)).status == 200

    async def is_out() -> bool:
        return (await door.register(item(), token=token)).status == 401

    # Cut and suspended in one transaction: the announcement finds nobody listening.
    options = "-c guichet.actor=system|tests|"
    with psycopg.connect(door.dsn, options=options) as connection:
        connection.execute(
            "UPDATE access_channel SET state = 'suspended' WHERE client_id = %s", [door.client_id]
        )
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'guichet watch'"
        )
    await until(is_out)
    assert door.died == []


async def test_the_activity_of_a_site_follows_its_register(door: Door) -> None:
    reference = "1Y1" + f"{door.channel:09d}"[-9:] + "Z"
    sent = {"contractualRelationshipReference": reference}
    assert (await door.created(**sent))["activity"] == "cleaning"

    async def is_construction() -> bool:
        return bool((await door.created(**sent))["activity"] == "construction")

    async def is_cleaning() -> bool:
        return not await is_construction()

    door.execute(
        "INSERT INTO works_site (reference, name, activity, sector, is_obliged, tolerance_metres,"
        " is_mobile, principal_name, language)"
        " VALUES (%s, 'Werf', 'construction', 1, true, 500, false, '', 'nl')",
        reference,
    )
    await until(is_construction)
    door.execute("UPDATE works_site SET activity = 'cleaning' WHERE reference = %s", reference)
    await until(is_cleaning)


async def test_known_tokens_stay_within_bounds(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.ingest.tokens._BOUND", 3)

    for seconds in range(5):
        token = door.token(issued_at=NOW - timedelta(seconds=seconds))
        assert (await door.register(item(), token=token)).status == 200

    assert len(door.ingest._tokens._known) <= 3
