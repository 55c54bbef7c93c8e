"""Communications of an employer of joint committee 111, on the days of the worked examples."""

from typing import Any

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.communication import (
    Announced,
    Communication,
    Known,
    Line,
)
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.kinds import Category, Kind, NoticeKind, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from tests.rules.temporary_unemployment.days import day, noon

ANNE, BIS = "85073003328", "85473003317"
WHITE = {"reason": Reason.WHITE_COLLAR, "committee": "200", "regime": Regime.WHITE_FULL}


def line(**other: Any) -> Line:
    """A line of a blue-collar worker."""
    return Line(**{"niss": ANNE} | other)


def said(kind: Kind, reason: Reason, sent: str, **other: Any) -> Communication:
    """A communication that is in order as far as it is not about days."""
    facts: dict[str, Any] = {
        "received_at": noon(sent),
        "enterprise": "0123456749",
        "establishment": "2123456791",
        "postcode": "4000",
        "committee": "111",
        "lines": (line(),),
    }
    return Communication(kind=kind, reason=reason, **facts | other)


def expected(
    posted: str = "2025-03-07", first: str = "2025-03-17", last: str = "2025-04-13", **other: Any
) -> Communication:
    """A full suspension, told to the office on the day of the notice."""
    facts: dict[str, Any] = {
        "sent": posted,
        "reason": Reason.ECONOMIC,
        "posted_on": day(posted),
        "notice_kind": NoticeKind.POSTED,
        "first_day": day(first),
        "last_day": day(last) if last else None,
        "regime": Regime.FULL,
        "no_subcontracting": True,
        "causes": "Orders fell by a third since January.",
    }
    return said(Kind.EXPECTED, **facts | other)


def white(first: str, last: str, posted: str = "2025-01-10", **other: Any) -> Communication:
    """A full suspension of white collars."""
    workers = (line(category=Category.WHITE),)
    return expected(posted, first, last, **WHITE | {"lines": workers} | other)


def first_day(reason: Reason, first: str, sent: str, **other: Any) -> Communication:
    """The first effective day of one worker."""
    facts: dict[str, Any] = {"lines": (line(first_day=day(first)),)}
    if reason is Reason.WEATHER:
        facts |= {
            "workplace": "Quai 1, 4000 Liège",
            "nature_of_work": "Bricklaying",
            "weather": "Frost",
            "why_impossible": "Mortar cannot set",
        }
    return said(Kind.FIRST_DAY, reason, sent, **facts | other)


def announced(first: str, last: str, **other: Any) -> Announced:
    """An earlier announcement for the same worker."""
    regime = other.pop("regime", Regime.FULL)
    facts: dict[str, Any] = {
        "ticket": "05W00000017BZ",
        "reason": Reason.ECONOMIC,
        "suspension": Suspension(Period(day(first), day(last)), regime),
        "workers": frozenset({ANNE}),
    }
    return Announced(**facts | other)


def keys(communication: Communication, **known: Any) -> list[str]:
    """The keys of everything that is found."""
    return [fault.key for fault in faults(communication, known=Known(**known))]


def only(communication: Communication, **known: Any) -> Fault:
    """The one fault that is found."""
    [fault] = faults(communication, known=Known(**known))
    return fault
