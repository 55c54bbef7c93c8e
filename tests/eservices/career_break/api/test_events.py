"""What software is told: that something happened to a ticket, and nothing of anybody."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guichet.access.webhooks import operations as webhooks
from guichet.access.webhooks.models import Delivery
from guichet.eservices.career_break import operations, webhook_kinds
from guichet.eservices.career_break.models import Request
from guichet.platform import clock
from guichet.platform.db import transaction
from tests.doors import Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import lend, software

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
KINDS = sorted(
    value for name, value in vars(webhook_kinds).items()
    if name.isupper() and value.startswith("careerBreak.request.")
)  # fmt: skip


def listening(enterprise: str = world.FIRM) -> None:
    webhooks.subscribe(
        enterprise_number=enterprise, address="https://software.example.be/in", kinds=KINDS,
        actor=world.ACTOR, now=world.NOW,
    )  # fmt: skip


def told(enterprise: str = world.FIRM) -> list[tuple[str, Any]]:
    rows = Delivery.objects.filter(subscription__enterprise_number=enterprise).order_by("pk")
    return [(row.kind, json.loads(row.body)["data"]["items"]) for row in rows]


def test_each_step_of_a_request_is_told_with_its_ticket_and_its_address(rest: Rest) -> None:
    listening()
    payroll = software(rest)

    ticket = payroll.filed()["ticket"]
    payroll.post(f"/requests/{ticket}/modifications", {"endDate": "2025-05-31"})
    row = world.completed(Request.objects.get())
    world.taken(row, clock.now())

    kinds = [kind.rpartition(".")[2] for kind, _items in told()]
    assert kinds == ["filed", "modified", "completed", "taken"]
    for _kind, items in told():
        [item] = items
        assert item["ticket"] == ticket
        assert payroll.get(item["href"].partition("/v1")[2]).status_code == 200


def test_no_message_names_the_worker_or_says_what_he_asked(rest: Rest) -> None:
    listening()
    software(rest).filed(comment="because of my mother")
    world.completed(Request.objects.get())

    for row in Delivery.objects.all():
        assert set(json.loads(row.body)["data"]["items"][0]) == {"ticket", "href"}
        for hidden in (world.LUC, "Luc", "Vandermeulen", "mother", "parental", "2025-04-01"):
            assert hidden not in row.body


def test_what_the_office_asks_the_worker_and_decides_today_is_told_to_nobody(rest: Rest) -> None:
    listening()
    software(rest).filed()
    row = Request.objects.get()
    with transaction(actor=world.ACTOR):
        from guichet.eservices.career_break import events

        assert [events.tell(row, event, now=world.NOW) for event in ("asked", "answered")] == [0, 0]
        assert events.tell(row, "decided", now=world.NOW) == 0


def test_the_sender_by_mandate_is_told_as_long_as_the_mandate_lasts(rest: Rest) -> None:
    listening()
    listening(world.OTHER)
    lent = lend()
    office = software(rest, world.OTHER)
    office.filed(employer={"enterpriseNumber": world.FIRM})
    assert len(told()) == len(told(world.OTHER)) == 1

    lent.revoked_at = world.NOW
    lent.save()
    world.completed(Request.objects.get())

    assert len(told()) == 2
    assert len(told(world.OTHER)) == 1


def test_an_employers_own_request_is_not_told_to_his_mandatary(rest: Rest) -> None:
    listening(world.OTHER)
    lend()

    software(rest).filed()

    assert told(world.OTHER) == []


def test_c51_a_cancellation_on_the_page_is_told_too() -> None:
    listening()
    row = world.filed()

    operations.cancel(ticket=row.ticket, sender=world.sender(), now=world.NOW)

    assert [kind for kind, _items in told()] == [
        "careerBreak.request.filed", "careerBreak.request.cancelled",
    ]  # fmt: skip
