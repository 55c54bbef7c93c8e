"""The desk of career breaks: who enters, the list, a file, questions, decisions, statistics."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Entry, Lookup
from guichet.backoffice.career_breaks.urls import urlpatterns
from guichet.documents import operations as documents
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.office.models import Letter, Post, Proposal, Question
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import (
    COLLEAGUE,
    FAR,
    LEADER,
    OFFICER,
    READER,
    at_desk,
    officer,
)
from tests.eservices.career_break.world import LUC, NADIA, NOW
from tests.portal.browsing import signed_in, text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
DESK = "/desk/career-breaks/"
UNKNOWN = TicketNumber.generate(prefix="04W", sequence=987_654).signs
GRANTED = {
    "result": "granted", "first_day": "01/04/2025", "last_day": "30/04/2025",
    "paid_from": "01/04/2025", "paid_until": "30/04/2025", "rows_for": "2025-04-01/2025-04-30",
    "gross_0": "1038,12", "rate_0": "10,13", "motivation": "", "why": "", "do": "decide",
}  # fmt: skip


def place(row: Request, step: str = "") -> str:
    """The address of a file, or of what is done with it."""
    return f"{DESK}{row.ticket}/{step}"


def said(answer: Any) -> str:
    """The words of an answer."""
    return words(answer.content.decode())


def pages(ticket: str) -> list[str]:
    """Every address of the desk, for a file of this ticket."""
    given = {
        "ticket": ticket, "post": 1, "letter": 1, "proposal": 1, "document": "0" * 16,
        "attachment": "0b8c1a52-6d0e-4d43-9d64-3f6f7a1d5c11", "change": "26C000000000Z",
        "office": "MON", "month": "2025-05", "name": "tax.full",
        "key": "0b8c1a52-6d0e-4d43-9d64-3f6f7a1d5c12",
    }  # fmt: skip
    found = []
    for one in urlpatterns:
        names = one.pattern.converters
        kwargs = {name: given[name] for name in names}
        found.append(reverse(f"career_break_desk:{one.name}", kwargs=kwargs))
    return found


def test_the_desk_is_for_institutions_with_one_of_the_rights() -> None:
    row = desk.waiting()
    outsider = signed_in(world.CLERK, world.FIRM)
    for where in pages(row.ticket):
        assert Client().get(where).status_code in (302, 405), where
        for client in (outsider, signed_in(LUC)):
            assert client.get(where).status_code in (403, 405), where
            assert client.post(where).status_code in (403, 405), where
    assert Lookup.objects.using("audit").filter(purpose="careerBreak.office").count() == 0


def test_a_file_that_nobody_has_is_unknown_on_every_page() -> None:
    client = at_desk()
    for ticket in (UNKNOWN, "nonsense"):
        for where in pages(ticket):
            if ticket in where:
                assert client.get(where).status_code in (404, 405), where
                assert client.post(where).status_code in (404, 405), where


@pytest.mark.parametrize("niss", [FAR, LEADER, READER])
def test_c72_whoever_may_not_handle_a_file_reads_it_on_record_and_changes_nothing(
    niss: str,
) -> None:
    row = desk.taken()
    client = at_desk(niss)
    before = row.version

    page = text(client, place(row))

    assert "Luc Vandermeulen" in page
    assert "You can read this file." in page
    assert (
        Lookup.objects.using("audit")
        .filter(niss=LUC, viewer_id=niss, purpose="careerBreak.office")
        .count()
        == 1
    )
    ask = {"addressee": "worker", "template": "household", "text": "", "answer_by": "28/02/2025"}
    for step, sent in (
        ("ask/", ask), ("reopen/", {"reason": "x"}), ("decide/", GRANTED),
    ):  # fmt: skip
        answer = client.post(place(row, step), sent)
        assert answer.status_code == 422, step
        assert "another office" in said(answer) or "cannot decide" in said(answer)
    client.post(place(row, "close/"))
    client.post(f"{DESK}take/", {"file": row.ticket})
    row.refresh_from_db()
    assert (row.version, row.state) == (before, "in_progress")
    assert row.handling.officer.niss == OFFICER


def test_the_list_shows_what_is_to_be_done_with_its_terms() -> None:
    row = desk.waiting()

    page = text(at_desk(), DESK)

    for fact in ("Vandermeulen Luc", "Parental leave", "Nuages SRL", "30 days left", "To be taken"):
        assert fact in page
    assert row.ticket in at_desk().get(DESK).content.decode()
    assert Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.office").exists()


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", True), ("?office=own", True), ("?office=MON", True), ("?office=LIE", False),
        ("?office=all", True), ("?leave=parental", True), ("?leave=ordinary", False),
        ("?state=wait_onem", True), ("?state=closed", False), ("?holder=mine", False),
        ("?holder=nobody", True), ("?priority=started", False), ("?priority=ready", True),
        ("?language=fr", True), ("?language=de", False), ("?days=0", True), ("?days=1", False),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(query: str, listed: bool) -> None:
    row = desk.waiting()

    assert (row.ticket in at_desk().get(DESK + query).content.decode()) == listed


@pytest.mark.parametrize(
    "query", ["?office=XXX", "?leave=mood", "?state=draft", "?days=-1", "?days=abc",
              "?holder=him", "?priority=1", "?language=xx"],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_told(query: str) -> None:
    answer = at_desk().get(DESK + query)

    assert answer.status_code == 422
    assert "There is a problem" in said(answer)


def test_the_list_costs_the_same_whatever_its_length(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = at_desk()
    client.get(DESK)
    for niss in (LUC, NADIA, world.BIS):
        desk.waiting(niss)

    with django_assert_num_queries(5):
        client.get(DESK)


def test_ticked_files_are_taken_and_who_was_second_hears_it() -> None:
    first, second = desk.waiting(), desk.waiting(NADIA)

    took = at_desk().post(f"{DESK}take/", {"file": [first.ticket, second.ticket]}, follow=True)
    late = at_desk(FAR).post(f"{DESK}take/", {"file": [first.ticket, UNKNOWN]}, follow=True)
    none = at_desk().post(f"{DESK}take/", follow=True)

    assert "You took 2 files." in said(took)
    assert "2 files were left" in said(late)
    assert "Tick the files" in said(none)


def test_a_file_shows_both_parts_the_law_the_credit_and_what_happened() -> None:
    row = desk.taken()

    page = text(at_desk(), place(row))

    for fact in (
        "Right to the interruption", "Allowance", "Zoé 01/05/2020", "Own child", "38:00",
        "BE68539007547034", "for this person".capitalize(), "80", "60", "An officer opened",
        "Both parts are complete since 28/01/2025",
    ):  # fmt: skip
        assert fact in page or fact == "38:00", fact


def test_what_people_write_is_shown_as_text() -> None:
    row = desk.taken(comment="<script>alert(1)</script>", worker={"reason": "<b>x</b>"})

    page = at_desk().get(place(row)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;x" in page


def test_a_question_is_asked_and_the_worker_answers_it_on_his_page() -> None:
    row = desk.taken()
    client, himself = at_desk(), signed_in(LUC)
    wanted = {"addressee": "worker", "template": "household", "text": "Avec qui ?",
              "answer_by": "28/02/2025"}  # fmt: skip

    form = text(client, place(row, "ask/"))
    done = client.post(place(row, "ask/"), wanted)

    assert "28/02/2025" in client.get(place(row, "ask/")).content.decode()
    assert "Français" in form
    assert done.status_code == 302
    question = Question.objects.get()
    where = f"/career-break/questions/{question.pk}/"
    assert "Avec qui ?" in text(himself, where)
    assert himself.post(where, {"text": " "}).status_code == 422
    assert himself.post(where, {"text": "Seul."}).status_code == 302
    assert "Seul." in text(client, place(row))
    assert himself.post(where, {"text": "Encore."}).status_code == 422


@pytest.mark.parametrize("where", ["{0}/", "employer/{0}/"])
def test_a_question_to_somebody_else_and_none_are_the_same_404(where: str) -> None:
    row = desk.taken()
    at_desk().post(
        place(row, "ask/"),
        {"addressee": "worker", "template": "hours", "text": "", "answer_by": "28/02/2025"},
    )
    question = Question.objects.get()
    strangers = [signed_in(NADIA), signed_in(world.CLERK, world.FIRM)]
    if where.startswith("employer"):
        strangers = [world.clerk(), world.clerk(world.OTHER)]

    for client in strangers:
        for number in (question.pk, question.pk + 500):
            answer = client.get("/career-break/questions/" + where.format(number))
            assert answer.status_code == 404


def test_the_employer_answers_what_he_is_asked() -> None:
    row = desk.taken()
    at_desk().post(
        place(row, "ask/"),
        {"addressee": "employer", "template": "hours", "text": "", "answer_by": "28/02/2025"},
    )
    where = f"/career-break/questions/employer/{Question.objects.get().pk}/"

    assert "The hours of the contract" in text(world.clerk(), where)
    assert world.clerk(world.OTHER).get(where).status_code == 404
    assert world.clerk().post(where, {"text": "38 heures."}).status_code == 302
    row.refresh_from_db()
    assert row.state == "in_progress"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"addressee": ""}, "Choose who is asked."),
        ({"addressee": "mayor"}, "Choose who is asked."),
        ({"template": "mood"}, "Choose from the list."),
        ({"template": "other", "text": ""}, "Say what you ask."),
        ({"answer_by": "28/01/2025"}, "Choose a day to come."),
        ({"answer_by": "31/02/2025"}, "Enter a day"),
        ({"answer_by": ""}, "Say until when"),
        ({"text": "x" * 2001}, "2000 signs"),
    ],
)
def test_a_question_is_whole(given: dict[str, str], told: str) -> None:
    row = desk.taken()
    wanted = {"addressee": "worker", "template": "household", "text": "", "answer_by": "28/02/2025"}

    answer = at_desk().post(place(row, "ask/"), wanted | given)

    assert answer.status_code == 422
    assert told in said(answer)
    assert Question.objects.count() == 0


def test_a_decision_is_prefilled_shown_as_a_letter_and_taken() -> None:
    row = desk.taken()
    client = at_desk()

    form = client.get(place(row, "decide/")).content.decode()
    shown = client.post(place(row, "decide/"), GRANTED | {"do": "preview"})

    for value in ("1038.12", "10.13", "01/04/2025", "2025-04-01/2025-04-30"):
        assert f'value="{value}"' in form
    assert "Tribunal du travail du Hainaut" in said(shown)
    assert Decision.objects.count() == 0

    assert client.post(place(row, "decide/"), GRANTED)["Location"] == place(row)
    page = text(client, place(row))
    assert "Granted, with an allowance" in page
    assert "Closed" in page


def test_other_days_have_their_own_amounts_before_they_are_decided() -> None:
    row = desk.taken(first_day=date(2025, 4, 1), last_day=date(2025, 6, 30))
    client = at_desk()
    wanted = GRANTED | {"last_day": "30/06/2025", "paid_until": "31/05/2025", "why": "Une raison."}

    early = client.post(place(row, "decide/"), wanted)
    anew = client.post(place(row, "decide/"), wanted | {"do": "compute"})

    assert early.status_code == 422
    assert "compute the amounts again" in said(early)
    assert anew.status_code == 200
    assert 'value="2025-04-01/2025-05-31"' in anew.content.decode()
    done = client.post(
        place(row, "decide/"), wanted | {"rows_for": "2025-04-01/2025-05-31"}, follow=True
    )
    assert "waits for the signature" in said(done)
    assert Proposal.objects.get().overrides == ["days"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"result": ""}, "Choose a result."),
        ({"result": "perhaps"}, "Choose a result."),
        ({"first_day": "x"}, "Enter a day"),
        ({"paid_from": ""}, "Say from when"),
        ({"gross_0": ""}, "Enter an amount in euro"),
        ({"gross_0": "-5"}, "Enter an amount in euro"),
        ({"gross_0": "99999999"}, "Enter an amount in euro"),
        ({"gross_0": "1,234"}, "Enter an amount in euro"),
        ({"rate_0": "101"}, "Enter a per cent"),
        ({"rate_0": "x"}, "Enter a per cent"),
        ({"gross_0": "900"}, "Say why: this decision has another amount"),
        ({"result": "refused"}, "Say why: this decision has another result"),
        ({"last_day": "01/05/2025"}, "must lie within"),
        ({"motivation": "x" * 2001}, "2000 signs"),
    ],
)
def test_a_decision_is_whole_and_says_why_it_differs(given: dict[str, str], told: str) -> None:
    row = desk.taken()

    answer = at_desk().post(place(row, "decide/"), GRANTED | given)

    assert answer.status_code == 422
    assert told in said(answer)
    assert Decision.objects.count() == Proposal.objects.count() == 0


def test_a_second_officer_sends_back_and_signs() -> None:
    row = desk.taken()
    refused = GRANTED | {"result": "refused", "why": "Pas de droit.", "motivation": "Refus."}
    assert at_desk().post(place(row, "decide/"), refused).status_code == 302
    proposal = Proposal.objects.get()
    where = place(row, f"sign/{proposal.pk}/")
    leader = at_desk(LEADER)

    assert "Pas de droit." in text(leader, where)
    assert row.ticket in leader.get(f"{DESK}signatures/").content.decode()
    assert "Withdraw the decision" in text(at_desk(), where)
    for niss in (OFFICER, COLLEAGUE, FAR, READER):
        assert at_desk(niss).post(where, {"do": "sign"}).status_code == 422
    assert leader.post(where, {"do": "back", "reason": ""}).status_code == 422
    assert leader.post(where, {"do": "nonsense"}).status_code == 404
    assert leader.post(where, {"do": "back", "reason": "Revoir."}).status_code == 302
    assert leader.post(where, {"do": "sign"}).status_code == 422
    assert "Revoir." in text(at_desk(), where)

    at_desk().post(place(row, "decide/"), refused)
    again = Proposal.objects.latest("pk")
    done = leader.post(place(row, f"sign/{again.pk}/"), {"do": "sign"}, follow=True)
    assert "You signed." in said(done)
    assert Decision.objects.get().result == "refused"


def test_an_overdue_file_is_closed_and_a_closed_one_is_reopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guichet.platform import clock

    row = desk.taken()
    client = at_desk()
    client.post(
        place(row, "ask/"),
        {"addressee": "worker", "template": "career", "text": "", "answer_by": "28/02/2025"},
    )
    assert "Close as refused" not in text(client, place(row))
    assert "is not over" in said(client.post(place(row, "close/"), follow=True))

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=40))
    client = at_desk()
    assert "Close as refused" in text(client, place(row))
    assert "waits for the signature" in said(client.post(place(row, "close/"), follow=True))
    waits = Proposal.objects.get()
    page = text(at_desk(LEADER), place(row, f"sign/{waits.pk}/"))
    assert "our question was not answered in time" in page or "pas complet" in page
    at_desk(LEADER).post(place(row, f"sign/{waits.pk}/"), {"do": "sign"})
    assert client.post(place(row, "reopen/"), {"reason": ""}).status_code == 422
    assert (
        client.post(place(row, "reopen/"), {"reason": "Le courrier est arrivé."}).status_code == 302
    )
    assert "Le courrier est arrivé." in text(client, place(row))


def test_a_letter_is_read_by_officers_and_leaves_a_line() -> None:
    row = desk.taken()
    done = deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(),
                           now=NOW)  # fmt: skip
    where = place(row, f"letters/{done.document}/")
    other = desk.waiting(NADIA)

    assert at_desk().get(where).status_code == 404
    documents.make(reference=done.document, now=NOW)

    assert at_desk(READER).get(where).content.startswith(b"%PDF")
    assert at_desk().get(place(other, f"letters/{done.document}/")).status_code == 404
    assert Entry.objects.filter(action="careerBreak.letter.opened").count() == 1


def test_letters_without_an_e_box_are_posted_by_the_office() -> None:
    row = desk.taken()
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)
    with transaction(actor=world.ACTOR):
        Letter.objects.update(way="paper")
    letter = Letter.objects.get()
    where = f"{DESK}letters/{letter.pk}/posted/"

    assert row.ticket in at_desk().get(f"{DESK}letters/").content.decode()
    assert row.ticket not in at_desk(FAR).get(f"{DESK}letters/").content.decode()
    assert at_desk(FAR).post(where).status_code == 404
    at_desk(READER).post(where)
    assert Letter.objects.get().way == "paper"
    assert at_desk().post(where).status_code == 302
    assert Letter.objects.get().way == "posted"


def test_a_team_leader_says_who_works_where() -> None:
    where = f"{DESK}team/"
    wanted = {"niss": READER, "office": "NAM"}

    assert at_desk().post(where, wanted).status_code == 422
    assert at_desk(LEADER).post(where, wanted | {"niss": "12"}).status_code == 422
    assert at_desk(LEADER).post(where, wanted | {"office": "XXX"}).status_code == 422
    assert at_desk(LEADER).post(where, wanted).status_code == 302
    post = Post.objects.get(office="NAM")
    assert "Namur" in text(at_desk(), where)
    at_desk().post(f"{where}{post.pk}/end/")
    assert Post.objects.filter(pk=post.pk).exists()
    assert at_desk(LEADER).post(f"{where}{post.pk}/end/").status_code == 302
    assert at_desk(LEADER).post(f"{where}{post.pk}/end/").status_code == 404


def test_statistics_hide_small_numbers_and_name_nobody() -> None:
    row = desk.taken()
    desk.waiting(NADIA)
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)

    for by in ("office", "leave", "regime", "result"):
        page = text(at_desk(), f"{DESK}figures/?by={by}")
        assert "fewer than 5" in page
        file = at_desk().get(f"{DESK}figures.csv?by={by}")
        rows = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]  # a stream
        for name in ("Vandermeulen", "Peeters", LUC, NADIA):
            assert name not in page
            assert name not in rows
    assert at_desk(READER).get(f"{DESK}figures/?by=person&months=x").status_code == 200


def test_statistics_count_and_give_the_median() -> None:
    row = desk.taken()
    with transaction():
        for at in range(2, 7):
            Decision.objects.create(
                request=row, number=at, result="refused", at=NOW + timedelta(days=at)
            )
    from guichet.eservices.career_break.office import figures

    [one] = figures.table(by="result", since=world.TODAY, until=date(2025, 3, 1))

    assert (one.key, one.decided, one.median_days) == ("refused", 5, 4)


def test_the_start_page_tells_officers_what_waits() -> None:
    row = desk.waiting()

    assert "One file is to be taken" in text(at_desk(), "/")
    assert "is to be taken" not in text(at_desk(FAR), "/")
    desk.operations.take(tickets=[row.ticket], officer=officer(), now=NOW)
    at_desk().post(place(row, "decide/"), GRANTED | {"result": "refused", "why": "Non."})
    assert "One decision waits for your signature" in text(at_desk(LEADER), "/")
    assert "Files of career breaks" in text(at_desk(READER), "/")
