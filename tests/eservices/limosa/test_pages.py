"""Limosa declarations at the door: made once, changed, cancelled; the L1; whose they are."""

import io
import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader
from pytest_django import DjangoAssertNumQueries

from guichet.access.rights import give_right
from guichet.audit.actors import system
from guichet.audit.models import Entry, Lookup
from guichet.demo import numbers
from guichet.documents import operations as documents
from guichet.documents import queries as papers
from guichet.documents.models import Document
from guichet.eservices.limosa.models import Declaration, Draft
from guichet.kernel.limosa import limosa_check_holds, limosa_number_in
from guichet.kernel.niss import niss_check_holds
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.postings import queries as postings
from guichet.registers.postings.codes import address_of
from tests.eservices.works import world
from tests.eservices.works.world import BUILDER, CLERK, NOW, OTHER, OWNER, TODAY, UNKNOWN, clerk
from tests.portal.browsing import signed_in, words
from tests.standards import breaches

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DAY = timedelta(days=1)
WORKER = numbers.bis(born_on=date(1990, 4, 12), is_female=False)
WHO = {
    "kind": "employee", "niss": WORKER, "family_name": "", "given_name": "", "birth_date": "",
    "employer_vat": "PL0000000000", "employer_name": "Budowa Nowak", "client": OWNER,
    "client_contact": "", "liaison_name": "Anna Kowalska", "liaison_reach": "+32 2 000 00 00",
}  # fmt: skip
WORK = {
    "sector": "construction", "service": "Masonry",
    "places": "1Y103CF8204TZ\nRue Haute 1, 5000 Namur",
    "first_day": (TODAY + DAY).isoformat(), "last_day": (TODAY + 100 * DAY).isoformat(),
    "weekly_minutes": "38:30", "schedule": "Monday to Friday, 7:00 to 15:30",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    actor = system("tests")
    with transaction(actor=actor):
        person = PersonRecord(WORKER, "Jan", "Nowak", date(1990, 4, 12))
        persons.register(person=person, actor=actor, now=NOW)
        for firm in (BUILDER, OTHER):
            give_right(
                niss=CLERK, enterprise_number=firm, service="limosa", first_day=TODAY - 900 * DAY,
                actor=actor, now=NOW,
            )  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW)


def said(answer: HttpResponse) -> str:
    return words(answer.content.decode())


def begun(client: Client, number: str = "") -> str:
    """A draft; the start of its addresses."""
    answer = client.post("/limosa/declare/", {"number": number})
    assert answer.status_code == 302
    return re.sub(r"(who|work)/$", "", str(answer["Location"]))


def drafted(client: Client, who: dict[str, str] = WHO, work: dict[str, str] = WORK) -> str:
    place = begun(client)
    for step, given in (("who", who), ("work", work)):
        answer = client.post(f"{place}{step}/", given)
        assert answer.status_code == 302, said(answer)
    return place


def declared(client: Client, who: dict[str, str] = WHO, work: dict[str, str] = WORK) -> Declaration:
    place = drafted(client, who, work)
    answer = client.post(f"{place}check/", {"do": "send"})
    assert answer.status_code == 302, said(answer)
    return Declaration.objects.get(number=str(answer["Location"]).split("/")[2])


def test_a_worker_is_declared_and_the_register_knows_the_posting() -> None:
    row = declared(clerk())

    assert limosa_check_holds(row.number)
    assert row.number.startswith("260302")
    posting = postings.posting(number=row.number)
    assert posting is not None
    assert (posting.niss, posting.foreign_vat_number) == (WORKER, "PL0000000000")
    assert (posting.client, posting.kind, posting.state) == (OWNER, "employee", "active")
    assert [place.works_reference for place in posting.places] == ["1Y103CF8204TZ", None]
    assert Draft.objects.count() == 0
    page = said(clerk().get(f"/limosa/{row.number}/"))
    assert "Nowak Jan" in page
    assert "38:30" in page
    assert Entry.objects.filter(action="limosa.declaration.accepted", target=row.number).exists()


def test_a_second_press_makes_no_second_declaration() -> None:
    client = clerk()
    place = drafted(client)
    first = client.post(f"{place}check/", {"do": "send"})["Location"]

    again = client.post(f"{place}check/", {"do": "send"})["Location"]

    assert again == first
    assert Declaration.objects.count() == 1


def test_who_has_no_number_gets_one_and_nobody_else_is_revealed() -> None:
    names = {"niss": "", "family_name": "Nowak", "given_name": "Jan", "birth_date": "1990-04-12"}

    row = declared(clerk(), WHO | names)

    given = str(row.content["niss"])
    assert niss_check_holds(given)
    assert given != WORKER
    assert given[2:4] == "24"


def test_a_self_employed_person_declares_himself() -> None:
    client = signed_in(WORKER)
    page = client.get(f"{begun(client)}who/").content.decode()
    assert 'name="niss"' not in page
    assert 'name="employer_vat"' not in page

    row = declared(client, {"client": OWNER}, WORK | {"weekly_minutes": "", "schedule": ""})

    posting = postings.posting(number=row.number)
    assert posting is not None
    assert (posting.kind, posting.niss, posting.employer) == ("self_employed", WORKER, None)
    assert clerk().get(f"/limosa/{row.number}/").status_code == 404


@pytest.mark.parametrize(
    ("step", "given", "told"),
    [
        ("who", {"niss": "90041299999"}, "no national or BIS number"),
        ("who", {"niss": numbers.niss(born_on=date(1991, 1, 1), is_female=True)}, "does not know"),
        ("who", {"niss": ""}, "Enter the date of birth"),
        ("who", {"employer_vat": "BE0712345630"}, "not BE"),
        ("who", {"client": UNKNOWN}, "does not know this enterprise"),
        ("who", {"client": "<script>"}, "no enterprise number"),
        ("who", {"liaison_name": ""}, "Name a person of contact"),
        ("who", {"kind": "king"}, "Choose one of the answers."),
        ("work", {"places": ""}, "at least one place"),
        ("work", {"places": "x\n" * 21}, "at most twenty places"),
        ("work", {"last_day": "2027-03-04"}, "twelve months at most"),
        ("work", {"last_day": "2026-03-01"}, "before the first one"),
        ("work", {"first_day": "soon"}, "Write a day as"),
        ("work", {"weekly_minutes": "38:77"}, "38 or 38:30"),
        ("work", {"schedule": ""}, "on which days"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_kept(
    step: str, given: dict[str, str], told: str
) -> None:
    client = clerk()
    place = begun(client)
    if step == "work":
        client.post(f"{place}who/", WHO)

    answer = client.post(f"{place}{step}/", {"who": WHO, "work": WORK}[step] | given)

    assert answer.status_code == 422
    assert told in said(answer)
    assert "<script>" not in said(answer)
    again = client.get(f"{place}{step}/").content.decode()
    assert ("Budowa Nowak" if step == "who" else "Masonry") in again


def test_a_draft_waits_for_another_day_and_is_not_sent_unfinished() -> None:
    client = clerk()
    place = begun(client)
    client.post(f"{place}who/", {"family_name": "Nowak", "do": "back"})

    assert "Go on with the declaration" in said(clerk().get("/limosa/"))
    assert "Nowak" in clerk().get(f"{place}who/").content.decode()
    refused = clerk().post(f"{place}check/", {"do": "send"})
    assert refused.status_code == 422
    assert Declaration.objects.count() == 0
    clerk().post(f"{place}who/", {"do": "forget"})
    assert clerk().get(f"{place}who/").status_code == 404


def test_what_comes_late_is_warned_of_and_taken() -> None:
    client = clerk()
    place = drafted(client, work=WORK | {"first_day": (TODAY - DAY).isoformat()})

    assert "A warning. You can go on." in said(client.get(f"{place}check/"))
    assert client.post(f"{place}check/", {"do": "send"}).status_code == 302


def test_a_period_is_changed_and_the_number_stays() -> None:
    client = clerk()
    row = declared(client)
    place = begun(client, row.number)
    form = client.get(f"{place}work/").content.decode()
    assert "Masonry" in form
    client.post(f"{place}work/", WORK | {"last_day": (TODAY + 50 * DAY).isoformat()})

    answer = client.post(f"{place}check/", {"do": "send"})

    assert answer["Location"] == f"/limosa/{row.number}/"
    posting = postings.posting(number=row.number)
    assert posting is not None
    assert posting.last_day == TODAY + 50 * DAY
    changed = Declaration.objects.get(number=row.number)
    assert changed.version == 2
    assert changed.document != row.document
    assert "Changed" in said(client.get(f"/limosa/{row.number}/"))


def test_a_change_never_makes_it_somebody_elses() -> None:
    client = clerk()
    row = declared(client)
    place = begun(client, row.number)
    client.post(f"{place}who/", WHO | {"niss": CLERK, "employer_vat": "FR12345678901"})

    client.post(f"{place}check/", {"do": "send"})

    posting = postings.posting(number=row.number)
    assert posting is not None
    assert (posting.niss, posting.foreign_vat_number) == (WORKER, "PL0000000000")


def test_an_old_draft_does_not_undo_a_change() -> None:
    client = clerk()
    row = declared(client)
    old, new = begun(client, row.number), begun(client, row.number)
    assert client.post(f"{new}check/", {"do": "send"}).status_code == 302

    client.post(f"{old}check/", {"do": "send"})

    assert Declaration.objects.get(number=row.number).version == 2


def test_it_is_cancelled_before_it_begins_and_not_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = clerk()
    first, second = declared(client), declared(client)
    place = f"/limosa/{first.number}/cancel/"
    assert client.post(place, {"reason": ""}).status_code == 422
    client.post(place, {"reason": "The works are postponed."})
    found = postings.posting(number=first.number)
    assert found is not None
    assert found.state == "cancelled"

    monkeypatch.setattr(clock, "now", lambda: NOW + DAY)
    client = clerk()
    client.post(f"/limosa/{second.number}/cancel/", {"reason": "Too late."})

    found = postings.posting(number=second.number)
    assert found is not None
    assert found.state == "active"
    assert "Cancel the declaration" not in said(client.get(f"/limosa/{second.number}/"))


def test_anothers_declaration_and_draft_and_none_are_the_same_404() -> None:
    row = declared(clerk())
    place = begun(clerk())
    stranger = clerk(OTHER)
    unknown = place.replace(place.split("/")[3], str(uuid4()))
    for address in (f"/limosa/{row.number}/", "/limosa/26030200000000001/",
                    f"/limosa/{row.number}/cancel/", f"{place}who/", f"{unknown}who/"):  # fmt: skip
        assert stranger.get(address).status_code == 404
        if "/cancel/" in address or "/declare/" in address:
            assert stranger.post(address, {"reason": "x"}).status_code == 404
    assert stranger.post(f"{place}check/", {"do": "send"}).status_code == 404
    assert stranger.post("/limosa/declare/", {"number": row.number}).status_code == 404
    assert UUID(place.split("/")[3])
    assert row.number not in said(stranger.get("/limosa/"))


def test_without_the_right_or_a_sign_in_nothing_opens() -> None:
    assert Client().get("/limosa/").status_code == 302
    with transaction(actor=system("tests")):
        give_right(
            niss=WORKER, enterprise_number=OTHER, service="works", first_day=TODAY,
            actor=system("tests"), now=NOW,
        )  # fmt: skip
    other = signed_in(WORKER, OTHER)
    for answer in (other.get("/limosa/"), other.post("/limosa/declare/")):
        assert answer.status_code == 403


def test_looking_at_a_worker_leaves_a_trace() -> None:
    row = declared(clerk())
    Lookup.objects.using("audit").all().delete()

    clerk().get(f"/limosa/{row.number}/")

    assert [one.niss for one in Lookup.objects.using("audit").filter(purpose="limosa.own")] == [
        WORKER
    ]


def test_the_list_is_searched_and_costs_the_same_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = clerk()
    rows = [declared(client) for _ in range(3)]
    with django_assert_max_num_queries(7):
        page = said(client.get("/limosa/"))
    assert "3 declarations" in page
    assert rows[0].number in said(client.get(f"/limosa/?text={rows[0].number}"))
    assert "No declaration found" in said(client.get("/limosa/?text=nobody"))


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_l1_is_sealed_and_holds_the_code(language: str) -> None:
    client = clerk()
    client.cookies["guichet_language"] = language
    row = declared(client)

    assert documents.make(reference=row.document, now=NOW)

    document = Document.objects.get(reference=row.document)
    assert document.language == language
    assert row.number in document.title
    assert document.subjects == [WORKER]
    assert limosa_number_in(address_of(row.number)).text == row.number
    pdf = papers.sealed_pdf(reference=document.reference)
    assert pdf is not None
    assert PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert breaches(pdf) == []
