"""What an employer says of a break, as JSON keeps it, and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any, Final

_DAYS: Final = ("first_day", "last_day", "notified_on")


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that stood on the page when the request was sent: the key of its words, its field,
    and the values that it showed."""

    key: str
    field: str = ""
    values: Mapping[str, str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OtherEmployer:
    """Another employer of the worker; minutes a week. ``number``: ten digits, or empty.

    ``reduces``: work is reduced there too, for the part that falls on it.
    """

    number: str = ""
    name: str = ""
    contract_minutes: int = 0
    full_time_minutes: int = 0
    reduces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The employer's part of a request.

    ``worker_code``: white or blue collar; ``committee``: joint committee, empty in the public
    sector; ``details``: what the kind of leave asks besides, by the name of its field. Minutes are
    minutes a week; ``break_minutes`` is None when no work is done. ``last_day`` None: until the
    pension. ``weeks``: first and last day of each block, where separate weeks are asked for in one
    request; the days of the request span them. ``others``: the other employers; none, though
    ``has_other_employers``: not told yet. ``authority``: of a public employer. ``warned`` and
    ``reason``: what was warned of, and why the employer went on.
    """

    worker_code: str = ""
    committee: str = ""
    worker_email: str = ""
    leave: str = ""
    details: Mapping[str, str] = dataclass_field(default_factory=dict)
    regime: str = ""
    has_consent: bool = False
    first_day: date | None = None
    last_day: date | None = None
    weeks: tuple[tuple[date, date], ...] = ()
    contract_minutes: int | None = None
    full_time_minutes: int | None = None
    break_minutes: int | None = None
    has_other_employers: bool = False
    others: tuple[OtherEmployer, ...] = ()
    comment: str = ""
    notified_on: date | None = None
    has_reduction: bool = False
    reduction_minutes: int | None = None
    reduction_days: int | None = None
    wants_mail: bool = False
    warned: tuple[Warned, ...] = ()
    reason: str = ""
    authority: str = ""


def spanned(asked: Asked) -> Asked:
    """With the blocks of weeks in their order and the days that span them; one block is none."""
    if not asked.weeks:
        return asked
    weeks = tuple(sorted(asked.weeks))
    span = replace(asked, first_day=weeks[0][0], last_day=max(last for _first, last in weeks))
    return replace(span, weeks=weeks if len(weeks) > 1 else ())


def ending(asked: Asked, last_day: date) -> Asked:
    """With another last day; of separate weeks the last block ends then."""
    if not asked.weeks:
        return replace(asked, last_day=last_day)
    *before, (first, _last) = asked.weeks
    return replace(asked, weeks=(*before, (first, last_day)), last_day=last_day)


def plain(asked: Asked) -> dict[str, Any]:
    """Plain JSON values."""
    found = asdict(asked)
    found |= {name: found[name].isoformat() if found[name] else None for name in _DAYS}
    found["weeks"] = [[first.isoformat(), last.isoformat()] for first, last in asked.weeks]
    return found


def asked_of(content: Mapping[str, Any]) -> Asked:
    """What `plain` made plain."""
    found = dict(content)
    found |= {name: date.fromisoformat(found[name]) if found[name] else None for name in _DAYS}
    found["weeks"] = tuple(
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in found["weeks"]
    )
    found["others"] = tuple(OtherEmployer(**one) for one in found["others"])
    found["warned"] = tuple(Warned(**one) for one in found["warned"])
    return Asked(**found)
