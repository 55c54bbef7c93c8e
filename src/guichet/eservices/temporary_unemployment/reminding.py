"""Reminders in the e-Box of an employer: first effective days whose last day is today, or was.

Beside them, what the works council or the union delegation must be told today at the latest.

A message names numbers and days, no worker; the same morning twice is one message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.eservices.temporary_unemployment import earlier, following, representing, words
from guichet.eservices.temporary_unemployment.models import GONE, Communication
from guichet.platform import clock, wording
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.duties import Duty, Standing
from guichet.rules.temporary_unemployment.informing import Information
from guichet.rules.temporary_unemployment.kinds import Kind

_TYPE: Final = "temporary-unemployment.reminder"
_APPLICATION: Final = "temporary-unemployment"
_BACK: Final = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class _Due:
    """What an employer is told of; ``informs``: whom he informs today of what."""

    days: list[Duty]
    informs: list[Information]


def remind(*, now: datetime) -> int:
    """Tell every employer what is due today at the latest, or was missed since yesterday.

    How many messages. Each employer is told by itself: one that fails stops no other.
    """
    today = clock.today(now)
    sender = _sender()
    if not sender:
        return 0
    told = 0
    for employer, language in _employers(today):
        due = [
            one
            for one in following.due(employer=employer, today=today)
            if one.standing is Standing.LAST_DAY or _was_missed(one, now)
        ]
        informs = [
            one.information
            for one in representing.due(employer=employer, today=today)
            if one.information.by == today
        ]
        if due or informs:
            _tell(sender, employer, language, _Due(due, informs), now)
            told += 1
    return told


def _employers(today: date) -> list[tuple[str, str]]:
    """Number and language of those of whom something may be due."""
    rows = Communication.objects.filter(
        kind=Kind.EXPECTED.value, first_day__lte=today + timedelta(days=8),
        last_day__gte=today - _BACK,
    ).exclude(Q(state__in=GONE) | earlier.seen_as_refused(today))  # fmt: skip
    firms = set(rows.values_list("employer__number", "employer__language").distinct())
    return sorted(firms.union(representing.concerned(today)))


def _was_missed(duty: Duty, now: datetime) -> bool:
    """Whether yesterday was its last day."""
    return duty.days.last_day == clock.today(now) - timedelta(days=1)


def _sender() -> str:
    return senders.number_of(_APPLICATION)


def _tell(sender: str, employer: str, language: str, due: _Due, now: datetime) -> None:
    with override(language):
        lines = [*_first_days(due.days), *_informs(due.informs)]
        subject = (
            _("First effective days of %(month)s to communicate")
            % {"month": wording.month_name(due.days[0].day)}
            if due.days
            else words.inform(due.informs[0])
        )
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


def _first_days(due: list[Duty]) -> Iterator[str]:
    last = [one for one in due if one.standing is Standing.LAST_DAY]
    missed = len(due) - len(last)
    if last:
        text = ngettext(
            "Today is the last day to communicate one first effective day in time.",
            "Today is the last day to communicate %(count)s first effective days in time.",
            len(last),
        )
        yield text % {"count": len(last)}
    if missed:
        text = ngettext(
            "One first effective day was not communicated in time: normal wage may be due.",
            "%(count)s first effective days were not communicated in time: normal wage may be due.",
            missed,
        )
        yield text % {"count": missed}
    if due:
        yield _("Sign in to see of whom, and to communicate them.")


def _informs(informs: list[Information]) -> Iterator[str]:
    """Whom to inform, once, and of what; they get no letter from here."""
    if informs:
        yield "\n".join([words.inform(informs[0]), *dict.fromkeys(map(words.inform_by, informs))])
