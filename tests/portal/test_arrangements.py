"""Agreements at their pages: recorded with a document, read by both parties, answered, ended."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.access.rights import give_right
from guichet.audit.models import Entry
from guichet.demo.fixtures import E1, E2, E3, S1, S2
from guichet.documents.attachments.models import Attachment
from guichet.platform import clock
from guichet.registers.arrangements.models import Arrangement
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LIST, NEW = "/presence/staff/agreements/", "/presence/staff/agreements/new/"
TODAY = clock.today(NOW)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DATA = {
    "role": "principal", "other": "1000.000.120", "site": S2, "registrar": "other",
    "supplier": "us", "method": "device", "description": "Their people use our kiosk.",
    "first": TODAY.isoformat(), "last": "",
}  # fmt: skip


def document(data: bytes = PDF, name: str = "agreement.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def sent(client: Client, **given: Any) -> Any:
    wanted = {**DATA, "document": document(), **given}
    return client.post(NEW, {name: value for name, value in wanted.items() if value is not None})


def recorded(client: Client, **given: Any) -> str:
    answer = sent(client, **given)
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"])


@pytest.fixture
def other(world: World) -> Client:
    """The clerk, who has the same right for the other party."""
    return signed_in(CLERK, E3)


@pytest.fixture
def stranger(world: World) -> Client:
    """The clerk, who has the same right for a firm that is no party."""
    give_right(
        niss=CLERK, enterprise_number=E2, service="presence",
        first_day=TODAY - timedelta(days=1), actor=ACTOR, now=NOW,
    )  # fmt: skip
    return signed_in(CLERK, E2)


def test_an_agreement_is_recorded_with_its_document_and_both_parties_read_it(
    clerk: Client, other: Client
) -> None:
    place = recorded(clerk)

    mine, theirs = text(clerk, place), text(other, place)
    assert "Your subcontractor" in mine
    assert "Your principal or contractor" in theirs
    assert "Who gives the means Your enterprise" in mine
    assert "Who registers Your enterprise" in theirs
    assert "Their people use our kiosk." in theirs
    [file] = Attachment.objects.all()
    assert (file.state, file.applied_to) == ("applied", str(Arrangement.objects.get().number))
    for party in (clerk, other):
        assert party.get(f"{place}files/{file.pk}/").content == PDF
        assert "One agreement" in text(party, LIST)
    assert [row.action for row in Entry.objects.filter(action__contains="arrangement.")] == [
        "registers.arrangement.recorded"
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"document": None}, "Attach the agreement"),
        ({"role": ""}, "Say with whom you agree"),
        ({"role": "king"}, "Say with whom you agree"),
        ({"other": ""}, "Enter the enterprise number of the other party"),
        ({"other": "1000.000.121"}, "This is no enterprise number"),
        ({"other": "0400.000.091"}, "no enterprise number"),
        ({"other": "0100000077"}, "number"),
        ({"other": E1}, "makes no agreement with itself"),
        ({"site": "elsewhere"}, "Choose a site of the list"),
        ({"site": S1}, "the law lets only the worker himself register"),
        ({"registrar": ""}, "Say who registers"),
        ({"supplier": "worker"}, "Say who gives the means"),
        ({"method": "smoke"}, "Choose the method"),
        ({"description": ""}, "Describe how people register"),
        ({"first": "soon"}, "Write a day as"),
        ({"last": (TODAY - timedelta(days=1)).isoformat()}, "The last day is before the first one"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    clerk: Client, given: dict[str, Any], said: str
) -> None:
    answer = sent(clerk, **given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in words(page)
    assert "agreement.pdf" in page or "document" in given
    assert "Their people use our kiosk." in page or "description" in given
    assert Arrangement.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"<script>", b"PK\x03\x04"])
def test_a_document_that_is_none_is_refused_at_its_field(clerk: Client, data: bytes) -> None:
    answer = sent(clerk, document=document(data))

    assert answer.status_code == 422
    assert 'href="#id_document"' in answer.content.decode()


def test_the_document_of_an_attempt_is_kept_for_the_next_one(clerk: Client) -> None:
    sent(clerk, description="")
    [file] = Attachment.objects.all()

    recorded(clerk, document=None, attached=str(file.pk))

    file.refresh_from_db()
    assert file.state == "applied"


def test_where_only_the_worker_may_register_the_parties_agree_on_the_means(clerk: Client) -> None:
    place = recorded(clerk, site=S1, registrar="worker", role="user")

    page = text(clerk, place)
    assert "Who registers The worker himself" in page
    assert "Temp agency whose workers you use" in page


def test_the_other_party_confirms_then_contests_with_a_reason(clerk: Client, other: Client) -> None:
    place = recorded(clerk)

    assert "You confirmed the agreement" in words(
        other.post(f"{place}confirm/", follow=True).content.decode()
    )
    assert Arrangement.objects.get().state == "confirmed"
    refused = other.post(f"{place}contest/", {"reason": " "})
    assert refused.status_code == 422
    assert "Say why you contest it" in words(refused.content.decode())
    other.post(f"{place}contest/", {"reason": "We never signed it."})

    page = text(clerk, place)
    assert "Contested" in page
    assert "We never signed it." in page


@pytest.mark.parametrize("act", ["confirm", "contest"])
def test_nobody_answers_his_own_agreement(clerk: Client, act: str) -> None:
    place = recorded(clerk)

    said = clerk.post(f"{place}{act}/", {"reason": "x"}, follow=True)

    assert "changed meanwhile" in words(said.content.decode())
    assert Arrangement.objects.get().state == "recorded"


def test_who_recorded_it_withdraws_and_the_other_one_cannot(clerk: Client, other: Client) -> None:
    place = recorded(clerk)

    other.post(f"{place}withdraw/")
    assert Arrangement.objects.get().state == "recorded"
    clerk.post(f"{place}withdraw/")

    assert "Withdrawn" in text(other, place)
    assert "End the agreement" not in text(clerk, place)
    clerk.post(f"{place}end/")
    assert Arrangement.objects.get().ended_at is None


def test_either_party_ends_it_today(clerk: Client, other: Client) -> None:
    place = recorded(clerk)

    assert "today is its last day" in words(
        other.post(f"{place}end/", follow=True).content.decode()
    )
    assert Arrangement.objects.get().last_day == TODAY


def test_another_firm_and_no_agreement_are_the_same_404(clerk: Client, stranger: Client) -> None:
    place = recorded(clerk)
    [file] = Attachment.objects.all()
    nothing = f"{LIST}{uuid4()}/"

    for at in (place, nothing):
        client = stranger if at == place else clerk
        assert client.get(at).status_code == 404
        assert client.get(f"{at}files/{file.pk}/").status_code == 404
        for act in ("confirm", "contest", "withdraw", "end"):
            assert client.post(f"{at}{act}/", {"reason": "x"}).status_code == 404
    assert clerk.get(f"{place}files/{uuid4()}/").status_code == 404
    assert "No agreement is recorded" in text(stranger, LIST)
    assert Arrangement.objects.get().state == "recorded"


@pytest.mark.parametrize("act", ["", "confirm/", "contest/", "withdraw/", "end/"])
def test_visitors_workers_and_staff_without_the_right_open_and_change_nothing(
    clerk: Client, act: str
) -> None:
    place = recorded(clerk)
    give_right(
        niss=STAFF[0].niss, enterprise_number=E1, service="works",
        first_day=TODAY - timedelta(days=1), actor=ACTOR, now=NOW,
    )  # fmt: skip

    for client, answers in (
        (Client(), {302, 403}),
        (signed_in(STAFF[0].niss), {403}),
        (signed_in(STAFF[0].niss, E1), {403}),
    ):
        for at in (LIST, NEW, place):
            assert client.get(at).status_code in answers
        if act:
            assert clerk.get(f"{place}{act}").status_code == (302 if act == "contest/" else 405)
            assert client.post(f"{place}{act}").status_code in answers
    assert Arrangement.objects.get().state == "recorded"


def test_the_other_party_hears_of_it_in_its_box_without_a_name_of_a_person(
    clerk: Client, other: Client
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ebox_application WHERE code = 'presence'")
        [senders] = cursor.fetchone() or (0,)
    place = recorded(clerk)
    other.post(f"{place}confirm/")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'enterprise_number', args->>'subject' FROM procrastinate_jobs"
            " WHERE task_name = 'ebox.publish' ORDER BY id"
        )
        told = cursor.fetchall()
    assert [one[0] for one in told] == ([E3, E1] if senders else [])
    assert all("Claerhout" not in one[1] for one in told)


def test_the_list_asks_as_much_for_many_as_for_one(
    clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recorded(clerk)
    clerk.get(LIST)
    with django_assert_num_queries(5):
        clerk.get(LIST)
    recorded(clerk, other=E2)
    with django_assert_num_queries(5):
        assert "2 agreements" in text(clerk, LIST)
