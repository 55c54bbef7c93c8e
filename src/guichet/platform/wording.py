"""Days, hours and durations as people read them, in the language of the page.

Blanks inside a date, an hour or a number do not break. Every moment is shown on the clock of
Brussels.
"""

from datetime import date, datetime
from typing import Final

from babel import Locale
from django.utils.dateformat import format as written
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext

from guichet.platform.clock import brussels

NBSP: Final = "\N{NO-BREAK SPACE}"

_DAY: Final = {"de": "j. F"}
_CLOCK: Final = {"fr": "%d h %02d"}


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def day(value: date | datetime) -> str:
    """For tables: ``24/11/2026``."""
    value = _calendar_day(value)
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def day_words(value: date | datetime) -> str:
    """For sentences: ``24 novembre``, ``1er mars``, ``24. November``."""
    value = _calendar_day(value)
    text = written(value, _DAY.get(_language(), "j F"))
    if _language() == "fr" and value.day == 1:
        text = text.replace("1", "1er", 1)
    return text.replace(" ", NBSP)


def long_day(value: date | datetime, *, year: bool = True) -> str:
    """For headings: ``mardi 24 novembre 2026``; German puts a comma after the weekday."""
    value = _calendar_day(value)
    joint = ", " if _language() == "de" else " "
    text = f"{written(value, 'l')}{joint}{day_words(value)}"
    return f"{text}{NBSP}{value.year}" if year else text


def colon(text: object) -> str:
    """What an explanation follows: French puts a blank before its colon."""
    return f"{text}{NBSP if _language() == 'fr' else ''}:"


def month_name(value: date) -> str:
    """The month of a day: ``novembre``."""
    return str(written(value, "F"))


def weekdays() -> list[tuple[str, str]]:
    """The days of a week from Monday on: one letter, and the name."""
    names = [str(WEEKDAYS[number]) for number in range(7)]
    return [(name[0].upper(), name) for name in names]


def clock(value: datetime) -> str:
    """For sentences: ``15 h 40`` in French, ``15:40`` elsewhere."""
    local = brussels(value)
    pattern = _CLOCK.get(_language())
    if pattern is None:
        return f"{local.hour:02d}:{local.minute:02d}"
    return (pattern % (local.hour, local.minute)).replace(" ", NBSP)


def hour(value: datetime) -> str:
    """For tables, in every language: ``06:58``."""
    local = brussels(value)
    return f"{local.hour:02d}:{local.minute:02d}"


def moment(value: datetime) -> str:
    """For tables: ``24/11/2026 06:58``."""
    return f"{day(value)}{NBSP}{hour(value)}"


def second(value: datetime) -> str:
    """For one registration: ``24/11/2026 06:58:12``."""
    return f"{moment(value)}:{brussels(value).second:02d}"


def hours(minutes: int) -> str:
    """For tables: 465 minutes are ``7:45``."""
    return f"{number(minutes // 60)}:{minutes % 60:02d}"


def duration(minutes: int) -> str:
    """For sentences: ``7 h 45``, ``15 min``."""
    if minutes < 60:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    return gettext("%(hours)d h %(minutes)s") % {
        "hours": minutes // 60,
        "minutes": f"{minutes % 60:02d}",
    }


def number(value: int) -> str:
    """``25 000``: groups of three with a blank that does not break."""
    return f"{value:,}".replace(",", NBSP)


def country(code: str) -> str:
    """``FR`` as the language names it; the code when nobody has a name for it."""
    return str(Locale.parse(_language()).territories.get(code, code))


def capital(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def _calendar_day(value: date | datetime) -> date:
    return brussels(value).date() if isinstance(value, datetime) else value
