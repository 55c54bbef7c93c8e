"""The desk of the video interviews: its queue, one request and its steps; who may, who may not."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.audit.models import Entry, Lookup
from guichet.csam.outside import requests
from guichet.csam.outside.copies import Kind
from guichet.csam.outside.models import DocumentCopy, Request
from guichet.csam.outside.requests import Applicant
from guichet.demo import fixtures, numbers
from guichet.kernel.niss import Niss
from guichet.platform import throttle
from guichet.platform.models import Dispatch
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.belgianid import NEXT, State, Step
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, CLERK

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "identification_desk"
QUEUE = "/desk/identification/"
BORN = date(1991, 5, 6)
STEPS = ("slot", "cancel", "recognise", "refuse", "activate")
SLOT = {"day": "2026-11-25", "hour": "10:30"}
SEEN = {
    "given_name": "Youssef", "family_name": "Benali", "birth_date": "1991-05-06", "sex": "male",
    "niss": "",
}  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "slot": SLOT, "cancel": {}, "recognise": SEEN, "refuse": {"reason": "Another face."},
    "activate": {},
}  # fmt: skip
DOES = {
    "slot": Step.PROPOSE, "cancel": Step.CANCEL, "recognise": Step.PASS, "refuse": Step.REFUSE,
    "activate": Step.SEND,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """Tries are counted on a connection that no test rolls back."""
    throttle.forget(key="csam.belgianid:test")
    throttle.forget(key="csam.belgianid:youssef@example.org")


@pytest.fixture
def asked(agent: Client) -> str:
    """The reference of a request that nobody took up."""
    applicant = Applicant(
        "Youssef", "Benali", BORN, "MA", "youssef@example.org", "+212 600 000 000", "en"
    )
    return requests.ask(applicant=applicant, source="test", now=NOW).reference


def _in(state: State, reference: str) -> Request:
    """The request as it stands in this state, taken up by a desk unless it is new."""
    row = Request.objects.get(reference=reference)
    row.state = state
    if state is not State.REQUESTED:
        row.desk = Enterprise.objects.get(number=fixtures.E1)
        row.agent = Person.objects.get(niss=CLERK)
        row.slot_at = NOW + timedelta(hours=3)
    if state in (State.PASSED, State.ACTIVATION_SENT, State.ACTIVE):
        row.person = Person.objects.get(niss=fixtures.W1)
        row.interviewed_at = NOW
    if state is State.REFUSED:
        row.refusal = "Not the same person."
    row.save()
    if state is State.CONFIRMED:
        DocumentCopy.objects.create(
            request=row, kind=Kind.PDF.value, data=b"%PDF-1.7", given_at=NOW
        )
    return row


def _state(reference: str) -> State:
    return State(Request.objects.get(reference=reference).state)


@pytest.mark.parametrize("place", ["", "ACDEFHJK/", "ACDEFHJK/document/"])
def test_the_desk_is_not_for_visitors_workers_or_employers(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    assert "level=400" in Client().get(QUEUE + place)["Location"]
    for client in (worker, clerk, impostor):
        assert client.get(QUEUE + place).status_code == 403


@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_takes_a_step(
    worker: Client, clerk: Client, impostor: Client, asked: str, step: str
) -> None:
    for client in (Client(), worker, clerk, impostor):
        answer = client.post(f"{QUEUE}{asked}/{step}/", FORMS[step])
        assert answer.status_code == 403

    assert _state(asked) is State.REQUESTED


def test_a_password_is_not_enough_for_the_desk(agent: Client) -> None:
    client = signed_in(CLERK, fixtures.E1, quality="public_body", means="password", level=200)

    assert client.get(QUEUE)["Location"].startswith("/sign-in/step-up/")


def test_the_queue_names_nobody(agent: Client, asked: str) -> None:
    said = text(agent, QUEUE)

    assert "One request waits" in said
    assert asked in said
    assert "Asked for, no slot yet" in said
    assert "Benali" not in said
    assert "youssef" not in said


def test_a_request_without_a_slot_is_something_to_look_at_on_the_start_page(
    agent: Client, worker: Client, asked: str
) -> None:
    assert "One request for an interview waits" in text(agent, "/")
    assert "One request for an interview waits" not in text(worker, "/")

    agent.post(f"{QUEUE}{asked}/cancel/")
    assert "One request for an interview waits" not in text(agent, "/")


def test_an_empty_queue_says_so(agent: Client) -> None:
    assert "No request waits" in text(agent, QUEUE)


def test_interviews_come_before_new_requests(agent: Client, asked: str) -> None:
    throttle.forget(key="csam.belgianid:test")
    applicant = Applicant("Amal", "Idrissi", BORN, "MA", "amal@example.org", "+212", "fr")
    throttle.forget(key="csam.belgianid:amal@example.org")
    later = requests.ask(applicant=applicant, source="test", now=NOW + timedelta(minutes=5))
    _in(State.CONFIRMED, later.reference)

    said = text(agent, QUEUE)

    assert said.index(later.reference) < said.index(asked)
    assert "2 requests wait" in said


@pytest.mark.parametrize("step", ["", "document/", *(f"{one}/" for one in STEPS)])
def test_another_desks_request_and_none_are_the_same_404(
    other_agent: Client, asked: str, step: str
) -> None:
    _in(State.CONFIRMED, asked)
    word = step.strip("/")
    given = FORMS.get(word)

    def answer(reference: str) -> Any:
        place = f"{QUEUE}{reference}/{step}"
        return other_agent.get(place) if given is None else other_agent.post(place, given)

    foreign, absent = answer(asked), answer("ACDEFHJK")

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert words(foreign.content.decode()) == words(absent.content.decode())
    assert _state(asked) is State.CONFIRMED


@pytest.mark.parametrize("state", [*State])
@pytest.mark.parametrize("step", STEPS)
def test_each_step_in_each_state(agent: Client, asked: str, state: State, step: str) -> None:
    _in(state, asked)

    answer = agent.post(f"{QUEUE}{asked}/{step}/", FORMS[step])

    goal = NEXT.get((state, DOES[step]))
    assert _state(asked) is (goal or state)
    if goal is None:
        assert answer["Location"] == f"{QUEUE}{asked}/"
        assert "no longer possible" in text(agent, f"{QUEUE}{asked}/")
    open_now = {name for name, does in DOES.items() if (goal or state, does) in NEXT}
    shown = agent.get(f"{QUEUE}{asked}/").content.decode()
    assert {name for name in STEPS if f"{asked}/{name}/" in shown} == open_now


def test_a_slot_is_proposed_by_mail_in_the_persons_language(agent: Client, asked: str) -> None:
    answer = agent.post(f"{QUEUE}{asked}/slot/", SLOT)

    assert answer["Location"] == f"{QUEUE}{asked}/"
    row = Request.objects.get(reference=asked)
    assert row.slot_at == datetime.fromisoformat("2026-11-25T10:30:00+01:00")
    assert row.desk is not None
    assert row.desk.number == fixtures.E1
    mail = Dispatch.objects.get(recipient="youssef@example.org")
    assert mail.language == "en"
    assert "/outside/belgianid/confirm/" in mail.body


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": ""}, "Enter the day of the interview."),
        ({"day": "31/02/2026"}, "Enter the day of the interview as a date."),
        ({"hour": ""}, "Enter the hour of the interview."),
        ({"hour": "25:00"}, "Enter the hour of the interview, such as 14:30."),
        ({"day": "2026-11-24", "hour": "16:00"}, "A slot begins in an hour at the earliest."),
    ],
)
def test_a_slot_that_cannot_be_says_which_field(
    agent: Client, asked: str, given: dict[str, str], said: str
) -> None:
    answer = agent.post(f"{QUEUE}{asked}/slot/", SLOT | given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Error: " in answer.content.decode().split("</title>")[0]
    assert _state(asked) is State.REQUESTED


def test_two_interviews_at_one_time_are_refused(agent: Client, asked: str) -> None:
    agent.post(f"{QUEUE}{asked}/slot/", SLOT)
    throttle.forget(key="csam.belgianid:amal@example.org")
    applicant = Applicant("Amal", "Idrissi", BORN, "MA", "amal@example.org", "+212", "fr")
    other = requests.ask(applicant=applicant, source="test", now=NOW).reference

    answer = agent.post(f"{QUEUE}{other}/slot/", SLOT)

    assert answer.status_code == 422
    assert "You have another interview at this moment." in answer.content.decode()


def test_the_copy_is_seen_by_the_agent_only_and_looking_is_noted(agent: Client, asked: str) -> None:
    _in(State.CONFIRMED, asked)

    answer = agent.get(f"{QUEUE}{asked}/document/")

    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert Entry.objects.filter(action__endswith="copySeen").count() == 1


@pytest.mark.parametrize("state", [one for one in State if one is not State.CONFIRMED])
def test_there_is_no_copy_in_any_other_state(agent: Client, asked: str, state: State) -> None:
    row = _in(state, asked)
    DocumentCopy.objects.create(request=row, kind="image/png", data=b"x", given_at=NOW)

    assert agent.get(f"{QUEUE}{asked}/document/").status_code == 404


def test_people_who_may_be_the_same_are_shown_and_the_look_up_is_theirs(
    agent: Client, asked: str
) -> None:
    known = numbers.niss(born_on=BORN, is_female=False)
    record = PersonRecord(known, "Youssef", "Benali", BORN, "fr")
    persons.register(person=record, actor=ACTOR, now=NOW)
    _in(State.CONFIRMED, asked)

    said = text(agent, f"{QUEUE}{asked}/")

    assert "Is it one of them?" in said
    assert known in said
    seen = Lookup.objects.using("audit").filter(purpose="identification.interview")
    assert [row.niss for row in seen] == [known]


def test_the_recognised_person_keeps_his_number(agent: Client, asked: str) -> None:
    known = numbers.niss(born_on=BORN, is_female=False)
    record = PersonRecord(known, "Youssef", "Benali", BORN, "fr")
    persons.register(person=record, actor=ACTOR, now=NOW)
    _in(State.CONFIRMED, asked)
    before = Person.objects.count()

    given = SEEN | {"niss": Niss.parse(known).formatted()}
    answer = agent.post(f"{QUEUE}{asked}/recognise/", given)

    assert answer.status_code == 302
    person = Request.objects.get(reference=asked).person
    assert person is not None
    assert (person.niss, Person.objects.count()) == (known, before)


def test_somebody_new_gets_a_bis_number(agent: Client, asked: str) -> None:
    _in(State.CONFIRMED, asked)

    agent.post(f"{QUEUE}{asked}/recognise/", SEEN)

    person = Request.objects.get(reference=asked).person
    assert person is not None
    assert Niss.parse(person.niss).is_bis
    assert (person.family_name, person.birth_date) == ("Benali", BORN)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"given_name": " "}, "Enter the given name as on the document."),
        ({"family_name": ""}, "Enter the family name as on the document."),
        ({"birth_date": "soon"}, "Enter the date of birth as a date."),
        ({"birth_date": ""}, "Enter the date of birth as on the document."),
        ({"niss": "85073003329"}, "This is not a number of a person."),
        ({"niss": "x" * 400}, "This is not a number of a person."),
        ({"niss": "85073003328"}, "No register knows this person"),
    ],
)
def test_a_recognition_that_cannot_be_says_which_field_and_keeps_the_rest(
    agent: Client, asked: str, given: dict[str, str], said: str
) -> None:
    _in(State.CONFIRMED, asked)

    answer = agent.post(f"{QUEUE}{asked}/recognise/", SEEN | {"given_name": "Ada"} | given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page.replace("&#39;", "'").replace("&#x27;", "'")
    assert "given_name" in given or 'value="Ada"' in page
    assert _state(asked) is State.CONFIRMED


def test_a_refusal_needs_its_reason_and_the_person_does_not_read_it(
    agent: Client, asked: str
) -> None:
    _in(State.CONFIRMED, asked)

    silent = agent.post(f"{QUEUE}{asked}/refuse/", {"reason": ""})
    agent.post(f"{QUEUE}{asked}/refuse/", {"reason": "Another face."})

    assert silent.status_code == 422
    assert "Say why you are not sure." in silent.content.decode()
    assert _state(asked) is State.REFUSED
    assert "Another face." in text(agent, f"{QUEUE}{asked}/")
    assert "Another face." not in Dispatch.objects.get(recipient="youssef@example.org").body


def test_the_activation_code_is_shown_once_and_never_mailed(agent: Client, asked: str) -> None:
    _in(State.PASSED, asked)

    answer = agent.post(f"{QUEUE}{asked}/activate/")

    [code] = re.findall(r"\b\d{4} \d{4}\b", words(answer.content.decode()))
    assert answer["Cache-Control"] == "no-store"
    bare = code.replace(" ", "")
    mail = Dispatch.objects.get(recipient="youssef@example.org")
    assert "/outside/belgianid/activate/" in mail.body
    assert bare not in mail.body.replace(" ", "")
    assert bare not in agent.get(f"{QUEUE}{asked}/").content.decode()


def test_the_code_and_the_link_open_the_page_where_the_key_is_made(
    agent: Client, asked: str
) -> None:
    _in(State.PASSED, asked)
    answer = agent.post(f"{QUEUE}{asked}/activate/")
    [code] = re.findall(r"\b\d{4} \d{4}\b", words(answer.content.decode()))
    body = Dispatch.objects.get(recipient="youssef@example.org").body
    [secret] = re.findall(r"/outside/belgianid/activate/([\w-]+)/", body)

    requests.check_activation_code(secret=secret, code=code, now=NOW)


def test_only_the_agents_of_the_desk_see_the_tile(
    agent: Client, clerk: Client, someone: Callable[..., Client]
) -> None:
    assert "Video interviews" in text(agent, "/")
    assert "Video interviews" not in text(someone(fixtures.W1), "/")


def test_a_page_in_french_says_the_country_in_french(agent: Client, asked: str) -> None:
    agent.cookies["guichet_language"] = "fr"

    assert "Maroc" in text(agent, f"{QUEUE}{asked}/")
