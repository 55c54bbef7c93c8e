"""Labels: words of the readers of a box on its messages."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from guichet.demo import fixtures
from guichet.ebox import folders, labels, reading, upkeep
from guichet.ebox.models import Folder, Label, Labelled, Message
from guichet.rules.ebox import Act
from tests.ebox.boxes import FIRM, MANAGER, OTHER_FIRM, PERSONNEL, TESTS, at, message, put, reader
from tests.portal.browsing import NOW, signed_in, text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
DO = "/ebox/do/"


@pytest.fixture
def manager() -> Client:
    """Who manages the box of the firm."""
    return signed_in(MANAGER, FIRM)


def _label(client: Client, name: str, *uuids: object, act: str = "label") -> str:
    sent = {"act": act, "label": name, "messages": [str(one) for one in uuids]}
    return words(client.post(DO, sent, follow=True).content.decode())


def _names(uuid: object) -> list[str]:
    row = message(uuid)  # type: ignore[arg-type]
    return [one.name for one in labels.of_messages(messages=[row.pk]).get(row.pk, [])]


def test_a_label_is_put_on_several_messages_found_by_it_and_taken_off(manager: Client) -> None:
    first, second, third = put(subject="Un"), put(subject="Deux"), put(subject="Trois")

    assert "Done for 2 messages." in _label(manager, "À traiter", first, second)
    _label(manager, "a TRAITER", first)  # the same one
    _label(manager, "Été", first)

    assert _names(first) == ["À traiter", "Été"]
    number = Label.objects.get(name="À traiter").pk
    found = text(manager, f"/ebox/?label={number}")
    assert "2 messages" in found
    assert "Trois" not in found
    address = manager.post("/ebox/", {"label": str(number)})["Location"]
    assert f"label={number}" in address
    _label(manager, "à traiter", first, second, third, act="unlabel")
    assert _names(first) == ["Été"]
    assert not Label.objects.filter(pk=number).exists()  # nobody carries it any more


def test_the_page_of_a_message_shows_puts_and_takes_off_its_labels(manager: Client) -> None:
    uuid = put()
    _label(manager, "Juriste", uuid)

    page = manager.get(f"/ebox/messages/{uuid}/").content.decode()

    assert "Juriste" in words(page)
    assert '<option value="Juriste">' in page
    taken = manager.post(
        DO,
        {"act": "unlabel", "label": "Juriste", "messages": str(uuid),
         "back": f"/ebox/messages/{uuid}/"},
    )  # fmt: skip
    assert taken["Location"] == f"/ebox/messages/{uuid}/"
    assert _names(uuid) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 31, "a\x00b", "a\nb"])
def test_a_label_without_a_good_name_is_said_and_changes_nothing(
    manager: Client, name: str
) -> None:
    assert "at most 30 signs" in _label(manager, name, put())
    assert not Label.objects.exists()


def test_a_box_has_sixty_labels(manager: Client) -> None:
    uuid = put()
    box = reader().box_id
    for number in range(labels.MOST):
        label = Label.objects.create(box_id=box, name=f"l{number}", sort_key=f"l{number}")
        Labelled.objects.create(label=label, message=message(uuid))

    assert "at most sixty labels" in _label(manager, "one more", uuid)
    assert "Done for one message." in _label(manager, "l7", uuid)


def test_labels_of_another_box_and_of_what_one_may_not_see_do_not_exist(manager: Client) -> None:
    theirs = put(enterprise_number=OTHER_FIRM)
    own = put()
    reading.carry_out(
        reader=reader(OTHER_FIRM), messages=[theirs], act=Act.LABEL, label="Théorème",
        actor=TESTS, now=NOW,
    )  # fmt: skip
    folder = folders.make(
        box_id=reader().box_id, name="Fermé", is_restricted=True, actor=TESTS, now=NOW
    )
    Message.objects.filter(uuid=own).update(folder=Folder.objects.get(pk=folder.pk))
    _label(manager, "Secret", own)

    assert (
        manager.post(DO, {"act": "label", "label": "x", "messages": str(theirs)}).status_code == 404
    )
    assert "Théorème" not in manager.get("/ebox/").content.decode()
    outsider = signed_in(PERSONNEL, FIRM)
    assert "Secret" not in outsider.get("/ebox/").content.decode()
    number = Label.objects.get(name="Secret").pk
    assert outsider.get(f"/ebox/?label={number}").status_code == 422


def test_a_deleted_message_takes_no_label_and_an_expired_one_takes_its_own_along(
    manager: Client,
) -> None:
    uuid = put(type="reminder.deadline", now=at(NOW.date()))
    _label(manager, "Bientôt", uuid)
    end = message(uuid).expires_on
    manager.post(DO, {"act": "delete", "messages": str(uuid)})
    assert "A deleted message can only be restored." in _label(manager, "Autre", uuid)

    upkeep.expire(now=at(end, "00:04"))

    assert not Label.objects.exists()
    assert end - NOW.date() > timedelta(days=1)


def test_a_search_keeps_its_label_and_the_copy_of_ones_data_has_them() -> None:
    uuid = put(niss=fixtures.W1)
    citizen = signed_in(fixtures.W1)
    _label(citizen, "Impôts", uuid)
    number = str(Label.objects.get().pk)

    kept = citizen.post("/ebox/searches/", {"label": number, "name": "Mes impôts"})

    assert "One message" in text(citizen, kept["Location"])
    mine = json.loads(citizen.get("/privacy/my-data.json").content)
    assert [row["labels"] for row in mine["eboxMessages"]] == ["Impôts"]
