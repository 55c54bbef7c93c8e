"""What the token endpoint answered is counted by channel, day and outcome."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from guichet.access import token_log
from guichet.access.models import TokenDay
from guichet.platform import clock
from tests.access.door import Door, door
from tests.access.machine import form, machine, rsa_key

__all__ = ["door"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def counted(client_id: str) -> dict[str, int]:
    found = token_log.answers(client_id=client_id, today=clock.today(clock.now()))
    return {line.outcome: line.times for line in found}


def test_answers_are_counted_with_their_reason(door: Door) -> None:
    made, now = machine(), int(clock.now().timestamp())

    door.ask(made)
    door.ask(made)
    door.ask(made, key=rsa_key("a stranger's"))
    door.ask(made, iat=now - 400, exp=now - 100)
    door.ask(made, audience="https://elsewhere.example")
    door.ask(made, scope="scope:unknown")
    body = form(made.assertion(audience=door.token_url))
    door.post(body)
    door.post(body)

    assert counted(made.client_id) == {
        "issued": 3,
        "signature": 1,
        "time": 1,
        "audience": 1,
        "invalid_scope": 1,
        "replayed": 1,
    }


def test_too_many_and_not_permitted_are_counted(door: Door, settings: Any) -> None:
    made = machine(permissions=())
    door.ask(made)
    settings.TOKENS_PER_MINUTE = 0
    door.ask(made)

    assert counted(made.client_id) == {"unauthorized_client": 1, "too_many": 1}


def test_a_name_that_no_channel_has_is_not_counted(door: Door) -> None:
    door.ask(machine(), iss="nobody", sub="nobody")

    assert TokenDay.objects.count() == 0


def test_old_days_are_not_shown_and_then_forgotten() -> None:
    made, now = machine(), datetime(2026, 11, 24, 12, tzinfo=UTC)
    for days in (0, 29, 30, 92, 93):
        token_log.note(client_id=made.client_id, outcome="issued", now=now - timedelta(days=days))

    assert len(token_log.answers(client_id=made.client_id, today=clock.today(now))) == 2
    assert token_log.forget(today=clock.today(now)) == 1
    assert token_log.last_calls(client_ids=[made.client_id, "x"]) == {made.client_id: now}
