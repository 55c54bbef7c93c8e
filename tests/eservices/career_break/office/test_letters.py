"""Letters are sealed, go out on their day and once; who has no e-Box gets paper."""

import json
from datetime import date, timedelta

import pytest

from guichet.documents import operations as documents
from guichet.documents import queries as sealed
from guichet.ebox.models import Message
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding, letters, operations
from guichet.eservices.career_break.office.models import Letter
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import officer
from tests.eservices.career_break.world import ACTOR, LUC, NADIA, NOW
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
TOMORROW = NOW + timedelta(days=1)


def decided(row: Request | None = None) -> Decision:
    """A decision as the rules propose it."""
    row = row or desk.taken()
    done = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW
    )
    assert isinstance(done, Decision)
    assert documents.make(reference=done.document, now=NOW)
    return done


def test_a_decision_goes_out_on_the_next_working_day_and_once(sender: None) -> None:
    done = decided()

    assert letters.publish_due(actor=ACTOR, now=NOW) == 0
    assert letters.publish_due(actor=ACTOR, now=TOMORROW) == 1
    assert letters.publish_due(actor=ACTOR, now=TOMORROW) == 0

    [message] = Message.objects.filter(type="decision.career-break")
    assert message.language == "fr"
    assert message.documents == 1
    for hidden in (LUC, "Vandermeulen", "1038", "038,12"):
        assert hidden not in message.subject + message.body
    letter = Letter.objects.get(decision=done)
    assert (letter.way, letter.sent_at) == ("ebox", TOMORROW)


def test_the_letter_is_sealed_and_says_all_that_it_must() -> None:
    done = decided()

    pdf = sealed.sealed_pdf(reference=done.document)
    assert pdf is not None
    assert pdf.startswith(b"%PDF")
    data = documents.Document.objects.get(reference=done.document).data
    whole = json.dumps(data, ensure_ascii=False)
    for said in (
        "Mons", "Luc Vandermeulen", "Nuages SRL", "Congé parental", "1 038,12", "932,96",
        "Tribunal du travail du Hainaut", "29/04/2025", "7000 Mons",
    ):  # fmt: skip
        assert said in whole.replace("\N{NO-BREAK SPACE}", " "), said
    assert data["credit"]
    assert data["duties"]


def test_whoever_has_no_open_e_box_gets_a_letter_by_post(sender: None) -> None:
    row = desk.taken(world.NADIA)
    done = decided(row)

    assert letters.publish_due(actor=ACTOR, now=TOMORROW) == 0
    [waits] = letters.to_post({"MON"})
    assert waits.decision == done
    assert list(letters.to_post({"LIE"})) == []

    assert not letters.posted(letter=waits.pk, offices={"LIE"}, actor=ACTOR, now=TOMORROW)
    assert letters.posted(letter=waits.pk, offices={"MON"}, actor=ACTOR, now=TOMORROW)
    assert not letters.posted(letter=waits.pk, offices={"MON"}, actor=ACTOR, now=TOMORROW)
    assert list(letters.to_post({"MON"})) == []


def test_a_question_goes_out_as_soon_as_it_is_sealed(sender: None) -> None:
    row = desk.taken()
    asking = operations.Asking("worker", "household", "", date(2025, 2, 28))
    question = operations.ask(ticket=row.ticket, asking=asking, officer=officer(), now=NOW)

    assert not letters.publish(reference=question.document, actor=ACTOR, now=NOW)
    assert documents.make(reference=question.document, now=NOW)
    assert letters.publish(reference=question.document, actor=ACTOR, now=NOW)

    [message] = Message.objects.filter(type="career-break.step").exclude(due_on=None)
    assert message.due_on == date(2025, 2, 28)


def test_a_question_to_the_employer_goes_to_his_box(sender: None) -> None:
    row = desk.taken()
    asking = operations.Asking("employer", "hours", "", date(2025, 2, 28))
    question = operations.ask(ticket=row.ticket, asking=asking, officer=officer(), now=NOW)
    documents.make(reference=question.document, now=NOW)

    letters.publish(reference=question.document, actor=ACTOR, now=NOW)

    letter = Letter.objects.get(question=question)
    assert letter.way in ("ebox", "paper")
    assert letter.way == "paper" or Message.objects.filter(type="career-break.question").exists()


def test_a_letter_of_a_file_that_was_reopened_stays_here(sender: None) -> None:
    done = decided()
    operations.reopen(ticket=done.request.ticket, reason="Revu.", officer=officer(), now=NOW)

    assert letters.publish_due(actor=ACTOR, now=TOMORROW) == 0
    assert Letter.objects.get(decision=done).way == "withdrawn"


def test_without_a_sender_everything_waits() -> None:
    decided()

    assert letters.publish_due(actor=ACTOR, now=TOMORROW) == 0
    assert Letter.objects.get().way == ""


def test_the_next_working_day_is_not_a_holiday_nor_a_weekend() -> None:
    assert letters.sent_on(today=date(2025, 4, 18)) == date(2025, 4, 22)  # after Easter Monday
    assert letters.sent_on(today=date(2025, 11, 10)) == date(2025, 11, 12)


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_both_letters_keep_the_standards_in_the_language_of_the_file(language: str) -> None:
    closed = desk.taken(worker={"language": language})
    done = deciding.decide(
        ticket=closed.ticket, decided=desk.proposed(closed), officer=officer(), now=NOW
    )
    asked = desk.taken(NADIA, worker={"language": language})
    asking = operations.Asking("worker", "household", "?", NOW.date() + timedelta(days=30))
    question = operations.ask(ticket=asked.ticket, asking=asking, officer=officer(), now=NOW)

    for reference in (done.document, question.document):  # type: ignore[union-attr]  # decided alone
        assert documents.make(reference=reference, now=NOW)
        pdf = sealed.sealed_pdf(reference=reference)
        assert pdf is not None
        assert breaches(pdf) == []
