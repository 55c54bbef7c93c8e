"""Days and moments the way the worked examples write them."""

from datetime import date, datetime, time

from guichet.kernel.moments import BRUSSELS
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

PLAIN = OnemCalendar()


def day(text: str) -> date:
    """The day of ``2025-03-17``."""
    return date.fromisoformat(text)


def noon(text: str, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    """A moment of that day in Brussels."""
    return datetime.combine(day(text), time(hour, minute, second), tzinfo=BRUSSELS)


def off(*texts: str) -> OnemCalendar:
    """A calendar with bridge days."""
    return OnemCalendar(bridge_days=frozenset(day(text) for text in texts))
