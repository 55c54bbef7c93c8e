"""The desk of temporary unemployment: who enters, the list, one communication, decisions, many at
once, letters on paper, forms C106A, statistics."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guichet.audit.models import Lookup
from guichet.backoffice.temporary_unemployment.urls import urlpatterns
from guichet.documents import operations as documents
from guichet.eservices.temporary_unemployment.models import Communication, Difficulty
from guichet.eservices.temporary_unemployment.office import mass, paper
from guichet.eservices.temporary_unemployment.office.models import (
    Decision,
    Delivery,
    Paper,
    PaperWaiver,
    Post,
    Run,
)
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.temporary_unemployment.communication import Line
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.cards import world as cards
from tests.eservices.temporary_unemployment.office import desk
from tests.eservices.temporary_unemployment.office.desk import (
    COLLEAGUE,
    FAR,
    LEADER,
    OFFICER,
    READER,
    at_desk,
)
from tests.eservices.temporary_unemployment.world import ANNE, FIRM, LUC, NOW
from tests.portal.browsing import signed_in, text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
DESK = "/desk/temporary-unemployment/"
UNKNOWN = TicketNumber.generate(prefix="05W", sequence=987_654).signs
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # noqa: E501
ACCEPT = {
    "result": "accepted", "accepted_from": "17/03/2025", "accepted_until": "13/04/2025",
    "text": "", "do": "decide",
}  # fmt: skip
LETTER: dict[str, Any] = {
    "ground": "technical_failure", "letter_on": "08/03/2025", "tracking": "RR123",
    "told": "expected/E", "employer": FIRM, "establishment": world.PLACE, "postcode": "4000",
    "committee": "111", "posted_on": "08/03/2025", "notice_kind": "posted",
    "first_day": "17/03/2025", "last_day": "13/04/2025", "regime": "full",
    "causes": "Orders fell by a third.", "no_subcontracting": "on", "workers": f"{ANNE}\n",
    "language": "fr",
}  # fmt: skip


def place(row: Communication, step: str = "") -> str:
    """The address of a communication, or of what is done with it."""
    return f"{DESK}{row.ticket}/{step}"


def said(answer: Any) -> str:
    """The words of an answer."""
    return words(answer.content.decode())


def pages(ticket: str) -> list[str]:
    """Every address of the desk, for a communication of this ticket."""
    given = {
        "ticket": ticket, "post": 1, "delivery": 1, "run": 1, "form": 1, "asked": 1,
        "number": "LIE-2025-000001", "attachment": "0b8c1a52-6d0e-4d43-9d64-3f6f7a1d5c11",
    }  # fmt: skip
    found = []
    for one in urlpatterns:
        kwargs = {name: given[name] for name in one.pattern.converters}
        found.append(reverse(f"temporary_unemployment_desk:{one.name}", kwargs=kwargs))
    return found


def test_the_desk_is_for_institutions_with_one_of_the_rights() -> None:
    row = world.sent(world.expected())
    outsider = world.clerk()
    for where in pages(row.ticket):
        assert Client().get(where).status_code in (302, 405), where
        for client in (outsider, signed_in(LUC)):
            assert client.get(where).status_code in (403, 405), where
            assert client.post(where).status_code in (403, 405), where
    assert not Lookup.objects.using("audit").filter(purpose="temporaryUnemployment.office").exists()


def test_what_nobody_sent_is_unknown_on_every_page() -> None:
    client = at_desk()
    for ticket in (UNKNOWN, "nonsense"):
        for where in pages(ticket):
            if ticket in where:
                assert client.get(where).status_code in (404, 405), where
                assert client.post(where).status_code in (404, 405), where


@pytest.mark.parametrize("niss", [FAR, LEADER, READER])
def test_whoever_may_not_decide_reads_on_record_and_changes_nothing(niss: str) -> None:
    row = desk.taken()
    client = at_desk(niss)

    page = text(client, place(row))

    assert "Dubois Anne" in page
    assert "You can read this communication." in page
    found = Lookup.objects.using("audit").filter(
        niss=ANNE, viewer_id=niss, purpose="temporaryUnemployment.office"
    )
    assert found.exists()
    answer = client.post(place(row, "decide/"), ACCEPT)
    assert answer.status_code == 422
    client.post(f"{DESK}take/", {"file": row.ticket})
    assert client.post(f"{DESK}paper/", LETTER).status_code == 422
    row.refresh_from_db()
    assert (row.state, row.handling.officer.niss) == ("under_review", OFFICER)
    assert not Decision.objects.exists()
    assert Communication.objects.count() == 1


def test_the_list_shows_what_waits_with_its_term_and_its_warnings() -> None:
    world.sent(world.expected(world.moment("2025-03-12")))

    page = text(at_desk(), DESK)

    for fact in ("Fonderie Meuse SRL", "Expected communication", "days left", "CTW-014"):
        assert fact in page


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", True), ("?office=own", True), ("?office=MON", False), ("?office=all", True),
        ("?reason=E", True), ("?reason=I", False), ("?kind=expected", True),
        ("?kind=strike", False), ("?warned=no", True), ("?warned=yes", False),
        ("?channel=web", True), ("?channel=batch", False), ("?holder=nobody", True),
        ("?holder=mine", False), ("?state=decided", False), ("?state=received", True),
        ("?received_from=09/03/2025&received_until=09/03/2025", True),
        ("?received_until=08/03/2025", False), (f"?text={FIRM}", True), ("?text=meuse", True),
        (f"?text={UNKNOWN}", False), ("?text=nothing", False),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(query: str, listed: bool) -> None:
    row = world.sent(world.expected())

    answer = at_desk().get(f"{DESK}{query}")

    assert answer.status_code == 200
    assert (f"{DESK}{row.ticket}/" in answer.content.decode()) is listed


def test_a_filter_that_makes_no_sense_is_said() -> None:
    answer = at_desk().get(f"{DESK}?received_from=31/02/2025")

    assert answer.status_code == 422
    assert "Enter a day" in said(answer)


def test_communications_are_taken_from_the_list() -> None:
    row = world.sent(world.expected())
    client = at_desk()

    answer = client.post(f"{DESK}take/", {"file": [row.ticket]}, follow=True)

    assert "You took one communication." in said(answer)
    assert "Odile Bureau" in said(answer)
    assert "Tick the communications" in said(client.post(f"{DESK}take/", follow=True))
    again = client.post(f"{DESK}take/", {"file": [row.ticket, UNKNOWN]}, follow=True)
    assert "Some were left" in said(again)


def test_one_communication_shows_everything_an_officer_decides_on() -> None:
    first = world.sent(world.expected())
    told = world.expected(world.moment("2025-04-04"), first_day=date(2025, 4, 14),
                          last_day=date(2025, 5, 11))  # fmt: skip
    row = world.sent(told)

    page = text(at_desk(), place(row))

    for fact in (
        "Between two suspensions", "obligatory", "R06", "Orders fell by a third",
        "Other communications of the employer", TicketNumber(first.ticket).formatted(),
        "accepted by the rules", "Dubois Anne",
    ):  # fmt: skip
        assert fact in page


def test_a_decision_is_shown_first_then_taken_and_its_letter_is_read_at_the_desk() -> None:
    row = desk.taken()
    client = at_desk()

    preview = client.post(place(row, "decide/"), ACCEPT | {"do": "preview"})
    assert "What the letter will say" in said(preview)
    assert "La communication est acceptée du" in said(preview)
    assert not Decision.objects.exists()
    answer = client.post(place(row, "decide/"), ACCEPT, follow=True)

    assert "The decision is taken." in said(answer)
    assert "nobody else sees it before tomorrow" in said(answer)
    done = Decision.objects.get()
    where = place(row, f"letters/{done.number}/")
    assert client.get(where).status_code == 404
    documents.make(reference=done.document, now=NOW)
    letter = client.get(where)
    assert letter.content.startswith(b"%PDF")
    assert f"decision_{row.ticket}_FR.pdf" in letter["Content-Disposition"]


def test_gaps_of_a_decision_are_said_at_their_fields() -> None:
    row = desk.taken()
    client = at_desk()

    refused = client.post(place(row, "decide/"), ACCEPT | {"result": "refused"})
    free = client.post(
        place(row, "decide/"), ACCEPT | {"result": "refused", "codes": ["R99"], "do": "preview"}
    )
    outside = client.post(place(row, "decide/"), ACCEPT | {"accepted_from": "01/03/2025"})

    assert "Choose at least one reason." in said(refused)
    assert "Reason R99 is explained" in said(free)
    assert "must lie within" in said(outside)
    for answer in (refused, free, outside):
        assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_workers_are_refused_apart_on_the_form() -> None:
    row = desk.taken(world.expected(lines=(Line(niss=ANNE), Line(niss=LUC))))

    at_desk().post(
        place(row, "decide/"),
        ACCEPT | {"result": "partially_accepted", "codes": ["R15"], "worker_1": "all",
                  "worker_2": "refused"},
    )  # fmt: skip

    assert [one["line"] for one in Decision.objects.get().shares] == [2]


def test_a_leader_revises_with_a_reason_that_the_letter_does_not_say() -> None:
    done = desk.decided()
    row = done.communication
    client = at_desk(LEADER)
    given = ACCEPT | {"result": "refused", "codes": ["R08"], "why": "Inspectie 12"}

    assert "Say why" in said(client.post(place(row, "decide/"), given | {"why": ""}))
    answer = client.post(place(row, "decide/"), given, follow=True)

    assert "Inspectie 12" in said(answer)
    assert "replaced" in said(answer)
    assert "Inspectie" not in str(Decision.objects.get(version=2).content)
    own = client.post(place(row, "decide/"), given)
    assert "You took this decision" in said(own)


def many(count: int) -> list[Communication]:
    """Communications in order, each for its own days of receipt."""
    return [world.sent(world.expected(own), confirmed=True) for own in [NOW] * count]


DAYS = {"received_from": "09/03/2025", "received_until": "09/03/2025"}


def test_many_are_accepted_after_a_preview_with_its_exceptions() -> None:
    row = world.sent(world.expected())
    late = world.sent(world.expected(lines=(Line(niss=LUC),), first_day=date(2025, 3, 14)))
    client = at_desk()

    preview = said(client.get(f"{DESK}many/", DAYS))
    assert "One communication would be accepted" in preview
    assert "the rules take something away" in preview
    assert TicketNumber(late.ticket).formatted() in preview
    changed = client.post(f"{DESK}many/", DAYS | {"shown": "7"})
    assert changed.status_code == 422
    answer = client.post(f"{DESK}many/", DAYS | {"shown": "1"}, follow=True)

    assert "1 of 1 done" in said(answer)
    row.refresh_from_db()
    late.refresh_from_db()
    assert (row.state, late.state) == ("accepted", "received")
    assert Run.objects.get().state == "done"
    assert "No communication" not in said(client.get(f"{DESK}many/", DAYS))


def test_days_in_the_wrong_order_are_said() -> None:
    answer = at_desk().get(f"{DESK}many/", DAYS | {"received_until": "08/03/2025"})

    assert answer.status_code == 422
    assert "lies before" in said(answer)


def test_whoever_only_reads_decides_on_nothing_in_one_go() -> None:
    world.sent(world.expected())

    answer = at_desk(READER).post(f"{DESK}many/", DAYS | {"shown": "0"})

    assert answer.status_code == 422
    assert not Run.objects.exists()


def test_work_for_many_goes_on_where_it_was_broken_off_and_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mass, "AT_ONCE", 0)
    lines = [(Line(niss=one),) for one in (ANNE, LUC)]
    rows = [world.sent(world.expected(lines=line)) for line in lines]
    client = at_desk()

    answer = client.post(f"{DESK}many/", DAYS | {"shown": "2"}, follow=True)
    run = Run.objects.get()
    assert run.state == "waiting"
    assert "0 of 2 done" in said(answer)
    mass._decided([rows[0].pk], run.pk, desk.officer(), NOW)
    mass.work(run=run.pk, officer=desk.officer(), now=NOW)

    run.refresh_from_db()
    assert (run.state, run.done, run.left) == ("done", 1, 1)
    assert Decision.objects.count() == 2
    assert not mass.stop(run=run.pk, officer=desk.officer(), now=NOW)
    Run.objects.filter(pk=run.pk).update(state="running", ended_at=None)
    stopped = client.post(f"{DESK}many/{run.pk}/stop/", follow=True)
    assert "What is decided stays decided." in said(stopped)


def test_sc72_a_letter_counts_from_its_day_with_the_proof_attached() -> None:
    client = at_desk()
    proof = SimpleUploadedFile("brief.pdf", PDF, "application/pdf")

    answer = client.post(f"{DESK}paper/", LETTER | {"proof": proof}, follow=True)

    row = Communication.objects.get()
    assert "The letter is recorded" in said(answer)
    assert (row.channel, row.told_on, row.ground) == (
        "paper", date(2025, 3, 8), "technical_failure",
    )  # fmt: skip
    assert row.ticket.startswith("05P")
    assert row.warnings == []
    letter = Paper.objects.get()
    assert (letter.posted_on, letter.tracking) == (date(2025, 3, 8), "RR123")
    [kept] = paper.proofs(row)
    assert client.get(place(row, f"proofs/{kept.pk}/")).content.startswith(b"%PDF")
    assert "brief.pdf" in text(client, place(row))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "This ground does not hold"),
        ({"ground": "waiver_of_director"}, "This ground does not hold"),
        ({"ground": "first_in_two_years", "letter_on": "10/03/2025"}, "day to come"),
        ({"ground": "first_in_two_years", "employer": "12"}, "no valid enterprise number"),
        ({"ground": "first_in_two_years", "no_subcontracting": ""}, "undertake"),
        ({"ground": "first_in_two_years", "workers": "1 17/03/2025"}, "social security number"),
        ({"ground": "first_in_two_years", "workers": f"{ANNE} 31/02/2025"}, "the day is not"),
    ],
)
def test_sc72_a_letter_that_is_not_admitted_stores_nothing(given: dict[str, str], why: str) -> None:
    answer = at_desk().post(f"{DESK}paper/", LETTER | given)

    assert answer.status_code == 422
    assert why in said(answer)
    assert not Communication.objects.exists()


def test_sc72_the_first_in_two_years_and_a_waiver_are_grounds() -> None:
    first = LETTER | {"ground": "first_in_two_years"}
    at_desk().post(f"{DESK}paper/", first)
    assert Communication.objects.count() == 1
    again = first | {"letter_on": "09/03/2025", "workers": LUC}
    assert at_desk().post(f"{DESK}paper/", again).status_code == 422  # a letter is one too
    Communication.objects.update(channel="web", ground="")
    assert at_desk().post(f"{DESK}paper/", again).status_code == 422

    leader = at_desk(LEADER)
    waived = {"employer": FIRM, "given_on": "01/03/2025"}
    assert at_desk().post(f"{DESK}paper/waiver/", waived).status_code == 422
    assert "The waiver is recorded." in said(
        leader.post(f"{DESK}paper/waiver/", waived, follow=True)
    )
    leader.post(f"{DESK}paper/waiver/", waived)
    assert PaperWaiver.objects.count() == 1
    at_desk().post(f"{DESK}paper/", again | {"ground": "waiver_of_director"})
    assert Communication.objects.count() == 2


FORM = {"employer": FIRM, "form": "C106A", "ground": "turnover", "sent_on": "01/03/2025"}


def test_a_form_c106a_is_recorded_and_recognised_once() -> None:
    client = at_desk()

    assert "The form is recorded." in said(client.post(f"{DESK}difficulty/", FORM, follow=True))
    client.post(f"{DESK}difficulty/", FORM)
    row = Difficulty.objects.get()
    where = f"{DESK}difficulty/{row.pk}/"
    assert client.post(where, {"do": "recognise"}).status_code == 422
    days = {
        "first_day": "15/03/2025", "last_day": "31/12/2025", "percent": "10", "do": "recognise",
    }  # fmt: skip
    client.post(where, days | {"last_day": "01/03/2025"})
    answer = client.post(where, days, follow=True)

    assert "recognised" in said(answer)
    row.refresh_from_db()
    assert (row.first_day, row.last_day) == (date(2025, 3, 15), date(2025, 12, 31))
    assert "decided before" in said(client.post(where, {"do": "refuse", "remark": "No."}))


def test_a_form_c106a_is_refused_and_only_its_office_decides() -> None:
    client = at_desk()
    client.post(f"{DESK}difficulty/", FORM)
    row = Difficulty.objects.get()
    where = f"{DESK}difficulty/{row.pk}/"

    refusal = {"do": "refuse", "percent": "9", "remark": "Nine per cent only."}
    assert "no right" in said(at_desk(READER).post(where, refusal))
    client.post(where, refusal)

    row.refresh_from_db()
    assert (row.refused, row.percent, row.first_day) == (True, 9, None)
    assert "Nine per cent only." in text(client, where)
    for given in ({"sent_on": "10/03/2025"}, {"employer": "0999999922"}, {"employer": "x"}):
        assert client.post(f"{DESK}difficulty/", FORM | given).status_code == 422


@pytest.mark.parametrize(
    ("ground", "percent", "do", "said_of_it"),
    [
        ("turnover", "9", "recognise", "The law asks for 10 per cent"),
        ("turnover", "", "recognise", "The law asks for 10 per cent"),
        ("turnover", "10", "recognise", None),
        ("unemployment", "9", "recognise", "The law asks for 10 per cent"),
        ("unemployment", "10", "recognise", None),
        ("minister", "", "recognise", None),
        ("turnover", "10", "refuse", "The figure reaches 10 per cent: say why you refuse."),
        ("turnover", "9", "refuse", "Say why you refuse."),
        ("turnover", "9,5", "recognise", "Enter a whole number from 0 to 100."),
        ("turnover", "101", "refuse", "Enter a whole number from 0 to 100."),
    ],
)
def test_a_form_is_decided_against_its_figure_only_with_a_reason(
    ground: str, percent: str, do: str, said_of_it: str | None
) -> None:
    client = at_desk()
    client.post(f"{DESK}difficulty/", FORM | {"ground": ground})
    row = Difficulty.objects.get()
    where = f"{DESK}difficulty/{row.pk}/"
    given = {"first_day": "15/03/2025", "percent": percent, "do": do}

    answer = client.post(where, given)

    row.refresh_from_db()
    if said_of_it is None:
        assert answer.status_code == 302
        assert row.first_day == date(2025, 3, 15)
        return
    assert answer.status_code == 422
    assert said_of_it in said(answer)
    assert (row.first_day, row.refused) == (None, False)
    if "whole number" not in said_of_it:
        assert client.post(where, given | {"remark": "Seen on the spot."}).status_code == 302
        row.refresh_from_db()
        assert row.remark == "Seen on the spot."
        assert row.refused == (do == "refuse")


def test_statistics_are_a_picture_a_table_and_a_file() -> None:
    desk.decided()
    client = at_desk(READER)

    for by, name in (
        ("office", "Liège"), ("reason", "Lack of work"), ("kind", "Expected"),
        ("channel", "Online service"), ("result", "Accepted"), ("code", "without a reason"),
        ("nonsense", "Liège"),
    ):  # fmt: skip
        page = text(client, f"{DESK}figures/?by={by}&months=1")
        assert name in page
        assert "Decided" in page
        file = client.get(f"{DESK}figures.csv?by={by}").getvalue().decode()
        assert name in file


def test_a_leader_says_who_works_where() -> None:
    leader = at_desk(LEADER)
    given = {"niss": READER, "office": "LIE"}

    assert at_desk().post(f"{DESK}team/", given).status_code == 422
    assert "works for this office from now on" in said(
        leader.post(f"{DESK}team/", given, follow=True)
    )
    post = Post.objects.get(person__niss=READER)
    at_desk().post(f"{DESK}team/{post.pk}/end/")
    assert Post.objects.filter(pk=post.pk).exists()
    leader.post(f"{DESK}team/{post.pk}/end/")
    assert not Post.objects.filter(pk=post.pk).exists()
    assert leader.post(f"{DESK}team/{post.pk}/end/").status_code == 404
    assert leader.post(f"{DESK}team/", given | {"niss": "1"}).status_code == 422
    assert leader.post(f"{DESK}team/", given | {"niss": world.UNKNOWN}).status_code == 422


def test_letters_on_paper_are_noted_as_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    done = desk.decided()
    Delivery.objects.update(state="paper")
    row = Delivery.objects.get()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    where = f"{DESK}sending/{row.pk}/posted/"

    assert done.number in text(at_desk(), f"{DESK}sending/")
    at_desk(READER).post(where)
    assert Delivery.objects.get().state == "paper"
    assert at_desk(FAR).post(where).status_code == 404
    assert "noted as posted" in said(at_desk(COLLEAGUE).post(where, follow=True))
    assert Delivery.objects.get().state == "posted"


def test_the_start_page_of_an_officer_says_what_is_to_be_taken() -> None:
    world.sent(world.expected())

    page = text(at_desk(), "/")

    assert "Communications of temporary unemployment" in page
    assert "One communication is to be taken" in page


def test_sc42_a_day_that_the_sent_card_covers_still_stands_and_only_the_office_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = world.sent(world.first_day(date(2025, 3, 17), world.moment("2025-03-14")))
    card = cards.key(ANNE, FIRM)
    cards.mark(17, "holiday", of=card, now=cards.at(14))
    sentence = "it also stands for a declaration that begins on 17/03/2025, 18/03/2025"
    assert sentence not in text(at_desk(), place(row))

    cards.send(of=card, now=cards.at(31))

    monkeypatch.setattr(clock, "now", lambda: cards.at(31))
    assert sentence in text(at_desk(), place(row))
    theirs = text(world.clerk(), f"/temporary-unemployment/communications/{row.ticket}/")
    assert "control card" not in theirs
