"""A decision of the office as its worker reads it: result, payments, reasons, appeal.

``Decision.content`` is written by the office: ``period`` and ``paid`` (first and last day, ISO; no
last day until the pension), ``rows`` (``first_day``, ``last_day``, ``gross`` in cents a month,
``tax`` in hundredths of a per cent), ``reasons`` and ``legal_basis`` (texts in the language of the
letter), ``motivation`` (of the officer), ``appeal_until`` (ISO), ``court``. What is not there is
not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guichet.eservices.career_break.models import Decision, Request
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.rules.career_break import courts
from guichet.rules.career_break.amounts import Amount, Line, joined_lines
from guichet.rules.career_break.kinds import Regime

_MOST_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """``amount``: of the first month; ``lines``: what is paid in each month; ``motivation``: the
    officer's own words; ``appeal_until``: the last day for an appeal."""

    first_day: date | None
    last_day: date | None
    amount: Amount | None
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    motivation: tuple[str, ...]
    legal_basis: tuple[str, ...]
    appeal_until: date
    court: str


def shown(decision: Decision, *, row: Request) -> Shown:
    """The decision in plain values; three months to appeal unless the letter says another day."""
    content = decision.content
    first_day, last_day = _days(content.get("period"))
    amounts = _amounts(content, decision)
    return Shown(
        first_day=first_day,
        last_day=last_day,
        amount=amounts[0][1] if amounts else None,
        lines=_lines(content, row, amounts)[:_MOST_SHOWN],
        reasons=_texts(content.get("reasons")),
        motivation=tuple(line for line in str(content.get("motivation") or "").split("\n") if line),
        legal_basis=_texts(content.get("legal_basis")),
        appeal_until=appeal_until(decision),
        court=str(content.get("court") or ""),
    )


def lines_of(decision: Decision, *, row: Request, days: Period | None = None) -> tuple[Line, ...]:
    """What is paid in each month by a decision; ``days``: within these days only.

    One that pays until the pension gives something where ``days`` end only.
    """
    return _lines(decision.content, row, _amounts(decision.content, decision), days)


def appeal_until(decision: Decision) -> date:
    """The last day for an appeal: three months counted from the day after the letter was sent."""
    text = decision.content.get("appeal_until")
    if text:
        return date.fromisoformat(text)
    return courts.appeal_until(sent_on=clock.today(decision.at))


def _lines(
    content: Mapping[str, Any], row: Request, amounts: Sequence[tuple[date, Amount]],
    days: Period | None = None,
) -> tuple[Line, ...]:  # fmt: skip
    first, last = _days(content.get("paid") or content.get("period"))
    last = last or row.last_day
    if days is not None and first is not None:
        first, last = max(first, days.first_day), min(last or days.last_day, days.last_day)
    if not amounts or first is None or last is None or last < first:
        return ()

    def amount_on(day: date) -> Amount:
        known = [amount for since, amount in amounts if since <= day]
        return known[-1] if known else amounts[0][1]

    by_weeks = Regime(row.regime).is_by_weeks
    blocks = _blocks(row, Period(first, last))
    return joined_lines(blocks, amount_on=amount_on, by_weeks=by_weeks)


def _blocks(row: Request, days: Period) -> list[Period]:
    """The days of a break within some days: its separate weeks, without what lies between them."""
    weeks = [
        Period(date.fromisoformat(first), date.fromisoformat(last))
        for first, last in row.content.get("weeks", ())
    ]
    inside = [part for week in weeks if (part := week.overlap(days)) is not None]
    return inside if weeks else [days]


def _amounts(content: Mapping[str, Any], decision: Decision) -> list[tuple[date, Amount]]:
    """The monthly amounts with the day from which each holds, in their order."""
    rows = content.get("rows") or ([content] if content.get("gross") is not None else [])
    since = clock.today(decision.at)
    return [
        (
            date.fromisoformat(one["first_day"]) if one.get("first_day") else since,
            Amount(Money(one["gross"]), one["tax"], since, is_verified=True, source="decision"),
        )
        for one in rows
        if type(one.get("gross")) is int and type(one.get("tax")) is int
    ]


def _days(given: Any) -> tuple[date | None, date | None]:
    if not given:
        return None, None
    first, last = given
    return date.fromisoformat(first), date.fromisoformat(last) if last else None


def _texts(given: Any) -> tuple[str, ...]:
    every: Sequence[Any] = [given] if isinstance(given, str) else list(given or ())
    return tuple(str(one) for one in every if one)
