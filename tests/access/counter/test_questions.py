"""Asking a question: as a visitor, signed in; its number, its limits, one's own answers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.access.counter import answering
from guichet.access.counter.models import Question
from guichet.access.privacy import sections
from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.kernel.ticket import TicketNumber
from guichet.platform import throttle
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
CONTACT, MINE = "/contact/", "/contact/mine/"
GOOD = {"topic": "access", "service": "presence", "message": "How?", "email": "a@example.org"}


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """Tries are counted on a connection that no test rolls back."""
    throttle.forget(key="question:127.0.0.1")


def test_a_visitor_asks_and_gets_a_number() -> None:
    client = Client(headers={"accept-language": "fr"})

    answer = client.post(CONTACT, GOOD)

    [question] = Question.objects.all()
    number = TicketNumber.parse(question.number)
    assert number.prefix == "26Q"
    assert answer["Location"] == f"/contact/asked/{number.formatted()}/"
    assert number.formatted() in text(client, answer["Location"])
    assert (question.email, question.language, question.state) == ("a@example.org", "fr", "new")
    assert question.person is None
    entry = Entry.objects.get(action="counter.question.asked")
    assert entry.target == question.number
    assert "example.org" not in str(entry.detail)


def test_the_way_to_the_help_stands_apart_from_the_sentence_before_it() -> None:
    assert "on working days. Perhaps the answer" in text(Client(), CONTACT)


def test_a_signed_in_person_gives_no_address(worker: Client) -> None:
    assert "E-mail" not in words(worker.get(CONTACT).content.decode())

    worker.post(CONTACT, GOOD)

    [question] = Question.objects.all()
    assert question.person is not None
    assert question.person.niss == fixtures.W1
    assert question.email == ""


def test_who_acts_for_an_enterprise_asks_for_it(clerk: Client) -> None:
    clerk.post(CONTACT, GOOD)

    assert Question.objects.get().enterprise_number == fixtures.E1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"topic": ""}, "Choose what your question is about."),
        ({"topic": "<b>"}, "Choose what your question is about."),
        ({"service": "nothing"}, "Choose a service of the list."),
        ({"message": "  "}, "Write your question."),
        ({"message": "x" * 2001}, "more than 2000 signs"),
        ({"message": "a\x00b"}, "Null characters"),
        ({"email": ""}, "Enter your e-mail address"),
        ({"email": "nobody"}, "an e-mail address like"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "an e-mail address like"),
        ({"email": "a" * 250 + "@example.org"}, "an e-mail address like"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changed: dict[str, str], said: str) -> None:
    answer = Client().post(CONTACT, GOOD | changed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(page)
    assert "<title>Error:" in page
    assert not Question.objects.exists()


def test_a_line_break_counts_as_one_sign() -> None:
    assert Client().post(CONTACT, GOOD | {"message": "x\r\n" * 999 + "xx"}).status_code == 302
    assert "\r" not in Question.objects.get().message


def test_what_was_typed_is_kept_and_escaped() -> None:
    answer = Client().post(CONTACT, GOOD | {"message": "<script>x</script>", "topic": ""})

    page = answer.content.decode()
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page


def test_the_page_of_a_service_fills_the_service_in() -> None:
    page = Client().get(f"{CONTACT}?topic=service&service=dimona").content.decode()

    assert re.search(r'<option value="dimona" selected>', page)
    assert re.search(r'<option value="service" selected>', page)
    assert Client().get(f"{CONTACT}?topic=%3Cb%3E&service=x").status_code == 200


def test_the_sixth_question_of_an_hour_waits_for_visitors() -> None:
    for _number in range(5):
        assert Client().post(CONTACT, GOOD).status_code == 302

    answer = Client().post(CONTACT, GOOD)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert Question.objects.count() == 5
    assert "How?" in answer.content.decode()


def test_a_form_without_its_token_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(CONTACT, GOOD).status_code == 403


@pytest.mark.parametrize("number", ["26Q-0000000-00-A", "x", "26Q-0000000-01-Z", "%00"])
def test_a_number_that_cannot_be_is_not_found(number: str) -> None:
    assert Client().get(f"/contact/asked/{number}/").status_code == 404


def test_a_person_sees_his_own_questions_only(worker: Client) -> None:
    worker.post(CONTACT, GOOD | {"message": "Only for me?"})

    assert "Only for me?" in text(worker, MINE)
    assert "No questions yet" in text(signed_in(STAFF[0].niss), MINE)


def test_a_visitor_has_no_questions_of_his_own() -> None:
    answer = Client().get(MINE)

    assert answer.status_code == 302
    assert "next=%2Fcontact%2Fmine%2F" in answer["Location"]


def test_the_copy_of_ones_data_holds_the_questions(worker: Client) -> None:
    worker.post(CONTACT, GOOD)

    copied = worker.get("/privacy/my-data.json").json()

    assert [one["message"] for one in copied["questions"]] == ["How?"]
    assert "questions" in {section.key for section in sections.sections()}


def test_questions_are_forgotten_a_year_after_they_were_asked(worker: Client) -> None:
    for _number in range(3):
        worker.post(CONTACT, GOOD)
    old = NOW - timedelta(days=366)
    first, second, _third = Question.objects.order_by("id")
    person = first.person_id
    closed = {"state": "closed", "institution_number": fixtures.E1, "taken_by_id": person}
    Question.objects.filter(pk=first.pk).update(asked_at=old, **closed)
    Question.objects.filter(pk=second.pk).update(asked_at=old)

    assert answering.forget(now=NOW) == 1
    assert answering.forget(now=NOW) == 0
    assert not Question.objects.filter(pk=first.pk).exists()
    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "lost"},
        {"message": ""},
        {"email": ""},
        {"language": "it"},
        {"topic": "A B"},
        {"state": "taken"},
        {"institution_number": fixtures.E1},
        {"state": "answered"},
    ],
)
def test_the_database_refuses_what_cannot_be(world: World, broken: dict[str, Any]) -> None:
    Client().post(CONTACT, GOOD)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(**broken)
