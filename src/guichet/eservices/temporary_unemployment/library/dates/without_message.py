"""Reasons of which nothing is communicated: whether they give unemployment, and how many days.

The sums are those of ``rules.temporary_unemployment``; here they get their words.
"""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment.library.dates.answers import (
    Answer,
    Fact,
    Sum,
    Verdict,
)
from guichet.kernel.period import Period, end_for
from guichet.rules.temporary_unemployment import closures
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.force_majeure import (
    Medical,
    MedicalBar,
    MedicalCase,
    medical_bars,
)
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.reasons import ROWS

_NOTHING: Final = _(
    "Nothing is communicated to the office beforehand: the electronic declarations of the right "
    "and of the hours (scenarios 2 and 5) are enough."
)
_WORK_RULES: Final = _("The days of the closure stand in the work rules of the enterprise.")
_POSSIBLE: Final = Verdict("validated", _("Unemployment is possible"))
_IMPOSSIBLE: Final = Verdict("warning", _("No unemployment"))


def of_closure(
    *, first_day: date, closure_days: int, holidays_left: int, days_a_week: int, used_days: int
) -> Answer:
    """A closure for annual holidays: what holidays cover, what unemployment, what nothing."""
    source = ROWS[Reason.ANNUAL_CLOSURE].source
    lacking = closures.vacation_unemployment(closure_days=closure_days, holidays_left=holidays_left)
    credit = closures.vacation_credit(days_a_week=days_a_week, used_days=used_days, on=first_day)
    given = min(lacking, credit)
    sums = [
        Sum(_("Days of the closure that holidays cover"), closure_days - lacking, source),
        Sum(_("Days of temporary unemployment"), given, source),
        Sum(_("Days beyond what the year gives: nothing pays them"), lacking - given, source),
        Sum(_("Days of unemployment that are left in the year"), credit - given, source),
    ]  # fmt: skip
    verdict = _POSSIBLE
    if lacking > given:
        verdict = Verdict("warning", _("More than the year gives"))
    elif not lacking:
        verdict = Verdict("validated", _("The holidays cover the closure"))
    return Answer(verdict=verdict, sums=tuple(sums), sentences=(_NOTHING, _WORK_RULES))


def of_rest(*, entered_on: date, closed_on: date, is_construction: bool) -> Answer:
    """A closure for compensatory rest that somebody has not earned."""
    committee = closures.CONSTRUCTION if is_construction else ""
    if closures.may_be_rest_closure(
        entered_on=entered_on, closed_on=closed_on, committee=committee
    ):
        return Answer(verdict=_POSSIBLE, sentences=(_NOTHING, _WORK_RULES))
    if is_construction:
        why = _("In the construction sector compensatory rest never gives unemployment.")
    elif entered_on > closed_on:
        why = _("The closure is before the first day in service.")
    else:
        why = _(
            "Only somebody who entered service in the year of the closure or the year before may "
            "lack days of rest."
        )
    return Answer(verdict=_IMPOSSIBLE, sentences=(why,))


def of_medical(*, medical: Medical, on: date) -> Answer:
    """Medical force majeure: the conditions that are missing, and from when the wait is over."""
    bars = medical_bars(medical, on=on)
    sentences = [_BARS[bar] for bar in bars] or [_NOTHING]
    facts: list[Fact] = []
    if medical.case is MedicalCase.TEMPORARY:
        months = figure("medical.incapacity_months", on=on)
        first = end_for(medical.incapable_since, months=months) + timedelta(days=1)
        text = gettext("The first %(months)d months of the incapacity are over from")
        source = ROWS[Reason.MEDICAL].source
        facts.append(Fact(text % {"months": months}, Period(first, first), "is-green", source))
    verdict = _IMPOSSIBLE if bars else _POSSIBLE
    return Answer(tuple(facts), verdict, sentences=tuple(sentences))


_BARS: Final = {
    MedicalBar.AGE: _("At this age there is no allowance for medical force majeure any more."),
    MedicalBar.NO_DOCTOR: _(
        "The occupational doctor or a doctor of the office must have established that the agreed "
        "work cannot be done."
    ),
    MedicalBar.OTHER_WORK: _("There is other work that the worker can do: it is offered first."),
    MedicalBar.RECENT: _("The incapacity is too recent: guaranteed wage and sickness insurance "
                         "come first."),
    MedicalBar.NO_PATH: _("Who is unfit for good must be on a path of reintegration."),
}  # fmt: skip
