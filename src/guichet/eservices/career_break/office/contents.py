"""What an officer decides, and all of it that the letter says, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import letters, words
from guichet.eservices.career_break.office.judging import Case
from guichet.rules.career_break import courts, decisions
from guichet.rules.career_break.credits import worth
from guichet.rules.career_break.decisions import Paid, Result
from guichet.rules.career_break.findings import sentence
from guichet.rules.career_break.kinds import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What an officer decides; ``first_day`` … ``last_day``: the break that is granted.

    ``why``: why it is another decision than the rules propose; the letter does not say it.
    """

    result: Result
    first_day: date
    last_day: date | None
    paid: tuple[Paid, ...] = ()
    motivation: str = ""
    why: str = ""


def content_of(case: Case, decided: Decided, today: date) -> dict[str, Any]:
    """Everything that the letter says, as plain JSON; amounts in cents, tax in hundredths of a
    per cent, days in ISO form."""
    row, result = case.row, decided.result
    language = letters.language_of(row)
    is_refused = result is Result.REFUSED
    paid = decided.paid if result.is_paid else ()
    findings = decisions.weighing(case.findings)
    table = case.rows(paid[0].first_day, paid[-1].last_day) if paid else ()
    with override(language):
        found: dict[str, Any] = {
            "result": result.value,
            "leave": row.leave,
            "regime": row.regime,
            "period": None if is_refused else _days(decided.first_day, decided.last_day),
            "paid": _days(paid[0].first_day, paid[-1].last_day) if paid else None,
            "gross": paid[0].gross.cents if paid else None,
            "tax": paid[0].rate if paid else None,
            "net": paid[0].net.cents if paid else None,
            "rows": [_plain(one) for one in paid],
            "supplement": any(one.has_supplement for one in table),
            "reasons": [sentence(one).in_language(language) for one in findings],
            "motivation": decided.motivation.strip(),
            "legal_basis": words.legal_basis(findings, leave=row.leave, is_paid=bool(paid)),
            "credit_left": "" if is_refused else _left(case),
            "language": language,
            "office": row.office,
            "version": row.version,
        }
    return found | sending(row, found, today)


def sending(row: Request, content: dict[str, Any], today: date) -> dict[str, Any]:
    """What depends on the day of the decision: when it is sent, the term and place of an appeal."""
    sent_on = letters.sent_on(today=today)
    person, language = row.person, content["language"]
    court = courts.court_of(
        residence=person.postcode if person.country == "BE" and person.postcode else None,
        employer=row.employer.postcode or None,
        language=language,
        on=today,
    )
    return {
        "sent_on": sent_on.isoformat(),
        "appeal_until": courts.appeal_until(sent_on=sent_on).isoformat(),
        "court": court.in_language(language),
    }


def _left(case: Case) -> str:
    if case.after is None:
        return ""
    left = worth(case.after, Regime(case.row.regime))
    return "" if left is None else words.amount(left)


def _plain(one: Paid) -> dict[str, Any]:
    return {
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "gross": one.gross.cents,
        "tax": one.rate,
        "net": one.net.cents,
    }


def _days(first_day: date, last_day: date | None) -> list[str | None]:
    return [first_day.isoformat(), last_day.isoformat() if last_day else None]
