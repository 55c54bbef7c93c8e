"""The desk: the queue, one question and its steps, announcements; who may, and who may not."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.access.counter import answering
from guichet.access.counter.models import Announcement, Question
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.kernel.base34 import check_sign
from guichet.platform import throttle
from guichet.platform.models import Dispatch
from guichet.rules.questions import NEXT, State, Step
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "contact_desk"
QUEUE, ANNOUNCEMENTS = "/desk/questions/", "/desk/announcements/"
NUMBER = "26Q99999999AZ"
PLACES = (QUEUE, f"{QUEUE}{NUMBER}/", ANNOUNCEMENTS, ANNOUNCEMENTS + "new/", ANNOUNCEMENTS + "1/")
POSTS = (f"{QUEUE}{NUMBER}/take/", f"{QUEUE}{NUMBER}/", ANNOUNCEMENTS + "1/end/")
WORDING = {
    "severity": "planned", "service": "career-break",
    "begins_at": "2026-11-25T18:00", "ends_at": "25/11/2026 20:00",
    "title_nl": "Gesloten", "title_fr": "Fermé", "title_de": "Zu", "title_en": "Shut",
    "text_nl": "", "text_fr": "", "text_de": "", "text_en": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """Tries are counted on a connection that no test rolls back."""
    throttle.forget(key="question:127.0.0.1")


def asked(**given: Any) -> Question:
    """A question of a visitor, in the queue of all."""
    signs = f"26Q{Question.objects.count():08d}"
    values: dict[str, Any] = {
        "number": f"{signs}{check_sign(signs)}Z",
        "email": "a@example.org", "language": "fr", "topic": "access", "service": "presence",
        "message": "Comment entrer ?", "asked_at": NOW, "state": "new",
    }  # fmt: skip
    return Question.objects.create(**values | given)


def taken(client: Client, **given: Any) -> Question:
    """A question that the institution of ``client`` took."""
    row = asked(**given)
    assert client.post(f"{QUEUE}{row.number}/take/").status_code == 302
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("place", PLACES)
def test_a_visitor_is_led_to_the_sign_in(place: str) -> None:
    answer = Client().get(place)

    assert answer.status_code == 302
    assert "context=enterprise" in answer["Location"]
    assert "level=400" in answer["Location"]


@pytest.mark.parametrize("place", POSTS)
def test_what_a_visitor_sends_goes_nowhere(place: str) -> None:
    assert Client().post(place, {}).status_code == 403


@pytest.mark.parametrize("place", PLACES)
def test_the_desk_is_not_for_workers_nor_for_employers(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    for client in (worker, clerk, impostor):
        assert client.get(place).status_code == 403
    assert "for institutions" in impostor.get(place).content.decode()


@pytest.mark.parametrize("place", POSTS)
def test_nobody_else_changes_anything(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    for client in (worker, clerk, impostor):
        assert client.post(place, {"answer": "x"}).status_code == 403


def test_a_password_is_not_enough_for_the_desk(agent: Client) -> None:
    client = signed_in(CLERK, fixtures.E1, quality="public_body", means="password", level=200)

    assert client.get(QUEUE)["Location"].startswith("/sign-in/step-up/")


def test_the_queue_shows_what_nobody_took_and_no_personal_data(agent: Client) -> None:
    row = asked()

    said = text(agent, QUEUE)

    assert "Signing in, access and rights" in said
    assert row.number[3:10] in said
    assert "example.org" not in said
    assert "Comment" not in said


def test_an_empty_queue_says_so(agent: Client) -> None:
    for show in ("open", "answered", "closed"):
        assert "Nothing in this list" in text(agent, f"{QUEUE}?show={show}")
    assert agent.get(f"{QUEUE}?show=all").status_code == 404


def test_a_taken_question_is_that_institutions_and_for_the_others_not_there(
    agent: Client, other_agent: Client
) -> None:
    row = taken(agent)
    place = f"{QUEUE}{row.number}/"

    assert (row.state, row.institution_number) == ("taken", fixtures.E1)
    assert agent.get(place).status_code == 200
    absent = other_agent.get(f"{QUEUE}{NUMBER}/")
    foreign = other_agent.get(place)
    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert words(absent.content.decode()) == words(foreign.content.decode())
    assert "Nothing in this list" in text(other_agent, QUEUE)
    for path in ("", "take/", "give-back/", "close/"):
        assert other_agent.post(place + path, {"answer": "Mine"}).status_code == 404


def test_a_question_given_back_is_everybodys_again(agent: Client, other_agent: Client) -> None:
    row = taken(agent)

    agent.post(f"{QUEUE}{row.number}/give-back/")

    assert row.number[3:10] in text(other_agent, QUEUE)
    assert other_agent.post(f"{QUEUE}{row.number}/take/").status_code == 302
    row.refresh_from_db()
    assert row.institution_number == fixtures.E3


def test_the_answer_to_a_visitor_goes_by_mail_in_his_language(agent: Client) -> None:
    row = taken(agent, message="Je suis 85.07.31-001.30. Comment entrer ?")

    agent.post(f"{QUEUE}{row.number}/", {"answer": "Avec votre carte."})

    row.refresh_from_db()
    mail = Dispatch.objects.get(kind="mail")
    assert (row.state, row.answer) == ("answered", "Avec votre carte.")
    assert (mail.recipient, mail.language) == ("a@example.org", "fr")
    assert "Avec votre carte." in mail.body
    assert "Comment entrer" in mail.body
    assert "001.30" not in mail.body
    assert "Sofie" not in mail.body


def test_the_answer_to_a_person_stands_in_his_questions(agent: Client, worker: Client) -> None:
    worker.post("/contact/", {"topic": "access", "message": "How?"})
    row = Question.objects.get()
    agent.post(f"{QUEUE}{row.number}/take/")

    agent.post(f"{QUEUE}{row.number}/", {"answer": "With your card."})

    assert not Dispatch.objects.exists()
    assert "With your card." in text(worker, "/contact/mine/")
    assert "Your question has an answer" in text(worker, "/")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "Write the answer."),
        ("x" * 2001, "more than 2000 signs"),
        ("You are 85.07.31-001.30", "Leave the number of the person out"),
    ],
)
def test_an_answer_that_cannot_leave_is_refused(agent: Client, answer: str, said: str) -> None:
    row = taken(agent)

    response = agent.post(f"{QUEUE}{row.number}/", {"answer": answer})

    assert response.status_code == 422
    assert said in words(response.content.decode())
    row.refresh_from_db()
    assert row.state == "taken"


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("state", list(State))
def test_every_step_from_every_state(agent: Client, state: State, step: Step) -> None:
    row = asked()
    if state is not State.NEW:
        agent.post(f"{QUEUE}{row.number}/take/")
    if state is State.ANSWERED:
        agent.post(f"{QUEUE}{row.number}/", {"answer": "Yes."})
    if state is State.CLOSED:
        agent.post(f"{QUEUE}{row.number}/close/")

    word = {Step.ANSWER: "", Step.GIVE_BACK: "give-back/"}.get(step, f"{step}/")
    response = agent.post(f"{QUEUE}{row.number}/{word}", {"answer": "Yes."}, follow=True)

    row.refresh_from_db()
    assert row.state == NEXT.get((state, step), state)
    is_refused = "not possible any more" in response.content.decode()
    assert is_refused is ((state, step) not in NEXT)


def test_looking_at_the_question_of_a_person_is_noted(agent: Client, worker: Client) -> None:
    worker.post("/contact/", {"topic": "access", "message": "How?"})

    text(agent, f"{QUEUE}{Question.objects.get().number}/")

    noted = Lookup.objects.using("audit").filter(purpose="counter.question")
    assert {(one.niss, one.viewer_enterprise) for one in noted} == {(fixtures.W1, fixtures.E1)}
    assert "Your question to the counter" in text(worker, "/who-consulted-my-data/")


def test_each_step_leaves_a_line(agent: Client) -> None:
    row = taken(agent)
    agent.post(f"{QUEUE}{row.number}/", {"answer": "Yes."})
    agent.post(f"{QUEUE}{row.number}/close/")

    lines = Entry.objects.filter(target=row.number).order_by("id")

    assert [line.action for line in lines] == [
        "counter.question.taken", "counter.question.answered", "counter.question.closed",
    ]  # fmt: skip
    assert {line.actor_enterprise for line in lines} == {fixtures.E1}


@pytest.mark.parametrize("number", ["x", "%00", "26Q-0000000-00-A", "%C3%A9", "1" * 300])
def test_a_number_that_cannot_be_is_not_found(agent: Client, number: str) -> None:
    assert agent.get(f"{QUEUE}{number}/").status_code == 404
    assert agent.post(f"{QUEUE}{number}/take/").status_code == 404


def test_a_step_that_does_not_exist_is_not_found(agent: Client) -> None:
    assert agent.post(f"{QUEUE}{asked().number}/publish/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_asks_a_fixed_number_of_questions(
    agent: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        asked()
    agent.get(QUEUE)

    with django_assert_num_queries(4):
        agent.get(QUEUE)


def test_long_queues_have_pages(agent: Client) -> None:
    for _number in range(51):
        asked()

    assert "Page 1 of 2" in text(agent, QUEUE)
    assert "Page 2 of 2" in text(agent, QUEUE + "?page=2")
    assert agent.get(QUEUE + "?page=x").status_code == 200


def test_the_desk_is_on_the_start_page_of_its_people_only(agent: Client, worker: Client) -> None:
    asked()

    assert "1 question waits." in text(agent, "/")
    assert "Questions of the public" not in text(worker, "/")


def test_a_question_that_nobody_took_is_something_to_look_at_on_the_start_page(
    agent: Client, worker: Client
) -> None:
    assert "One question waits" not in text(agent, "/")
    number = asked().number

    said = text(agent, "/")
    assert "One question waits" in said
    assert "nothing waits" not in said
    assert "One question waits" not in text(worker, "/")

    agent.post(f"{QUEUE}{number}/take/")
    assert "One question waits" not in text(agent, "/")


def test_an_announcement_is_made_changed_and_ended(agent: Client) -> None:
    answer = agent.post(ANNOUNCEMENTS + "new/", WORDING)

    assert answer["Location"] == ANNOUNCEMENTS
    row = Announcement.objects.get()
    assert row.institution_number == fixtures.E1
    assert row.begins_at.isoformat() == "2026-11-25T17:00:00+00:00"
    assert "Shut" in text(Client(), "/services/career-break/")
    place = f"{ANNOUNCEMENTS}{row.pk}/"
    assert 'value="2026-11-25T18:00"' in agent.get(place).content.decode()
    agent.post(place, WORDING | {"title_en": "Closed"})
    assert "Closed" in text(Client(), "/services/career-break/")
    agent.post(place + "end/")
    assert "Closed" not in text(Client(), "/services/career-break/")
    assert "Closed" in text(agent, ANNOUNCEMENTS)
    assert agent.post(place, WORDING, follow=True).status_code == 200
    assert Announcement.objects.get().title_en == "Closed"
    actions = Entry.objects.filter(target=f"announcement/{row.pk}").order_by("id")
    assert [one.action.rpartition(".")[2] for one in actions] == ["made", "changed", "ended"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"severity": ""}, "Choose the kind"),
        ({"severity": "loud"}, "Choose the kind"),
        ({"service": "x"}, "Choose a service of the list."),
        ({"begins_at": ""}, "Enter from when it lasts."),
        ({"begins_at": "soon"}, "Enter the beginning as a day and an hour"),
        ({"ends_at": "2026-11-25T17:00"}, "The end is before the beginning."),
        ({"ends_at": ""}, "Say until when a planned interruption lasts."),
        ({"title_de": " "}, "Write the title in Deutsch."),
        ({"text_en": "Only here"}, "in every language, or in none"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused(
    agent: Client, changed: dict[str, str], said: str
) -> None:
    answer = agent.post(ANNOUNCEMENTS + "new/", WORDING | changed)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert not Announcement.objects.exists()


def test_another_institutions_announcement_is_not_there(agent: Client, other_agent: Client) -> None:
    agent.post(ANNOUNCEMENTS + "new/", WORDING)
    row = Announcement.objects.get()
    place = f"{ANNOUNCEMENTS}{row.pk}/"

    absent, foreign = other_agent.get(ANNOUNCEMENTS + "9999/"), other_agent.get(place)

    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert words(absent.content.decode()) == words(foreign.content.decode())
    assert other_agent.post(place, WORDING).status_code == 404
    assert other_agent.post(place + "end/").status_code == 404
    assert "Nothing announced" in text(other_agent, ANNOUNCEMENTS)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_desk_speaks_every_language(agent: Client, language: str) -> None:
    row = taken(agent)
    agent.post(ANNOUNCEMENTS + "new/", WORDING)
    agent.post("/language/", {"language": language, "next": "/"})

    for place in (QUEUE, f"{QUEUE}{row.number}/", ANNOUNCEMENTS, ANNOUNCEMENTS + "new/"):
        assert f'<html lang="{language}"' in agent.get(place).content.decode()


def test_counts_are_by_state(agent: Client) -> None:
    asked()
    taken(agent)

    assert answering.counts(institution_number=fixtures.E1) == {"new": 1, "taken": 1}
