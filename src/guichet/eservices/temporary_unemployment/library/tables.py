"""Tables of the public pages, made from the rules: nothing of the law is written twice."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guichet.kernel.label import Label
from guichet.kernel.verdict import LegalSource
from guichet.rules.temporary_unemployment import findings
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS, ROWS
from guichet.rules.temporary_unemployment.spans import Span, Unit
from guichet.rules.temporary_unemployment.terms import terms


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason in the words of the reader; ``kinds``: what is communicated, in its order."""

    reason: Reason
    name: str
    nature: str
    risk: str
    for_blue: bool
    for_white: bool
    kinds: tuple[str, ...]
    monthly: bool
    source: LegalSource
    committees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """A régime: what it is, how long at most, how much work follows."""

    name: str
    meaning: Any
    most: str
    after: str


_MEANINGS: Final = {
    Regime.FULL: _("no day of work at all"),
    Regime.LARGE: _(
        "fewer than three days of work a week, or less than one week of work in two with at "
        "least two days of work in it"
    ),
    Regime.SMALL: _("at least three days of work a week, or at least one week of work in two"),
    Regime.ONE_DAY_PER_FORTNIGHT: _("one day of work in two weeks; treated as a full suspension"),
}


def said(label: Label) -> str:
    """A label of the rules in the language of the page."""
    return label.in_language(get_language() or "en")


def duration(span: Span) -> str:
    """``4 weeks``, ``3 months``, in the language of the page."""
    unit = "Unit" if span.number == 1 else "Units"
    word = said(findings.CATALOGUE.words[f"{unit}.{span.unit.value}"])
    return f"{span.number}\N{NO-BREAK SPACE}{word}"


def reasons() -> tuple[ReasonRow, ...]:
    """The eleven reasons, in the order of their codes."""
    return tuple(
        ReasonRow(
            reason=reason,
            name=said(findings.word(reason)),
            nature=row.nature,
            risk=row.risk,
            for_blue=row.for_blue,
            for_white=row.for_white,
            kinds=tuple(said(findings.word(kind)) for kind in row.kinds),
            monthly=reason in FIRST_DAY_REASONS,
            source=row.source,
            committees=row.committees,
        )
        for reason, row in ROWS.items()
    )


def regimes(*, on: date) -> tuple[RegimeRow, ...]:
    """The régimes of a suspension for economic causes, as the law has them on a day."""
    law = terms(on=on)
    weeks = duration(Span(law.between, Unit.WEEK))
    return tuple(
        RegimeRow(
            name=said(findings.word(regime)),
            meaning=meaning,
            most=duration(span) if (span := law.limit(regime)) else "",
            after=weeks if regime.needs_work_week else "",
        )
        for regime, meaning in _MEANINGS.items()
    )
