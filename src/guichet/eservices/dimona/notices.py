"""What the e-Box of an employer is told: a job, in the transaction of what happened.

A notice names no worker: who he is stands behind the sign-in, where looking at him is noted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises

_TYPE: Final = "dimona.notification"
_APPLICATION: Final = "dimona"


def sender_number() -> str:
    """The organisation that sends the notices; empty where none is connected to the e-Box."""
    return senders.number_of(_APPLICATION)


def unsigned(*, declaration: int, employer: str, now: datetime) -> None:
    """Somebody declared in an employer's name without signing in; once for each declaration.

    An employer without an open e-Box gets nothing; the list of declarations says it anyway.
    """
    sender, firm = sender_number(), enterprises.enterprise(number=employer)
    if not sender or firm is None:
        return
    place = f"{settings.ENVIRONMENT.url}{reverse('dimona:declarations')}"
    with override(firm.language):
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
        app.configure_task(name="ebox.publish").defer(
            sender_number=sender,
            reference=f"dimona-unsigned-{declaration}",
            message_type=_TYPE,
            language=firm.language,
            subject=subject,
            body="\n\n".join(text % said for text in paragraphs),
            application=_APPLICATION,
            enterprise_number=employer,
        )
