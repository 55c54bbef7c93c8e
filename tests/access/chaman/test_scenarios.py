"""A31 to A33 through the pages, with real token requests."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.access.chaman.models import Contact, Sender
from guichet.access.models import Channel, ChannelCertificate
from guichet.audit.history import acting
from guichet.demo import fixtures
from tests.access.chaman.browsing import (
    CHANNEL,
    CONTACT,
    NEW,
    hidden,
    made_on_the_pages,
    sender,
    upload,
)
from tests.access.door import Door, door, is_invalid_client
from tests.access.machine import (
    TESTER,
    Machine,
    certificate,
    der,
    ec_key,
    machine,
    pem,
    private_pem,
    rsa_key,
)
from tests.portal.browsing import words

__all__ = ["door"]

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


class Roles:
    """Goes from the portal to the services and back: one process plays both roles here."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self.services = (settings.ROOT_URLCONF, settings.MIDDLEWARE)

    def portal(self) -> None:
        self._settings.ROOT_URLCONF = "guichet.config.urls_portal"
        self._settings.MIDDLEWARE = django_settings.PORTAL_MIDDLEWARE

    def machines(self) -> None:
        self._settings.ROOT_URLCONF, self._settings.MIDDLEWARE = self.services


@pytest.fixture
def roles(door: Door, settings: Any) -> Roles:
    made = Roles(settings)
    made.portal()
    return made


def test_a31_the_first_visit_creates_the_sender_with_exactly_one_contact(manager: Client) -> None:
    led = manager.get("/channels/")
    assert (led.status_code, led["Location"]) == (302, "/channels/sender/")

    created = manager.post("/channels/sender/", CONTACT | {"step": "create"})

    assert created.status_code == 302
    made = Sender.objects.get(enterprise_number=fixtures.E1)
    assert len(made.number) == 6
    assert int(made.number) >= 1
    assert made.contacts.count() == 1

    second = manager.post("/channels/sender/", CONTACT | {"step": "create"})

    assert second.status_code == 422
    assert "has its sender already" in words(second.content.decode())
    with (
        pytest.raises(IntegrityError, match="access_sender_contact_only_one"),
        transaction.atomic(),
        acting(TESTER),
    ):
        Contact.objects.create(sender=made, **CONTACT)
    assert Contact.objects.count() == 1


def test_a31_a_certificate_gives_a_client_id_that_obtains_a_token(
    manager: Client, door: Door, roles: Roles
) -> None:
    number, made = sender(), certificate(rsa_key())

    looked = manager.post(NEW, CHANNEL | {"certificate": upload(der(made), "c.der")})

    page = words(looked.content.decode())
    assert "CN=Machine of the tests" in page
    assert str(made.serial_number) in page
    assert Channel.objects.count() == 0

    confirmed = manager.post(NEW, CHANNEL | hidden(looked.content.decode()))
    client_id = str(confirmed["Location"]).split("/")[-2]

    assert client_id.startswith(f"self_service_chaman_{number}_")
    assert client_id in words(manager.get(confirmed["Location"]).content.decode())
    roles.machines()
    assert door.ask(Machine(client_id, rsa_key(), made)).status_code == 200


def _upload_of(kind: str) -> bytes:
    return {
        "private key": lambda: private_pem(rsa_key()),
        "certificate and private key": lambda: pem(certificate(rsa_key())) + private_pem(rsa_key()),
        "rsa 1024": lambda: pem(certificate(rsa_key("weak", 1024))),
        "expired": lambda: pem(
            certificate(rsa_key(), starts=timedelta(days=-9), ends=timedelta(days=-1))
        ),
        "not yet": lambda: pem(certificate(rsa_key(), starts=timedelta(days=3))),
        "used": lambda: pem(machine(key=ec_key("another")).certificate),
    }[kind]()


@pytest.mark.parametrize("way", ["certificate", "pasted"])
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("private key", "consider it compromised"),
        ("certificate and private key", "consider it compromised"),
        ("rsa 1024", "fewer than 2048 bits"),
        ("expired", "The certificate has expired"),
        ("not yet", "not yet valid"),
        ("used", "is, or was, registered for a channel"),
    ],
)
def test_a32_an_upload_is_refused_with_its_reason_and_nothing_is_kept(
    manager: Client, kind: str, sentence: str, way: str
) -> None:
    sender()
    data = _upload_of(kind)
    before = ChannelCertificate.objects.count()

    refused = manager.post(
        NEW, CHANNEL | {way: upload(data) if way == "certificate" else data.decode()}
    )

    page = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in words(page)
    assert "BEGIN" not in page.replace("-----BEGIN CERTIFICATE-----", "")
    assert data.decode().splitlines()[1] not in page
    assert ChannelCertificate.objects.count() == before


def test_a32_a_private_key_that_skips_the_first_step_is_refused_all_the_same(
    manager: Client,
) -> None:
    sender()
    data = {"confirmed": "yes", "pasted": private_pem(rsa_key()).decode()}

    refused = manager.post(NEW, CHANNEL | data)

    assert refused.status_code == 422
    assert Channel.objects.count() == 0


def test_a33_of_two_certificates_the_withdrawn_one_fails_and_the_other_works(
    manager: Client, door: Door, roles: Roles
) -> None:
    sender()
    old, new = certificate(rsa_key()), certificate(ec_key("new"))
    client_id = made_on_the_pages(manager, pem(old))
    place = f"/channels/of/{client_id}/"
    looked = manager.post(place + "certificates/new/", {"certificate": upload(pem(new))})
    added = manager.post(place + "certificates/new/", hidden(looked.content.decode()))
    assert added.status_code == 302
    with_old, with_new = Machine(client_id, rsa_key(), old), Machine(client_id, ec_key("new"), new)
    roles.machines()
    assert [door.ask(one).status_code for one in (with_old, with_new)] == [200, 200]
    token = door.token(with_old)

    roles.portal()
    page = manager.get(f"{place}certificates/{with_old.thumbprint}/withdraw/")
    assert "never comes back" in words(page.content.decode())
    manager.post(f"{place}certificates/{with_old.thumbprint}/withdraw/")

    roles.machines()
    assert is_invalid_client(door.ask(with_old))
    assert door.get("/consult", token).status_code == 401
    assert door.ask(with_new).status_code == 200
    roles.portal()
    seen = words(manager.get(place).content.decode())
    assert "the signature fits no active certificate" in seen
    assert "Certificate withdrawn" in seen


def test_a33_a_third_certificate_is_refused(manager: Client) -> None:
    sender()
    client_id = made_on_the_pages(manager, pem(certificate(rsa_key())))
    place = f"/channels/of/{client_id}/certificates/new/"
    for name, status in (("second", 302), ("third", 422)):
        data = pem(certificate(ec_key(name))).decode()
        assert manager.post(place, {"pasted": data, "confirmed": "yes"}).status_code == status


def test_a25_a_suspended_channel_obtains_no_token_and_its_tokens_are_refused(
    manager: Client, door: Door, roles: Roles
) -> None:
    sender()
    made = certificate(rsa_key())
    client_id = made_on_the_pages(manager, pem(made))
    roles.machines()
    token = door.token(Machine(client_id, rsa_key(), made))

    roles.portal()
    manager.post(f"/channels/of/{client_id}/suspend/", {"reason": "Stolen laptop"})

    roles.machines()
    assert is_invalid_client(door.ask(Machine(client_id, rsa_key(), made)))
    assert door.get("/consult", token).status_code == 401
    roles.portal()
    page = words(manager.get(f"/channels/of/{client_id}/").content.decode())
    assert "Stolen laptop" in page
    assert "Refused: the channel was suspended." in page

    manager.post(f"/channels/of/{client_id}/resume/")
    roles.machines()
    assert door.ask(Machine(client_id, rsa_key(), made)).status_code == 200
