"""The test authority: one download, marked, worth nothing in production."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12
from cryptography.x509 import load_pem_x509_certificate
from django.db import connection
from django.test import Client

from guichet.access import channels
from guichet.access.certificates import TestCertificate
from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.platform import clock
from tests.access.chaman.browsing import CHANNEL, NEW, made_on_the_pages, sender, upload
from tests.access.machine import ENTERPRISE, TESTER
from tests.portal.browsing import signed_in, words
from tests.portal.world import CLERK

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = "/channels/test-certificate/"


def files(client: Client) -> dict[str, bytes]:
    answer = client.post(PLACE)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_key_and_its_certificate_come_in_one_file_marked_test(manager: Client) -> None:
    made = files(manager)

    held = load_pem_x509_certificate(made["certificate.pem"])
    key = load_pem_private_key(made["key.pem"], None)
    _, bundled, _ = pkcs12.load_key_and_certificates(made["key-and-certificate.p12"], b"test")
    assert held.public_key() == key.public_key()
    assert bundled == held
    assert held.subject.rfc4514_string().count("CN=TEST ") == 1
    assert "TEST ONLY" in made["README.txt"].decode()


def test_nobody_keeps_the_key(manager: Client) -> None:
    made = files(manager)

    secret = made["key.pem"].decode().splitlines()[3]
    kept = "".join(_rows(table) for table in connection.introspection.table_names())
    assert secret not in kept
    assert Entry.objects.filter(action="access.testCertificate.issued").count() == 1


def _rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT string_agg(t::text, $$$$) FROM "{table}" t')
        [text] = cursor.fetchone() or ("",)
    return str(text)


def test_it_makes_a_channel_of_the_simulation(manager: Client) -> None:
    sender()

    client_id = made_on_the_pages(manager, files(manager)["certificate.pem"])

    assert "Test authority (TEST)" in words(
        manager.get(f"/channels/of/{client_id}/").content.decode()
    )


def test_a_channel_of_production_refuses_it(manager: Client) -> None:
    sender()
    data = files(manager)["certificate.pem"]

    answer = manager.post(
        NEW, {**CHANNEL, "environment": "production", "certificate": upload(data)}
    )

    assert answer.status_code == 422
    assert "This is a test certificate" in words(answer.content.decode())
    with pytest.raises(TestCertificate):
        channels.create_channel(
            enterprise_number=ENTERPRISE,
            certificates=[data],
            permissions=[],
            environment="production",
            actor=TESTER,
            now=clock.now(),
        )


def test_the_authority_does_not_exist_in_production(manager: Client, settings: Any) -> None:
    # The picker of the demonstration is no sign-in there: by card, then.
    by_card = signed_in(CLERK, fixtures.E1, means="eid", level=500)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, environment="production")

    assert by_card.post(PLACE).status_code == 404
