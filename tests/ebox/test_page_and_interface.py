"""The pages of the e-Box and its interface for software say the same of a box and of a message."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from guichet.access.permissions import EBOX_MESSAGES, EBOX_SUMMARY
from guichet.platform import wording
from tests.access.machine import machine
from tests.doors import Rest, at_portal, rest
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, MANAGER, put
from tests.portal.browsing import signed_in, words

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
BASE = "/REST/ebox/v2"
Ask = Callable[[str], Any]


@pytest.fixture
def asked(rest: Rest) -> Ask:
    """What the software of the firm is told."""
    known = machine(enterprise_number=FIRM, permissions=["ebox"])
    of.let_read(known.client_id)
    header = rest.caller(FIRM, scopes=(EBOX_SUMMARY, EBOX_MESSAGES), of=known)

    def ask(path: str) -> Any:
        answer = Client().get(BASE + path, headers=header)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return ask


def page(place: str) -> str:
    """What a manager of the firm reads."""
    with at_portal():
        answer = signed_in(MANAGER, FIRM).get(place)
        assert answer.status_code == 200
        return words(answer.content.decode())


def test_the_list_and_the_counts_are_the_same(asked: Ask) -> None:
    put(subject="Lettre alpha", type="letter.registered", registered=True)
    put(subject="Lettre beta", body="Texte")
    put(subject="Lettre gamma", documents=(of.document(), of.document("annexe.pdf", b"%PDF-1.4 x")))

    summary, told, read = asked("/ebox"), asked("/ebox/messages")["items"], page("/ebox/")

    assert f"{summary['numberOfMessages']} messages" in read
    assert f"{summary['numberOfUnreadMessages']} unread messages" in read
    assert summary["numberOfMessages"] == len(told) == 3
    places = [read.index(one["subject"]) for one in told]
    assert places == sorted(places)  # the newest first, both
    for one in told:
        assert wording.day(date.fromisoformat(one["expirationDate"])) in read
    assert [one["registeredMail"] for one in told].count(True) == 1
    assert read.count("registered") >= 1


def test_one_message_is_the_same_with_its_documents_and_once_it_is_read(asked: Ask) -> None:
    uuid = put(
        subject="Décision", documents=(of.document(), of.document("annexe.pdf", b"%PDF-1.4 x")),
        attention_name="Service du personnel", business_data=(("dossier", "7-B"),),
    )  # fmt: skip

    told = asked(f"/ebox/messages/{uuid}")
    documents = asked(f"/ebox/messages/{uuid}/attachments")["items"]
    read = page(f"/ebox/messages/{uuid}/")

    assert (told["readStatus"], "not yet" in read) == ("UNREAD", True)
    assert told["subject"] in read
    assert wording.day(date.fromisoformat(told["expirationDate"])) in read
    assert "Service du personnel" in read
    assert "7-B" in read
    assert [one["fileName"] for one in documents] == ["lettre.pdf", "annexe.pdf"]
    for one in documents:
        assert one["fileName"] in read
    main = next(one for one in documents if one["mainContent"])
    assert f"{main['fileName']} 1" in read
    assert "main document" in read
    with at_portal():
        place = f"/ebox/messages/{uuid}/documents/{main['attachmentId']}/"
        assert signed_in(MANAGER, FIRM).get(place).content == of.PDF
    assert asked(f"/ebox/messages/{uuid}")["readStatus"] == "READ"
    assert asked("/ebox")["numberOfUnreadMessages"] == 0
