"""Whatever is uploaded, the answer is a page: a look at the certificate, or a refusal in words."""

from typing import Any

import hypothesis
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.test import Client
from hypothesis import strategies as st

from guichet.access.chaman import words
from guichet.access.models import Channel
from tests.access.chaman.browsing import CHANNEL, NEW, hidden, made_on_the_pages, sender, upload
from tests.access.machine import certificate, der, ec_key, pem, private_pem, rsa_key
from tests.portal.browsing import words as said

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

_SEEDS = [pem(certificate(rsa_key())), der(certificate(rsa_key())), private_pem(ec_key())]


@st.composite
def _bent(draw: st.DrawFn) -> bytes:
    """A good file with a piece cut, doubled or replaced."""
    data = draw(st.sampled_from(_SEEDS))
    first = draw(st.integers(0, len(data)))
    last = draw(st.integers(first, len(data)))
    return data[:first] + draw(st.binary(max_size=40)) + data[last:]


@hypothesis.settings(
    max_examples=60, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(data=st.binary(max_size=300) | _bent(), way=st.sampled_from(["file", "text"]))
def test_no_upload_is_an_accident(manager: Client, data: bytes, way: str) -> None:
    if not Channel.objects.exists():
        _sender_once()
    given: dict[str, Any] = (
        {"certificate": upload(data)}
        if way == "file"
        else {"pasted": data.decode("utf-8", errors="replace")}
    )

    answer = manager.post(NEW, CHANNEL | given)

    assert answer.status_code in (200, 422)
    assert Channel.objects.count() == 0


def _sender_once() -> None:
    from guichet.access.chaman.models import Sender

    if not Sender.objects.exists():
        sender()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "\x00", "environment": "simulation"},
        {"name": "x" * 500, "environment": "simulation"},
        {"environment": "elsewhere"},
        {"permissions": ["everything"]},
        {"permissions": ["\x00"], "environment": "\x00"},
        {"certificate": "not a file"},
        {"pasted": "x" * 100_000},
        {"pasted": "\ud7ff\x00"},
    ],
)
def test_odd_answers_are_refused_in_words(manager: Client, given: dict[str, Any]) -> None:
    sender()

    answer = manager.post(NEW, {**CHANNEL, "name": "", **given})

    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert Channel.objects.count() == 0


def test_a_file_that_is_far_too_long_is_refused(manager: Client) -> None:
    sender()

    answer = manager.post(NEW, CHANNEL | {"certificate": upload(b"x" * 3_000_000)})

    assert answer.status_code == 422
    assert "not a certificate that we can read" in said(answer.content.decode())


def test_a_file_with_both_key_and_certificate_is_called_compromised(manager: Client) -> None:
    sender()
    key = rsa_key()
    bundle = pkcs12.serialize_key_and_certificates(
        b"x", key, certificate(key), None, serialization.NoEncryption()
    )

    answer = manager.post(NEW, CHANNEL | {"certificate": upload(bundle, "key.p12")})

    assert "consider it compromised" in said(answer.content.decode())


def test_the_second_step_reads_the_certificate_again(manager: Client) -> None:
    sender()
    looked = manager.post(NEW, CHANNEL | {"certificate": upload(pem(certificate(rsa_key())))})
    data = hidden(looked.content.decode())

    answer = manager.post(NEW, CHANNEL | data | {"pasted": data["pasted"][:-100]})

    assert answer.status_code == 422
    assert Channel.objects.count() == 0


def test_two_who_confirm_the_same_certificate_get_one_channel(
    manager: Client, stranger: Client
) -> None:
    from guichet.demo import fixtures

    sender()
    sender(fixtures.E3)
    data = pem(certificate(rsa_key()))
    looked = stranger.post(NEW, CHANNEL | {"certificate": upload(data)})
    made_on_the_pages(manager, data)

    answer = stranger.post(NEW, CHANNEL | hidden(looked.content.decode()))

    assert answer.status_code == 422
    assert "is, or was, registered" in said(answer.content.decode())
    assert Channel.objects.count() == 1


def _all_below(kind: type[Exception]) -> set[type[Exception]]:
    found = set(kind.__subclasses__())
    return found | {deeper for one in found for deeper in _all_below(one)}


def test_every_refusal_has_its_sentence_for_the_pages() -> None:
    from guichet.access.certificates import CertificateRefused
    from guichet.access.chaman.senders import SenderRefused
    from guichet.access.chaman.users import UserRefused
    from guichet.access.channels import ChannelRefused

    kinds = {CertificateRefused, ChannelRefused, SenderRefused, UserRefused}

    assert set(words.REFUSALS) == {one for kind in kinds for one in _all_below(kind)}


def test_every_outcome_of_the_token_endpoint_has_its_words() -> None:
    from guichet.access import token_log
    from guichet.access.assertions import Reason

    known = {reason.value for reason in Reason} | {token_log.ISSUED, token_log.TOO_MANY}

    assert set(words.OUTCOMES) == known | {"unauthorized_client", "invalid_scope"}
