"""What the size and the parameters of an employer change in the service.

``workers`` here are distinct persons in service today by Dimona; the head counts of ``notice`` and
``threshold`` are something else. Source: manual of the online service for employers; parameters
``career_break.employer.*``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.career_break.entry import mail_fault, name_fault, phone_fault, sector_fault
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.kinds import Authority, Sector
from guichet.rules.dated import whole

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What an employer says once for all its users, as typed; nothing was said at first."""

    name: str = ""
    phone: str = ""
    mobile: str = ""
    mail: str = ""
    sector: str = ""
    takes_notices: bool = False


def parameter_faults(parameters: Parameters) -> tuple[Fault, ...]:
    """V-PA-01 to V-PA-04, in the order of the page."""
    found = (
        name_fault(parameters.name),
        phone_fault(parameters.phone, field="phone"),
        phone_fault(parameters.mobile, field="mobile"),
        mail_fault(parameters.mail, field="mail", is_needed=True),
        sector_fault(parameters.sector),
    )
    return tuple(fault for fault in found if fault is not None)


def authority_fault(*, sector: str, authority: str) -> Fault | None:
    """V-PA-05: a public employer who does not say which kind of authority it is."""
    if sector != Sector.PUBLIC or authority in tuple(Authority):
        return None
    return blocking("V-PA-05", "authority")


def may_request(parameters: Parameters) -> bool:
    """Whether a new request may begin: no mandatory parameter is missing."""
    return not parameter_faults(parameters)


def takes_electronic_notices(parameters: Parameters) -> bool:
    """Whether workers may choose this employer for an electronic notice.

    What was sent before the box was unticked can still be answered.
    """
    return parameters.takes_notices and may_request(parameters)


def lists_personnel(*, workers: int, on: date) -> bool:
    """Whether the user may choose from the personnel file: with some workers, fewer than 100.

    A larger employer types the national number.
    """
    return 0 < workers < whole("career_break.employer.listed_below", on=on)


def asks_to_confirm(*, sector: str, new_sector: str, open_requests: int) -> bool:
    """Whether a change of sector is confirmed first; open requests keep the sector they have."""
    return bool(sector) and sector != new_sector and open_requests > 0


def belong_together(*, first: Period, second: Period, both_ticked: bool) -> bool:
    """Whether requests of one worker with two employers are one break: both say so, and overlap."""
    return both_ticked and first.overlaps(second)


def apart(period: Period, *, beside: Iterable[Period]) -> tuple[Period, ...]:
    """The days of a break that it does not share with the breaks it is one with, in their order.

    A break that is spread over several employers takes its days from the credit once.
    """
    left = [period]
    for other in beside:
        left = [rest for one in left for rest in _without(one, other)]
    return tuple(left)


def _without(period: Period, other: Period) -> Iterable[Period]:
    shared = period.overlap(other)
    if shared is None:
        yield period
        return
    if period.first_day < shared.first_day:
        yield Period(period.first_day, shared.first_day - _ONE_DAY)
    if shared.last_day < period.last_day:
        yield Period(shared.last_day + _ONE_DAY, period.last_day)
