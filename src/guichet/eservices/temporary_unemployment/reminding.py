"""Reminders in the e-Box of an employer: first effective days whose last day is today, or was.

A message names numbers and days, no worker; the same morning twice is one message.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.eservices.temporary_unemployment import earlier, following
from guichet.eservices.temporary_unemployment.models import GONE, Communication
from guichet.platform import clock, wording
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.duties import Duty, Standing
from guichet.rules.temporary_unemployment.kinds import Kind

_TYPE: Final = "temporary-unemployment.reminder"
_APPLICATION: Final = "temporary-unemployment"
_BACK: Final = timedelta(days=62)


def remind(*, now: datetime) -> int:
    """Tell every employer what is due today at the latest, or was missed since yesterday.

    How many messages. Each employer is told by itself: one that fails stops no other.
    """
    today = clock.today(now)
    sender = _sender()
    if not sender:
        return 0
    told = 0
    rows = Communication.objects.filter(
        kind=Kind.EXPECTED.value, first_day__lte=today + timedelta(days=8),
        last_day__gte=today - _BACK,
    ).exclude(Q(state__in=GONE) | earlier.seen_as_refused(today))  # fmt: skip
    firms = rows.values_list("employer__number", "employer__language").distinct()
    for employer, language in firms.order_by("employer__number"):
        due = [
            one
            for one in following.due(employer=employer, today=today)
            if one.standing is Standing.LAST_DAY or _was_missed(one, now)
        ]
        if due:
            _tell(sender, employer, language, due, now)
            told += 1
    return told


def _was_missed(duty: Duty, now: datetime) -> bool:
    """Whether yesterday was its last day."""
    return duty.days.last_day == clock.today(now) - timedelta(days=1)


def _sender() -> str:
    return senders.number_of(_APPLICATION)


def _tell(sender: str, employer: str, language: str, due: list[Duty], now: datetime) -> None:
    last = [one for one in due if one.standing is Standing.LAST_DAY]
    missed = len(due) - len(last)
    with override(language):
        lines = []
        if last:
            text = ngettext(
                "Today is the last day to communicate one first effective day in time.",
                "Today is the last day to communicate %(count)s first effective days in time.",
                len(last),
            )
            lines.append(text % {"count": len(last)})
        if missed:
            text = ngettext(
                "One first effective day was not communicated in time: normal wage may be due.",
                "%(count)s first effective days were not communicated in time: normal wage may "
                "be due.",
                missed,
            )
            lines.append(text % {"count": missed})
        lines.append(_("Sign in to see of whom, and to communicate them."))
        subject = _("First effective days of %(month)s to communicate") % {
            "month": wording.month_name(due[0].day)
        }
    with transaction():
        app.configure_task(name="ebox.publish").defer(
            sender_number=sender,
            reference=f"temporary-unemployment-due-{employer}-{clock.today(now):%Y%m%d}",
            message_type=_TYPE,
            language=language if language in ("nl", "fr", "de") else "fr",
            subject=subject,
            body="\n\n".join(lines),
            application=_APPLICATION,
            enterprise_number=employer,
        )
