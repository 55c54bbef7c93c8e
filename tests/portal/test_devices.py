"""Pages of devices and means: enrol, end, give, print, block, and who may what."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Entry, Lookup
from guichet.demo.fixtures import E1, E2, S1, S2, S3, W1, W2
from guichet.eservices.presence.kiosk.models import Device, Means
from guichet.registers.persons.models import Person
from tests.portal.browsing import text, words
from tests.portal.devices import Signer, given, reader, row
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DEVICES, MEANS = "/presence/devices/", "/presence/means/"


def enrolled(client: Client, **given: Any) -> Any:
    data = {"kind": "kiosk", "site": S2, "name": "Site office", "reads": ["badge", "card"]}
    return client.post(f"{DEVICES}new/", {**data, **given})


def test_a_kiosk_is_enrolled_listed_renamed_and_ended(clerk: Client) -> None:
    made = enrolled(clerk)
    place = made["Location"]
    assert "Waits to be initialised" in text(clerk, place)

    renamed = clerk.post(place, {"name": "Office behind the gate"})
    ended = clerk.post(f"{place}end/")

    assert (renamed.status_code, ended.status_code) == (302, 302)
    listed = text(clerk, DEVICES)
    assert "Office behind the gate" in listed
    assert "Ended" in listed
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {f"presence.device.{one}" for one in ("enrolled", "renamed", "ended")} <= actions


def test_a_code_is_shown_once_and_belongs_to_a_kiosk_that_waits(clerk: Client) -> None:
    place = enrolled(clerk)["Location"]

    shown = words(clerk.post(f"{place}code/").content.decode())

    assert "One-time code" in shown
    assert "One-time code" not in text(clerk, place)
    clerk.post(f"{place}end/")
    assert clerk.post(f"{place}code/").status_code == 409


def test_whoever_makes_this_computer_the_kiosk_is_signed_out_of_it(clerk: Client) -> None:
    place = enrolled(clerk)["Location"]

    gone = clerk.post(f"{place}here/")

    assert gone["Location"].startswith("/kiosk/#")
    assert len(gone["Location"]) == len("/kiosk/#") + 12
    assert clerk.get(place).status_code == 302  # to the sign-in


def test_a_reader_is_at_work_with_its_public_key(clerk: Client) -> None:
    made = enrolled(clerk, kind="reader", public_key=Signer().pem())

    assert "At work" in text(clerk, made["Location"])


@pytest.mark.parametrize("key", ["", "nonsense", "-----BEGIN PRIVATE KEY-----"])
def test_a_reader_without_a_public_key_is_asked_for_one(clerk: Client, key: str) -> None:
    answer = enrolled(clerk, kind="reader", public_key=key)

    assert answer.status_code == 422
    assert "Paste the public key" in words(answer.content.decode())
    assert "Site office" in answer.content.decode()


def test_a_key_belongs_to_one_device(clerk: Client) -> None:
    pem = Signer().pem()
    enrolled(clerk, kind="reader", public_key=pem)

    again = enrolled(clerk, kind="reader", public_key=pem)

    assert again.status_code == 422
    assert "Another device has this key" in words(again.content.decode())


@pytest.mark.parametrize("site", ["", "1Y103CF9999ZZ"])
def test_a_device_stands_on_a_site_where_the_enterprise_works(clerk: Client, site: str) -> None:
    answer = enrolled(clerk, site=site)

    assert answer.status_code == 422
    assert Device.objects.count() == 0


@pytest.mark.parametrize("page", ["", "code/", "here/", "end/"])
def test_the_device_of_another_and_none_are_the_same_404(clerk: Client, page: str) -> None:
    theirs = reader(enterprise=E2)

    found = clerk.post(f"{DEVICES}{theirs.number}/{page}", {"name": "x"})
    none = clerk.post(f"{DEVICES}{uuid4()}/{page}", {"name": "x"})

    assert (found.status_code, none.status_code) == (404, 404)
    assert row(theirs).state == "active"


@pytest.mark.parametrize("page", ["", "card/", "block/"])
def test_the_means_of_another_and_none_are_the_same_404(clerk: Client, page: str) -> None:
    theirs = given(W2, "card", "", enterprise=E2)
    method = clerk.get if page == "" else clerk.post

    found = method(f"{MEANS}{theirs.number}/{page}")
    none = method(f"{MEANS}{uuid4()}/{page}")

    assert (found.status_code, none.status_code) == (404, 404)
    assert Means.objects.get().token_hash == ""
    assert Means.objects.get().blocked_at is None


@pytest.mark.parametrize("place", [DEVICES, f"{DEVICES}new/", MEANS, f"{MEANS}new/"])
def test_a_worker_has_no_devices_and_gives_no_means(worker: Client, place: str) -> None:
    assert worker.get(place).status_code == 403


def test_a_badge_is_given_to_one_of_the_own_people_and_blocked(clerk: Client) -> None:
    data = {"person": W1, "kind": "badge", "identifier": "77-0011 22"}
    place = clerk.post(f"{MEANS}new/", data)["Location"]
    assert "77001122" in text(clerk, place)

    clerk.post(f"{place}block/")

    assert "Blocked" in text(clerk, place)
    assert "Blocked" in text(clerk, MEANS)
    assert Lookup.objects.using("audit").filter(purpose="presence.means", niss=W1).exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"person": W2, "kind": "badge", "identifier": "77001122"}, "who works for you today"),
        ({"person": W1, "kind": "badge", "identifier": W1}, "the kiosk could take it for one"),
        ({"person": W1, "kind": "badge", "identifier": "12"}, "6 to 32 letters and digits"),
        ({"person": W1, "kind": "badge"}, "6 to 32 letters and digits"),
        ({"person": W1}, "Choose the means"),
        ({}, "Choose the person"),
    ],
)
def test_what_cannot_be_given_is_said_at_its_field(
    clerk: Client, data: dict[str, str], said: str
) -> None:
    answer = clerk.post(f"{MEANS}new/", data)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert Means.objects.count() == 0


def test_a_badge_is_given_once_and_again_after_it_was_blocked(clerk: Client) -> None:
    data = {"person": W1, "kind": "badge", "identifier": "77001122"}
    first = clerk.post(f"{MEANS}new/", data)["Location"]

    again = clerk.post(f"{MEANS}new/", {**data, "person": STAFF[0].niss})
    clerk.post(f"{first}block/")
    after = clerk.post(f"{MEANS}new/", {**data, "person": STAFF[0].niss})

    assert again.status_code == 422
    assert "Block the former one first" in words(again.content.decode())
    assert after.status_code == 302


def test_a_card_is_printed_with_a_code_whose_hash_alone_is_kept(clerk: Client) -> None:
    data = {"person": W1, "kind": "card"}
    place = clerk.post(f"{MEANS}new/", data)["Location"]

    printed = clerk.post(f"{place}card/").content.decode()

    assert "data:image/svg+xml" in printed
    assert "SPECIMEN" in printed
    kept = Means.objects.get()
    assert len(kept.token_hash) == 64
    assert kept.token_hash not in printed


def test_who_carries_what_no_device_of_the_site_reads_is_pointed_out(clerk: Client) -> None:
    given(W1)
    reader(reads=["card"])
    given(STAFF[0].niss, "card", "")

    page = text(clerk, DEVICES)

    person = Person.objects.get(niss=W1)
    assert "One person carries nothing that a device of" in page
    assert f"{person.family_name} {person.given_name}" in page
    assert "Nowicka" not in page

    reader(reads=["badge"], enterprise=E2)  # whoever hung it up
    assert "carries nothing" not in text(clerk, DEVICES)


def test_the_lists_cost_the_same_whatever_their_length(
    clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at, person in enumerate(STAFF):
        given(person.niss, identifier=f"7700112{at}")
    for site in (S1, S2, S3):
        reader(site=site)
    clerk.get(DEVICES)  # warm

    with django_assert_num_queries(9):
        assert clerk.get(DEVICES).status_code == 200
    with django_assert_num_queries(2):
        assert clerk.get(MEANS).status_code == 200


def test_the_kiosk_is_the_same_page_for_everybody_and_leads_nowhere(
    clerk: Client, world: World
) -> None:
    visitor, known = Client().get("/kiosk/"), clerk.get("/kiosk/")

    page = known.content.decode()
    assert visitor.status_code == known.status_code == 200
    assert "<a " not in page
    assert "Claerhout" not in page
    assert "needs JavaScript" in page
    assert page.count("<noscript>") == 1
    assert f'"{E1}"' not in page
