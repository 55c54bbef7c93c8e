"""Programs at the same moment: the database says who was first."""

from __future__ import annotations

import pytest

from guichet.eservices.career_break import operations, submitting
from guichet.eservices.career_break.models import Part, Request
from guichet.eservices.career_break.operations import Refused, Sender
from guichet.eservices.career_break.retries.keys import KeyReused, Repeated, Retry
from guichet.eservices.career_break.retries.models import KeptKey
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.test_at_once import at_once
from tests.eservices.career_break.world import LUC, NOW

pytestmark = pytest.mark.django_db(transaction=True)


def sender(key: str = "", body: bytes = b"") -> Sender:
    retry = Retry("client-1", key, "/requests", body) if key else None
    actor = operations.Actor("client", "client-1", world.FIRM)
    return Sender(actor, world.FIRM, "fr", channel="message", retry=retry)


def test_c40_eight_calls_with_one_key_at_once_are_one_request() -> None:
    world.build()

    def submit() -> object:
        return submitting.submit(niss=LUC, asked=world.asked(), sender=sender("k"), now=NOW)

    found = at_once(*[submit] * 8)

    [made] = [one for one in found if isinstance(one, Request)]
    repeated = [one for one in found if isinstance(one, Repeated)]
    assert len(repeated) == 7
    assert {one.ticket for one in repeated} == {made.ticket}
    assert Request.objects.count() == KeptKey.objects.count() == 1


def test_two_bodies_under_one_key_at_once_are_one_request_and_one_refusal() -> None:
    world.build()

    found = at_once(*(
        lambda body=body: submitting.submit(
            niss=LUC, asked=world.asked(), sender=sender("k", body), now=NOW
        )
        for body in (b"1", b"2")
    ))  # fmt: skip

    assert sorted(type(one).__name__ for one in found) == ["KeyReused", "Request"]
    assert any(isinstance(one, KeyReused) for one in found)


def test_without_a_key_the_days_themselves_let_only_one_in() -> None:
    world.build()

    def submit() -> object:
        return submitting.submit(niss=LUC, asked=world.asked(), sender=sender(), now=NOW)

    found = at_once(*[submit] * 4)

    assert sorted(type(one).__name__ for one in found) == ["Refused"] * 3 + ["Request"]
    assert {one.faults[0].code for one in found if isinstance(one, Refused)} == {"V-DT-07"}


def test_c50_software_cancels_while_the_worker_completes_and_one_of_them_wins() -> None:
    world.build()
    row = submitting.submit(niss=LUC, asked=world.asked(), sender=sender(), now=NOW)

    done, sent = at_once(
        lambda: operations.cancel(ticket=row.ticket, sender=sender("c"), now=NOW),
        lambda: world.completed(row),
    )

    row.refresh_from_db()
    if row.state == "cancelled":
        assert isinstance(done, Part)
        assert done.ticket.startswith("04B")
        assert isinstance(sent, StepRefused)
        assert KeptKey.objects.get().ticket == done.ticket
    else:
        assert row.state == "wait_onem"
        assert isinstance(done, StepRefused)
        assert not KeptKey.objects.exists()
    assert row.version == 2
