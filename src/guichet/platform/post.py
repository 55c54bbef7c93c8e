"""What leaves the house for a person: mail, letters on paper, text messages.

Each is a row of the outbox, written in the transaction of what caused it. A job sends mail by
SMTP when that is configured; letters and text messages wait for the gateway of the institution.
In simulation everything stays in the outbox, where a visitor can read it.
"""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import F
from procrastinate.contrib.django import app

from guichet.platform.db import transaction
from guichet.platform.models import Dispatch, DispatchKind

# What was sent is of no use here any more; what could not be sent is looked at before.
KEPT: Final = timedelta(days=30)
# With the waits of the job between them: about a day.
TRIES: Final = 9
_SMTP_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a mail is. ``failures``: how often the server did not take it; ``is_given_up``: it
    is not tried any more."""

    sent_at: datetime | None
    failures: int
    is_given_up: bool


def mail(*, to: str, subject: str, body: str, now: datetime, language: str) -> int:
    """Send a mail of plain text; no number of a person belongs in it. Its key in the outbox.

    ``to``: one address; ``language``: of the text, for whoever reads it aloud.
    """
    row = _keep(DispatchKind.MAIL, to, now=now, language=language, subject=subject, body=body)
    if settings.ENVIRONMENT.smtp_url:
        app.configure_task(name="platform.send_mail").defer(dispatch=row.pk)
    return row.pk


def standing(*, dispatch: int) -> Standing | None:
    """How far a mail is; None once the outbox forgot it."""
    row = Dispatch.objects.filter(pk=dispatch).first()
    if row is None:
        return None
    is_given_up = row.sent_at is None and row.attempts >= TRIES
    return Standing(row.sent_at, row.attempts, is_given_up)


def letter(
    *, recipient_lines: Sequence[str], subject: str, pdf: bytes, now: datetime, language: str
) -> None:
    """Have a letter printed and posted; ``recipient_lines``: name and address, line by line."""
    lines = "\n".join(recipient_lines)
    _keep(DispatchKind.LETTER, lines, now=now, language=language, subject=subject, pdf=pdf)


def text_message(*, to: str, body: str, now: datetime, language: str) -> None:
    """Send a text message to a telephone number."""
    _keep(DispatchKind.TEXT, to, now=now, language=language, body=body)


def send(*, dispatch: int, now: datetime) -> None:
    """Hand one mail of the outbox to the SMTP server, once; its text is not kept then.

    Raises smtplib.SMTPException or OSError when the server does not take it: it is counted, so
    that whoever waits for the mail can be told; try again later.
    """
    try:
        with transaction():
            row = Dispatch.objects.select_for_update().filter(pk=dispatch, sent_at=None).first()
            if row is None:
                return
            _by_smtp(row)
            row.sent_at, row.body = now, ""
            row.save(update_fields=["sent_at", "body"])
    except (smtplib.SMTPException, OSError):
        with transaction():
            Dispatch.objects.filter(pk=dispatch).update(attempts=F("attempts") + 1)
        raise


def forget(*, now: datetime) -> int:
    """Remove what left, or could not leave, more than thirty days ago; how many rows."""
    count, _ = Dispatch.objects.filter(created_at__lt=now - KEPT).delete()
    return count


def _keep(
    kind: DispatchKind, recipient: str, *, now: datetime, language: str, **parts: str | bytes
) -> Dispatch:
    return Dispatch.objects.create(
        kind=kind.value, recipient=recipient, language=language, created_at=now, **parts
    )


def _by_smtp(row: Dispatch) -> None:
    parts = urlsplit(str(settings.ENVIRONMENT.smtp_url))
    message = EmailMessage()
    message["From"], message["To"] = settings.ENVIRONMENT.mail_from, row.recipient
    message["Subject"], message["Content-Language"] = row.subject, row.language
    message.set_content(row.body)
    host, is_tls = parts.hostname or "", parts.scheme == "smtps"
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if is_tls:
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SMTP_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=_SMTP_SECONDS)
    with server:
        server.ehlo()
        if not is_tls and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
