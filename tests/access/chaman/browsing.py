"""A manager of channels and what he does on the pages."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.access.chaman import senders
from guichet.access.chaman.senders import Reachable
from guichet.access.models import Channel
from guichet.access.permissions import CHECK_IN_AND_OUT
from guichet.audit.actors import Actor
from guichet.demo import fixtures
from guichet.platform import clock

CONTACT = {
    "given_name": "Tine",
    "family_name": "Bosmans",
    "email": "tine@example.be",
    "phone": "+32 2 123 45 67",
    "language": "nl",
}
CHANNEL = {"name": "Till", "environment": "simulation", "permissions": [CHECK_IN_AND_OUT]}
NEW = "/channels/new/"


def sender(enterprise: str = fixtures.E1) -> str:
    """The number of a sender made beside the pages."""
    actor = Actor("person", "00000000000", enterprise)
    return senders.create(contact=Reachable(**CONTACT), actor=actor, now=clock.now()).number


def upload(data: bytes, name: str = "certificate.pem") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def made_on_the_pages(client: Client, data: bytes, **changed: Any) -> str:
    """Upload, look, confirm: the client id."""
    looked = client.post(NEW, CHANNEL | changed | {"certificate": upload(data)})
    assert looked.status_code == 200, looked.content.decode()
    confirmed = client.post(NEW, CHANNEL | changed | hidden(looked.content.decode()))
    assert confirmed.status_code == 302, confirmed.content.decode()
    return str(confirmed["Location"]).split("/")[-2]


def hidden(page: str) -> dict[str, str]:
    """What the second step sends back of the first."""
    found = re.findall(r'name="(confirmed|pasted)" value="([^"]*)"', page)
    return dict(found)


def newest() -> Channel:
    found = Channel.objects.order_by("-pk").first()
    assert found is not None
    return found
