"""The kit to inform the staff: whom to ask, the PDF in four languages, told on which day."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.access.rights import give_right
from guichet.audit.models import Entry
from guichet.demo.fixtures import E1, E2, E3, S1, S2
from guichet.documents import operations as documents
from guichet.documents import queries
from guichet.documents.models import Document
from guichet.eservices.presence.kit import content
from guichet.eservices.presence.kit_models import KitContact, StaffTold
from guichet.platform import clock
from guichet.registers.addresses import Address
from guichet.registers.works.models import Address as SiteAddress
from tests.documents.conftest import seal_folder, sealed_by_us
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, CLERK, STAFF, World
from tests.standards import breaches

__all__ = ["seal_folder", "sealed_by_us"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
KIT = "/presence/staff/kit/"
SITE, MAKE, NOTE = f"{KIT}{S1}/", f"{KIT}{S1}/make/", f"{KIT}told/"
TODAY = clock.today(NOW)
WHO = {"who": "Chef d'équipe", "phone": "02 123 45 67", "email": "", "note": "06:00 - 14:00"}
TOLD = {
    "site": "", "told_on": TODAY.isoformat(), "hows": ["meeting", "poster"],
    "who": "The team leader", "note": "In the canteen.",
}  # fmt: skip


def made(client: Client, site: str = SITE, **given: str) -> Document:
    """Ask for the kit on its page, and make it."""
    answer = client.post(f"{site}make/", **given)  # type: ignore[arg-type]  # headers
    assert answer.status_code == 302
    reference = answer["Location"].split("/")[2]
    assert documents.make(reference=reference, now=NOW)
    return Document.objects.get(reference=reference)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_kit_meets_both_standards_in_each_language(clerk: Client, language: str) -> None:
    clerk.post(SITE, WHO)

    document = made(clerk, HTTP_ACCEPT_LANGUAGE=language)

    pdf = queries.sealed_pdf(reference=document.reference)
    assert pdf is not None
    assert breaches(pdf) == []
    assert PdfFileReader(io.BytesIO(pdf)).root["/Lang"] == language
    said = document.data
    assert [one["language"] for one in said["leaflets"]] == ["fr", "nl", "de", "en"]
    assert len({one["title"] for one in said["leaflets"]}) == 4
    assert len({tuple(one["steps"]) for one in said["leaflets"]}) == 4
    assert all(
        one["ask"] == ["Chef d'équipe", "02 123 45 67", "06:00 - 14:00"] for one in said["leaflets"]
    )


def test_the_kit_tells_the_rules_of_the_activity_and_the_addresses(clerk: Client) -> None:
    for reference in (S1, S2):
        clerk.post(f"{KIT}{reference}/", WHO)
    cleaning = made(clerk, HTTP_ACCEPT_LANGUAGE="en").data
    building = made(clerk, f"{KIT}{S2}/", HTTP_ACCEPT_LANGUAGE="en").data

    steps = {one["language"]: " ".join(one["steps"]) for one in cleaning["leaflets"]}
    other = {one["language"]: " ".join(one["steps"]) for one in building["leaflets"]}
    assert "at most 10 minutes later" in steps["en"]
    assert "within 30 days" in steps["en"]
    assert "before you begin to work" in other["en"]
    assert "minutes later" not in other["en"]
    [poster] = cleaning["posters"]
    assert poster["place"].endswith(f"/s/{S1}/")
    assert poster["place"] in {fact[1] for fact in cleaning["leaflets"][0]["facts"]}
    page = text(clerk, SITE)
    assert poster["place"] in page
    assert "/presence/my-registrations/" in page
    assert "at most 10 minutes later" in page


def test_each_address_has_its_poster_up_to_a_limit(clerk: Client) -> None:
    clerk.post(SITE, WHO)
    first = SiteAddress.objects.get(site__reference=S1)
    for at in range(2, 24):
        SiteAddress.objects.create(
            site=first.site, position=at, **Address("Rue", str(at)).as_columns()
        )

    posters = made(clerk).data["posters"]

    assert len(posters) == content.MOST_POSTERS
    assert posters[1]["place"].endswith(f"/s/{S1}/?a=2")
    page = text(clerk, SITE)
    assert "20 posters, one for each address" in page
    assert "The further addresses" in page


def test_whom_to_ask_is_kept_and_offered_for_the_next_site(clerk: Client) -> None:
    assert "Say first whom the staff asks" in text(clerk, SITE)
    refused = clerk.post(MAKE, follow=True)
    assert "Say first whom the staff asks" in words(refused.content.decode())
    clerk.post(SITE, WHO)
    clerk.post(SITE, {**WHO, "note": "At the reception"})

    assert KitContact.objects.get().note == "At the reception"
    assert "At the reception" in clerk.get(f"{KIT}{S2}/").content.decode()
    assert Document.objects.count() == 0
    kept = Entry.objects.filter(action="presence.kit.contactKept")
    assert [row.target for row in kept] == [S1, S1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"who": ""}, "Say whom the staff asks"),
        ({"phone": ""}, "Give a telephone number or an e-mail address"),
        ({"phone": "call me"}, "Write a telephone number with digits"),
        ({"email": "nobody"}, "Write an e-mail address as"),
    ],
)
def test_what_is_wrong_of_whom_to_ask_is_said_at_its_field(
    clerk: Client, given: dict[str, str], said: str
) -> None:
    answer = clerk.post(SITE, {**WHO, **given})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in words(page)
    assert "06:00 - 14:00" in page
    assert KitContact.objects.count() == 0


def test_it_is_noted_that_the_staff_was_told_and_taken_back(clerk: Client) -> None:
    assert clerk.post(NOTE, TOLD).status_code == 302

    page = text(clerk, KIT)
    assert "At a meeting on the site With the poster, put up on the site" in page
    assert "The team leader Sofie Claerhout" in page
    assert "24/11/2026" in page
    assert clerk.get(NOTE)["Location"] == KIT
    mark = StaffTold.objects.get()
    clerk.post(f"{KIT}told/{mark.pk}/take-back/")
    assert "What is noted" not in text(clerk, KIT)
    assert clerk.post(f"{KIT}told/{mark.pk}/take-back/").status_code == 404
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"presence.staff.told", "presence.staff.toldTakenBack"} <= actions


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"told_on": (TODAY + timedelta(days=1)).isoformat()}, "This day lies ahead"),
        ({"told_on": ""}, "Enter the day on which it was told"),
        ({"hows": []}, "Say how the staff was told"),
        ({"hows": ["telepathy"]}, "Say how the staff was told"),
        ({"who": ""}, "Say who told the staff"),
        ({"site": "elsewhere"}, "Choose a site of the list"),
    ],
)
def test_a_note_that_lacks_something_says_it_and_loses_nothing(
    clerk: Client, given: dict[str, Any], said: str
) -> None:
    answer = clerk.post(NOTE, {**TOLD, **given})

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert "In the canteen." in answer.content.decode()
    assert StaffTold.objects.count() == 0


def test_another_firm_gets_neither_the_site_nor_the_document_nor_the_note(clerk: Client) -> None:
    clerk.post(SITE, WHO)
    clerk.post(NOTE, TOLD)
    document, mark = made(clerk), StaffTold.objects.get()
    stranger = signed_in(CLERK, E3)

    assert clerk.get(f"/documents/{document.reference}/document.pdf").status_code == 200
    for place in (SITE, f"{KIT}1Y103CF8209ZZ/"):
        assert stranger.get(place).status_code == 404
        assert stranger.post(place, WHO).status_code == 404
        assert stranger.post(f"{place}make/").status_code == 404
    assert stranger.get(f"/documents/{document.reference}/document.pdf").status_code == 404
    assert stranger.post(f"{KIT}told/{mark.pk}/take-back/").status_code == 404
    page = text(stranger, KIT)
    assert "No site where presences are registered" in page
    assert "What is noted" not in page
    assert StaffTold.objects.get().taken_back_at is None


def test_a_subcontractor_of_the_site_has_a_kit_of_its_own(clerk: Client, world: World) -> None:
    clerk.post(SITE, WHO)
    give_right(
        niss=CLERK, enterprise_number=E2, service="presence",
        first_day=TODAY - timedelta(days=1), actor=ACTOR, now=NOW,
    )  # fmt: skip
    below = signed_in(CLERK, E2)

    assert "Chef" not in below.get(SITE).content.decode()
    below.post(SITE, {**WHO, "who": "Chantal"})
    assert KitContact.objects.count() == 2


@pytest.mark.parametrize("place", [KIT, NOTE, SITE, MAKE, f"{KIT}told/1/take-back/"])
def test_visitors_workers_and_staff_without_the_right_get_nothing(world: World, place: str) -> None:
    give_right(
        niss=STAFF[0].niss, enterprise_number=E1, service="works",
        first_day=TODAY - timedelta(days=1), actor=ACTOR, now=NOW,
    )  # fmt: skip

    for client in (Client(), signed_in(STAFF[0].niss), signed_in(STAFF[0].niss, E1)):
        assert client.get(place).status_code in (302, 403, 405)
        assert client.post(place, {**WHO, **TOLD}).status_code in (302, 403, 405)
    assert not KitContact.objects.exists()
    assert not StaffTold.objects.exists()
    assert not Document.objects.exists()
