"""What the e-Box of an employer is told: a job, in the transaction of what happened.

A notice names no worker: who he is stands behind the sign-in, where looking at him is noted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises

_TYPE: Final = "dimona.notification"
_APPLICATION: Final = "dimona"
# Subject and body.
Words = tuple[str, str]


def sender_number() -> str:
    """The organisation that sends the notices; empty where none is connected to the e-Box."""
    return senders.number_of(_APPLICATION)


def unsigned(*, declaration: int, employer: str, now: datetime) -> None:
    """Somebody declared in an employer's name without signing in; once for each declaration.

    An employer without an open e-Box gets nothing; the list of declarations says it anyway.
    """

    def words() -> Words:
        place = f"{settings.ENVIRONMENT.url}{reverse('dimona:declarations')}"
        said = {"number": declaration, "moment": wording.moment(now), "place": place}
        subject = _("Dimona: a declaration in your name without sign-in (%(number)s)") % said
        paragraphs = (
            _(
                "On %(moment)s somebody declared the beginning of work for your enterprise with"
                " the form without sign-in: declaration %(number)s."
            ),
            _("The worker and the answer stand under “Declarations” after signing in: %(place)s"),
            _("If this worker does not begin with you, cancel the period before its first day."),
        )
        return subject, "\n\n".join(text % said for text in paragraphs)

    _publish(employer=employer, mark=f"unsigned-{declaration}", words=words)


def identities(*, employer: str, day: date, count: int) -> None:
    """The identity of some workers of an employer changed on a day; once for each day."""

    def words() -> Words:
        place = f"{settings.ENVIRONMENT.url}{reverse('dimona:identities')}"
        said = {"count": count, "day": wording.day(day), "place": place}
        subject = _("Dimona: the identity of workers changed (%(day)s)") % said
        paragraphs = (
            ngettext(
                "On %(day)s the national number or the identity of one worker of your enterprise"
                " changed.",
                "On %(day)s the national number or the identity of %(count)s workers of your"
                " enterprise changed.",
                count,
            ),
            _("What was and what is valid stand under “Identity changes”: %(place)s"),
            _("Use what is valid in your next declarations. The periods stay as they are."),
        )
        return subject, "\n\n".join(text % said for text in paragraphs)

    _publish(employer=employer, mark=f"identities-{employer}-{day:%Y%m%d}", words=words)


def _publish(*, employer: str, mark: str, words: Callable[[], Words]) -> None:
    """A job for the e-Box, in the language of the enterprise; ``mark``: the same twice is one."""
    sender, firm = sender_number(), enterprises.enterprise(number=employer)
    if not sender or firm is None:
        return
    with override(firm.language):
        subject, body = words()
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"dimona-{mark}",
        message_type=_TYPE,
        language=firm.language,
        subject=subject,
        body=body,
        application=_APPLICATION,
        enterprise_number=employer,
    )
