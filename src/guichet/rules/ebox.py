"""The days in the life of a message of the e-Box, and what a notification address must prove.

Pure: plain values in, days out. Sources: the Act of 27 February 2019
and the Royal Decree of 25 December 2023, which leave the exact days to the institutions: those of
expiry (R-EB-1), of reminder and alert (R-EB-2), the proof of an address (R-EB-9).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# Days after the publication on which an unread message is called to mind. R-EB-2.
REMINDER_DAYS: Final = 15
# Days before the expiry on which an unread message is announced to disappear. R-EB-2.
ALERT_DAYS: Final = 7
# How long the code of a new address is good, in minutes, and how often it may be tried. R-EB-9.
CODE_MINUTES: Final = 30
CODE_TRIES: Final = 5
# The hour of Brussels at which the mails of the night leave. R-EB-3.
MAIL_HOUR: Final = 2
LONGEST_SUBJECT: Final = 255
LONGEST_FILE_NAME: Final = 80
LONGEST_NAME: Final = 100
# Bytes of UTF-8 of one value of the business data.
LONGEST_BUSINESS_DATA: Final = 256
MOST_DOCUMENTS: Final = 6
_VALIDITY: Final = re.compile(r"([1-9][0-9]{0,3}) (day|month|year)s?")


class Unit(StrEnum):
    """In what a validity is counted."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class UnknownValidity(ValueError):
    """Not written as ``30 days``, ``6 months`` or ``1 year``."""


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a kind of message can be read; at least one unit."""

    number: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Validity:
        """Read ``6 months``; raises UnknownValidity."""
        found = _VALIDITY.fullmatch(text)
        if found is None:
            raise UnknownValidity("a validity is a number of days, months or years")
        return cls(int(found[1]), Unit(found[2]))

    def __str__(self) -> str:
        return f"{self.number} {self.unit.value}{'s' if self.number > 1 else ''}"


def expiry_date(*, published_on: date, validity: Validity) -> date:
    """The day at whose first moment (Brussels) the message is deleted. R-EB-1.

    The same day number; the last day of the month where that does not exist.
    """
    if validity.unit is Unit.DAY:
        return published_on + timedelta(days=validity.number)
    months = validity.number * (12 if validity.unit is Unit.YEAR else 1)
    year, month = divmod(published_on.year * 12 + published_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(published_on.day, last))


def last_readable_day(*, expires_on: date) -> date:
    """The last day on which the message can be read. R-EB-1."""
    return expires_on - timedelta(days=1)


def reminder_day(*, published_on: date, expires_on: date) -> date | None:
    """When an unread message is called to mind; None where it is deleted before. R-EB-2."""
    day = published_on + timedelta(days=REMINDER_DAYS)
    return day if day < expires_on else None


def alert_day(*, published_on: date, expires_on: date) -> date | None:
    """When an unread message is announced to disappear; None where it never lives so long."""
    day = expires_on - timedelta(days=ALERT_DAYS)
    return day if day > published_on else None


class Key(StrEnum):
    """The state of a box, as a sender is told it."""

    NEVER_OPENED = "never_opened"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a recipient does with a message; each is open or not by its state."""

    FILE = "file"
    DELETE = "delete"
    RESTORE = "restore"
    MARK_READ = "mark_read"
    MARK_UNREAD = "mark_unread"
    LABEL = "label"
    UNLABEL = "unlabel"


class ActRefused(Exception):
    """This is not open to the recipient of this message; ``str()`` is a word for the page."""


def check_act(*, act: Act, is_deleted: bool, is_registered: bool) -> None:
    """Raise ActRefused unless the recipient may do this now. R-EB-6, R-EB-11.

    A registered message stays until its expiry; a deleted one can only be restored.
    """
    if act is Act.DELETE and is_registered:
        raise ActRefused("registered")
    if is_deleted != (act is Act.RESTORE):
        raise ActRefused("deleted" if is_deleted else "not_deleted")
