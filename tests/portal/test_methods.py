"""Alternative methods: declared with a proof, listed, ended, and who may what."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.access.rights import give_right
from guichet.audit.models import Entry
from guichet.demo.fixtures import E1, E2, S1, S2
from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.kiosk import methods
from guichet.eservices.presence.kiosk.models import Method
from guichet.platform import clock
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.devices import clerk_id
from tests.portal.world import ACTOR, CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LIST, NEW = "/presence/methods/", "/presence/methods/new/"
TODAY = clock.today(NOW)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DATA = {
    "site": S2, "name": "Track and trace", "description": "The vans tell who is in them.",
    "guarantees": "Each driver logs on with his card.", "origin": "Signed by the box of the van.",
    "proof": "A list on a tablet.", "first": TODAY.isoformat(), "last": "", "is_equal": "on",
}  # fmt: skip


def document(data: bytes = PDF, name: str = "proof.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def declared(client: Client, **given: Any) -> Any:
    wanted = {**DATA, "document": document(), **given}
    return client.post(NEW, {name: value for name, value in wanted.items() if value is not None})


def test_a_method_is_declared_with_its_proof_listed_looked_at_and_ended(clerk: Client) -> None:
    place = declared(clerk)["Location"]

    page = text(clerk, place)
    assert "In force" in page
    assert "Signed by the box of the van." in page
    assert "Sofie Claerhout" in page
    [file] = Attachment.objects.all()
    assert (file.state, file.applied_to) == ("applied", str(Method.objects.get().number))
    assert clerk.get(f"{place}{file.pk}/").content == PDF

    clerk.post(f"{place}end/")

    assert "Ended" in text(clerk, LIST)
    row = Method.objects.get()
    assert (row.last_day, row.ended_at) == (TODAY, NOW)
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"presence.method.declared", "presence.method.ended"} <= actions


def test_a_method_may_hold_for_the_whole_firm(clerk: Client) -> None:
    assert "Every site of the firm" in text(clerk, declared(clerk, site="")["Location"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"document": None}, "Attach at least one document"),
        ({"is_equal": None}, "without it nothing is declared"),
        ({"guarantees": ""}, "Say why the guarantees are equal"),
        ({"origin": ""}, "Say how the origin of the data can be traced"),
        ({"proof": ""}, "Say how you prove on site who is registered"),
        ({"name": ""}, "Give the method a name"),
        ({"last": (TODAY - timedelta(days=1)).isoformat()}, "The last day is before the first one"),
        ({"site": S1}, "Choose a site of the list"),  # there the law wants everybody's own act
        ({"site": "elsewhere"}, "Choose a site of the list"),
        ({"first": "soon"}, "Write a day as"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    clerk: Client, given: dict[str, Any], said: str
) -> None:
    answer = declared(clerk, **given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in words(page)
    assert "The vans tell who is in them." in page
    assert Method.objects.count() == 0


def test_a_document_that_was_sent_is_kept_while_the_rest_is_repaired(clerk: Client) -> None:
    refused = declared(clerk, name="")
    kept = Attachment.objects.get()
    assert kept.name in words(refused.content.decode())

    done = declared(clerk, document=None, attached=[str(kept.pk)])

    assert done.status_code == 302
    kept.refresh_from_db()
    assert kept.state == "applied"


def test_a_document_that_is_no_document_is_refused_with_the_rest_kept(clerk: Client) -> None:
    answer = declared(clerk, document=document(b"MZ\x90 a program", "proof.pdf"))

    assert answer.status_code == 422
    assert Method.objects.count() == Attachment.objects.count() == 0


def test_the_document_of_somebody_else_is_not_taken_along(clerk: Client, world: World) -> None:
    give_right(
        niss=CLERK, enterprise_number=E2, service="presence", first_day=TODAY, actor=ACTOR, now=NOW
    )
    elsewhere = signed_in(CLERK, E2)
    declared(elsewhere, name="")
    theirs = Attachment.objects.get()

    answer = declared(clerk, document=None, attached=[str(theirs.pk)])

    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert theirs.state == "pending"


@pytest.mark.parametrize("page", ["", "end/", "document"])
def test_the_method_of_another_and_none_are_the_same_404(
    clerk: Client, world: World, page: str
) -> None:
    give_right(
        niss=CLERK, enterprise_number=E2, service="presence", first_day=TODAY, actor=ACTOR, now=NOW
    )
    place = declared(signed_in(CLERK, E2))["Location"]
    number = str(Method.objects.get().number)
    tail = f"{Attachment.objects.get().pk}/" if page == "document" else page
    method = clerk.post if page == "end/" else clerk.get

    found = method(f"{place}{tail}")
    none = method(f"{place.replace(number, str(uuid4()))}{tail}")

    assert (found.status_code, none.status_code) == (404, 404)
    assert Method.objects.get().ended_at is None


def test_a_worker_declares_no_method(worker: Client) -> None:
    assert worker.get(LIST).status_code == worker.get(NEW).status_code == 403


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [(1, None, "coming"), (0, 0, "inForce"), (-9, None, "inForce"), (-9, -1, "over")],
)
def test_the_state_follows_the_period(first: int, last: int | None, state: str) -> None:
    day = timedelta(days=1)
    row = Method(
        first_day=TODAY + first * day, last_day=None if last is None else TODAY + last * day
    )

    assert methods.state(row, today=TODAY) == state


def test_the_list_costs_the_same_whatever_its_length(
    clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with methods.transaction(actor=ACTOR):
        for at in range(4):
            Method.objects.create(
                enterprise_number=E1, works_reference=S2, name=f"{at}", description="x",
                guarantees="x", origin="x", proof="x", first_day=TODAY, declared_by_id=clerk_id(),
                declared_at=NOW,
            )  # fmt: skip

    with django_assert_num_queries(4):
        assert clerk.get(LIST).status_code == 200
