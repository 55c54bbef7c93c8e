"""The draft of a request, filled in from a notice that was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.eservices.career_break import checks
from guichet.eservices.career_break.forms import request as steps
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import judging, standing
from guichet.eservices.career_break.notices.content import wish_of
from guichet.registers.employments import queries as employments
from guichet.rules.career_break.kinds import Leave

# The first digit of a joint committee: workers by hand, clerks.
_CODES: Final = {"1": "blue", "2": "white"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a new draft says already: of the worker, and by step."""

    worker: Mapping[str, str]
    typed: Mapping[str, Mapping[str, str]]


def filled(row: Notice) -> Filled:
    """Leave, particulars, régime, days, hours and the date of the notice; the days as agreed."""
    wish, committee = wish_of(row), _committee(row)
    asked = judging.asked_of(wish, committee=committee, notified_on=standing.notified_on(row))
    during = checks.expected_minutes(asked)
    characteristics = {
        "regime": row.regime,
        # Accepting, or letting the term pass, is the agreement that some régimes need.
        "has_consent": "on" if _needs_consent(row) else "",
        **_boxes("first_day", row.first_day),
        **_boxes("last_day", row.last_day),
        **_hours("contract_minutes", wish.contract_minutes),
        **_hours("full_time_minutes", wish.full_time_minutes),
        **_hours("break_minutes", during or None),
        **({"has_other_employers": "on"} if wish.has_other_employers else {}),
        **_boxes("notified_on", standing.notified_on(row)),
    }
    worker = {
        "worker_code": _CODES.get(committee[:1], ""),
        "committee": committee,
        "worker_email": wish.email,
    }
    typed = {
        steps.TYPE: {"leave": _offered(row.leave)},
        steps.DETAILS: _details(row.leave, wish.details),
        steps.CHARACTERISTICS: {name: text for name, text in characteristics.items() if text},
    }
    return Filled(worker, typed)


def _offered(leave: str) -> str:
    """The end of a career is a question of the page of time credit."""
    return Leave.TIME_CREDIT.value if leave == Leave.END_OF_CAREER else leave


def _details(leave: str, details: Mapping[str, str]) -> dict[str, str]:
    """What the worker said of his leave, in the boxes of the employer's form."""
    found: dict[str, str] = {}
    for name, value in details.items():
        if name in ("attested_on", "valid_from", "valid_until"):
            found |= _boxes(name, date.fromisoformat(value))
        else:
            found[name] = value
    if leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER):
        found["kind"] = leave
    return found


def _needs_consent(row: Notice) -> bool:
    return row.regime in ("tenth", "full_flex", "half_flex") or wish_of(row).has_other_employers


def _committee(row: Notice) -> str:
    periods = employments.periods_of(
        niss=row.person.niss, employer=row.employer.number, on=row.first_day
    )
    found = periods[0].joint_committee if periods else ""
    return found if found[:1].isdigit() else ""


def _boxes(name: str, day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {
        f"{name}_0": f"{day.day:02d}",
        f"{name}_1": f"{day.month:02d}",
        f"{name}_2": f"{day.year}",
    }


def _hours(name: str, minutes: int | None) -> dict[str, str]:
    if minutes is None:
        return {}
    return {f"{name}_0": f"{minutes // 60}", f"{name}_1": f"{minutes % 60:02d}"}
