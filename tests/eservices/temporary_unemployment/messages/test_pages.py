"""Files on the site: sending one, following it, reading what was found, taking the answers."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.models import Communication
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files, house
from tests.eservices.temporary_unemployment.messages.files import SCHEMA
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("sending"),
]
LIST: Final = "/temporary-unemployment/files/"


def send(client: Client, content: bytes, *, name: str = "", signed: bytes | None = b"") -> Any:
    given = {"declaration": SimpleUploadedFile(name or house.name("FI"), content)}
    signature = house.beside(content) if signed == b"" else signed
    if signature is not None:
        given["signature"] = SimpleUploadedFile("FS", signature)
    return client.post(LIST, given)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_file_is_sent_followed_and_its_answers_are_taken() -> None:
    client = world.clerk()
    wrong = house.form(NaturalPerson=[files.person(world.LUC), files.person("85073003329", 2)])

    answer = send(client, files.written([house.form(), wrong]))

    assert answer.status_code == 302
    place = answer["Location"]
    assert "Received, not checked yet" in text(client.get(place))
    assert client.get(f"{place}receipt/").status_code == 404
    house.work()
    shown = text(client.get(place))
    assert "2 of 2 forms are handled" in shown
    assert "Line 2: the social security number is not valid." in shown
    assert "/TWCT/Form[2]/NaturalPerson[2]/INSS" in shown
    assert "85073003329" not in shown
    only = text(client.get(f"{place}?only=refused"))
    assert "/TWCT/Form[2]/" in only
    assert "2025-CT-0017" in only
    receipt = client.get(f"{place}receipt/")
    notified: Any = client.get(f"{place}notifications/")
    assert SCHEMA.validate(etree.fromstring(receipt.content))
    assert SCHEMA.validate(etree.fromstring(b"".join(notified.streaming_content)))
    assert receipt["Content-Disposition"].startswith("attachment")
    row = Communication.objects.get()
    assert (row.channel, row.ticket in shown.replace("-", "")) == ("batch", True)
    assert house.name("FI") in text(client.get(LIST))


def test_a_file_that_is_refused_says_why() -> None:
    client = world.clerk()
    place = send(client, files.written([house.form()]), signed=house.beside(b"other"))["Location"]
    house.work()

    shown = text(client.get(place))

    assert "The signature does not fit the content." in shown
    assert "CTW-093" in shown
    assert client.get(f"{place}notifications/").status_code == 404


def test_a_real_file_without_its_signature_is_asked_for_it_and_nothing_is_kept() -> None:
    answer = send(world.clerk(), files.written([house.form()]), signed=None)

    assert answer.status_code == 422
    assert "The signature is missing." in text(answer)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("letter.xml", "The name does not follow the pattern of file names."),
        ("FI.TWCT.999999.20250309.00001.R.1.1", "The sender number in the name is not yours."),
        ("FI.TWCT.{sender}.20250310.00001.R.1.1", "The date in the name lies in the future."),
    ],
)
def test_a_name_that_is_none_stands_at_the_field(name: str, says: str) -> None:
    given = name.format(sender=house.by().party.number)
    answer = send(world.clerk(), b"<TWCT/>", name=given)

    assert answer.status_code == 422
    assert says in text(answer)
    assert Delivery.objects.count() == 0


def test_a_name_that_was_used_and_no_file_are_told() -> None:
    client = world.clerk()
    send(client, files.written([house.form()]))

    used = send(client, files.written([house.form()] * 2))
    none = client.post(LIST, {})

    assert (used.status_code, none.status_code) == (422, 422)
    assert "This name was used before." in text(used)
    assert "Choose a file." in text(none)


def test_anothers_file_and_none_are_the_same_404() -> None:
    ticket = send(world.clerk(), files.written([house.form()]))["Location"].split("/")[-2]
    other = world.clerk(world.OTHER)

    for path in ("", "receipt/", "notifications/"):
        assert other.get(f"{LIST}{ticket}/{path}").status_code == 404
    assert other.get(f"{LIST}nonsense/").status_code == 404


def test_an_enterprise_without_a_number_is_told_where_it_gets_one() -> None:
    other = world.clerk(world.OTHER)

    shown = text(other.get(LIST))

    assert "Your enterprise has no sender number yet" in shown
    assert 'type="file"' not in shown
    assert send(other, b"<TWCT/>").status_code == 200
    assert Delivery.objects.count() == 0


def test_who_has_no_right_sees_nothing() -> None:

    for path in ("", "05F0000000000/"):
        answer = signed_in(world.STRANGER, world.FIRM).get(LIST + path)
        assert answer.status_code in (403, 302)
    assert Client().get(LIST).status_code == 302
