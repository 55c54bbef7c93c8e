"""What the e-Box of the other party is told: a job, in the transaction of what happened.

Nobody is named; the words of an agreement stay on its page, which only the parties open.
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
from guichet.registers.arrangements.queries import ArrangementRecord
from guichet.registers.enterprises import queries as enterprises

_TYPE: Final = "presence.arrangement"
_APPLICATION: Final = "presence"


def tell(happened: str, row: ArrangementRecord, *, by: str, now: datetime) -> None:
    """The other party hears what happened; nobody where no organisation sends for presence."""
    sender = senders.number_of(_APPLICATION)
    if not sender:
        return
    other = row.party(row.side_of(by).other)
    record = enterprises.enterprise(number=other)
    language = record.language if record else "nl"
    with override(language):
        known = enterprises.enterprise(number=by)
        name = known.name(language) if known else by
        place = reverse("presence:arrangement", kwargs={"number": row.number})
        subject = _subject(happened) % {"name": name}
        body = _("Read it here: %(place)s") % {"place": f"{settings.ENVIRONMENT.url}{place}"}
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"arrangement-{row.number}-{now:%y%m%d%H%M%S%f}",
        language=language,
        subject=subject,
        body=body,
        application=_APPLICATION,
        message_type=_TYPE,
        enterprise_number=other,
    )


def _subject(happened: str) -> str:
    return {
        "recorded": _("%(name)s recorded an agreement with you on how people are registered"),
        "confirm": _("%(name)s confirmed an agreement with you on how people are registered"),
        "contest": _("%(name)s contests an agreement with you on how people are registered"),
        "withdraw": _("%(name)s withdrew an agreement with you on how people are registered"),
        "end": _("%(name)s ended an agreement with you on how people are registered"),
    }[happened]
