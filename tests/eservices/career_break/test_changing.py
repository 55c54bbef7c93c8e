"""Another end, a cancellation, one request: at the door, and nobody else's."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from guichet.audit.models import Lookup
from guichet.documents import operations as documents
from guichet.documents import queries as papers
from guichet.eservices.career_break.models import Part, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.walk import begun, day, said
from tests.eservices.career_break.world import CLERK, FIRM, OTHER, STRANGER, clerk
from tests.portal.browsing import signed_in, words
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
PLAIN = (
    "", "reset/", "paper/", "parameters/", "new/", "personnel/", "modification/", "cancellation/",
)  # fmt: skip


def of(row: Request, act: str = "") -> str:
    return f"/career-break/requests/{row.ticket}/{act}"


def test_c47_a_changed_end_has_a_receipt_with_two_tickets() -> None:
    row = world.filed()
    client = clerk()
    chosen = client.get(f"/career-break/modification/?request={row.ticket}&next=1")
    assert chosen["Location"] == of(row, "modify/")

    answer = client.post(of(row, "modify/"), day("last_day", "31/5/2025"), follow=True)

    page = said(answer)
    part = Part.objects.get()
    assert TicketNumber(row.ticket).formatted() in page
    assert TicketNumber(part.ticket).formatted() in page
    assert "31/05/2025" in page
    assert "31/05/2025" in said(client.get(of(row)))


@pytest.mark.parametrize("typed", ["30/4/2025", "31/4/2025", "31/3/2025", "//"])
def test_an_end_that_cannot_be_is_said_at_its_field(typed: str) -> None:
    row = world.filed()

    answer = clerk().post(of(row, "modify/"), day("last_day", typed))

    assert answer.status_code == 422
    assert 'id="id_last_day-error"' in answer.content.decode()
    assert Part.objects.count() == 0


def test_c48_an_end_that_gives_no_whole_months_is_refused() -> None:
    row = world.filed()

    answer = clerk().post(of(row, "modify/"), day("last_day", "15/6/2025"))

    assert answer.status_code == 422
    assert 'id="id_last_day-error"' in answer.content.decode()
    assert "31/05/2025" in said(answer)
    assert "30/06/2025" in said(answer)


def test_what_a_new_end_warns_of_is_read_before_it_counts() -> None:
    row = world.filed()
    longer = day("last_day", "31/8/2025")

    warned = clerk().post(of(row, "modify/"), longer)

    assert warned.status_code == 200
    assert "You can go on." in said(warned)
    assert "only 4 months" in said(warned)
    assert Part.objects.count() == 0
    assert clerk().post(of(row, "modify/"), longer | {"seen": "2025-07-31"}).status_code == 200
    assert clerk().post(of(row, "modify/"), longer | {"seen": "2025-08-31"}).status_code == 302


def test_a_day_in_a_warning_is_written_as_people_write_it() -> None:
    row = walk.confirmed(clerk(), first="24/2/2025", last="23/3/2025")

    page = said(clerk().get(of(row)))

    assert "24/12/2024, the last day of the legal term" in page
    assert "2024-12-24" not in page


@pytest.mark.parametrize("act", ["modify", "cancel"])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_c49_what_the_worker_completed_is_refused_in_the_same_words(act: str, verb: str) -> None:
    row = world.completed(world.filed())

    answer = getattr(clerk(), verb)(of(row, f"{act}/"), {"certified": "on"})

    assert answer.status_code == 409
    assert "The worker has completed this request" in said(answer)
    assert Part.objects.count() == 0
    assert "Change the end date" not in said(clerk().get(of(row)))


def test_c51_a_cancellation_has_two_tickets_and_the_title_of_its_kind() -> None:
    row = world.filed()
    client = clerk()
    chosen = client.get(f"/career-break/cancellation/?request={row.ticket}&next=1")
    assert chosen["Location"] == of(row, "cancel/")

    answer = client.post(of(row, "cancel/"), {"certified": "on", "wants_mail": "on"}, follow=True)

    page = said(answer)
    assert "cancellation of a parental leave" in page
    assert TicketNumber(row.ticket).formatted() in page
    assert TicketNumber(Part.objects.get().ticket).formatted() in page
    assert "Cancelled" in said(client.get("/career-break/"))


def test_c52_a_cancellation_that_nobody_confirmed_is_refused() -> None:
    row = world.filed()

    answer = clerk().post(of(row, "cancel/"), {"wants_mail": "on"})

    assert answer.status_code == 422
    assert "Tick the box to confirm that you cancel the request." in said(answer)
    row.refresh_from_db()
    assert row.state == "wait_worker"


def test_a_list_without_a_choice_says_so() -> None:
    world.filed()

    answer = clerk().get("/career-break/cancellation/?next=1")

    assert answer.status_code == 422
    assert "Choose a request." in said(answer)


def test_c59_a_second_user_sees_the_same_and_another_employer_nothing() -> None:
    row = world.filed(comment="Deux mots")
    part = world.modified(row)
    unknown = TicketNumber.generate(prefix="04W", sequence=8_888_888).signs
    first, second, foreign = clerk(), world.second_clerk(), clerk(OTHER)

    for act in ("", "receipt/", "modify/", "cancel/", f"parts/{part.ticket}/"):
        theirs, hers = body(second.get(of(row, act))), body(first.get(of(row, act)))
        assert theirs == hers, act
        assert "Vandermeulen" in theirs or TicketNumber(row.ticket).formatted() in theirs
        stranger = foreign.get(of(row, act))
        none = foreign.get(f"/career-break/requests/{unknown}/{act}")
        assert stranger.status_code == none.status_code == 404
        assert said(stranger) == said(none)
        assert "Vandermeulen" not in stranger.content.decode()
    assert "Deux mots" in body(second.get(of(row)))
    assert TicketNumber(row.ticket).formatted() in said(second.get("/career-break/"))
    looks = Lookup.objects.using("audit").filter(niss=world.LUC, viewer_id=world.SECOND)
    assert looks.filter(viewer_enterprise=FIRM).exists()


def body(answer: HttpResponse) -> str:
    """The words of the page itself, without head and foot."""
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return words(f"<main{main}</main>")


def test_the_steps_of_somebody_elses_draft_are_not_there() -> None:
    place = begun(clerk())
    stranger = clerk(OTHER)

    for step in ("type", "details", "characteristics", "reduction", "check"):
        assert stranger.get(f"{place}{step}/").status_code == 404
        assert stranger.post(f"{place}{step}/", {"do": "forget"}).status_code == 404
    assert clerk().get(f"/career-break/new/{uuid4()}/type/").status_code == 404


@pytest.mark.parametrize("place", PLAIN)
def test_every_page_is_for_who_has_the_right(place: str) -> None:
    there = f"/career-break/{place}"

    assert clerk().get(there).status_code == 200
    assert Client().get(there).status_code == 302
    assert signed_in(CLERK).get(there).status_code == 403
    assert signed_in(STRANGER, FIRM).get(there).status_code == 403


def test_every_page_of_a_request_is_for_who_has_the_right() -> None:
    row = world.filed()
    part, notice = world.modified(row), world.notice()
    draft = begun(clerk())
    places = [
        *(of(row, act) for act in ("", "receipt/", "modify/", "cancel/", f"parts/{part.ticket}/")),
        f"/career-break/notices/{notice.ticket}/",
        *(f"{draft}{step}/" for step in ("type", "details", "characteristics", "check")),
    ]

    for place in places:
        assert clerk().get(place).status_code == 200, place
        assert Client().get(place).status_code == 302, place
        assert signed_in(STRANGER, FIRM).get(place).status_code == 403, place


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_employers_part_is_a_document_that_keeps_the_standards(language: str) -> None:
    client = clerk()
    client.cookies["guichet_language"] = language
    given = {"first": "24/2/2025", "last": "23/3/2025", "reason": "Vite & bien"}

    row = walk.confirmed(client, **given)

    assert documents.make(reference=row.document, now=clock.now())
    pdf = papers.sealed_pdf(reference=row.document)
    assert pdf is not None
    assert breaches(pdf) == []
