"""What leaves the house: kept with its cause, sent once by a real SMTP conversation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.conf import settings
from django.db import IntegrityError
from procrastinate import testing
from procrastinate.contrib.django import app

from guichet.platform import post
from guichet.platform.db import savepoint
from guichet.platform.models import Dispatch
from tests.live import free_port

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Received(MessageHandler):
    """What the server of the test was handed."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    """An SMTP server on the loopback, known to the settings."""
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port())
    controller.start()
    with_smtp(monkeypatch, f"smtp://127.0.0.1:{controller.port}")
    yield received
    controller.stop()


def with_smtp(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, smtp_url=url))


def _mail(**changed: Any) -> None:
    given = {"to": "a@example.org", "subject": "Été", "body": "Ça va ?\n", "language": "fr"}
    post.mail(**{**given, **changed}, now=NOW)


def test_without_a_server_mail_stays_in_the_outbox() -> None:
    _mail()

    [row] = Dispatch.objects.all()
    assert (row.kind, row.recipient, row.subject, row.sent_at) == (
        "mail",
        "a@example.org",
        "Été",
        None,
    )


def test_with_a_server_a_job_is_enqueued(monkeypatch: pytest.MonkeyPatch) -> None:
    with_smtp(monkeypatch, "smtp://127.0.0.1:1")
    connector = testing.InMemoryConnector()

    with app.replace_connector(connector):
        _mail()

    [job] = connector.jobs.values()
    assert job["task_name"] == "platform.send_mail"
    assert job["args"] == {"dispatch": Dispatch.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_sent_once_and_its_text_is_not_kept(server: Received) -> None:
    with app.replace_connector(testing.InMemoryConnector()):
        _mail()
    row = Dispatch.objects.get()

    post.send(dispatch=row.pk, now=NOW)
    post.send(dispatch=row.pk, now=NOW)

    [message] = server.messages
    assert str(make_header(decode_header(message["Subject"]))) == "Été"
    assert message["To"] == "a@example.org"
    text = message.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().splitlines() == ["Ça va ?"]
    row.refresh_from_db()
    assert (row.sent_at, row.body) == (NOW, "")


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_leaves_the_mail_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with_smtp(monkeypatch, "smtp://127.0.0.1:1")
    with app.replace_connector(testing.InMemoryConnector()):
        _mail()

    with pytest.raises(OSError, match="refused"):
        post.send(dispatch=Dispatch.objects.get().pk, now=NOW)

    row = Dispatch.objects.get()
    assert row.sent_at is None
    assert row.body


def test_a_letter_is_printed_and_a_text_message_is_not() -> None:
    post.letter(recipient_lines=["A B", "Rue 1"], subject="S", pdf=b"%PDF", now=NOW, language="fr")
    post.text_message(to="+32 470 00 00 00", body="1234", now=NOW, language="nl")

    letter, text = Dispatch.objects.order_by("pk")
    assert (letter.recipient, bytes(letter.pdf or b"")) == ("A B\nRue 1", b"%PDF")
    assert (text.kind, text.pdf) == ("text", None)


@pytest.mark.parametrize("wrong", [{"kind": "pigeon"}, {"language": "es"}, {"recipient": ""}])
def test_the_table_refuses_what_has_no_way_no_language_or_no_recipient(
    wrong: dict[str, str],
) -> None:
    row = {"kind": "mail", "recipient": "a@example.org", "language": "fr", "created_at": NOW}

    with pytest.raises(IntegrityError), savepoint():
        Dispatch.objects.create(**{**row, **wrong})


def test_after_thirty_days_the_outbox_forgets() -> None:
    _mail()

    assert post.forget(now=NOW + timedelta(days=30)) == 0
    assert post.forget(now=NOW + timedelta(days=30, seconds=1)) == 1
