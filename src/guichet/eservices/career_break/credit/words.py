"""The remaining credit and the simulator in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.eservices.career_break.credit.remaining import OTHER, Pot
from guichet.kernel.money import Money
from guichet.platform.wording import NBSP, number
from guichet.rules.career_break.allowances import Payment
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.credits import Amount
from guichet.rules.career_break.kinds import (
    Authority,
    Leave,
    Motive,
    Parentage,
    Regime,
    Relation,
    Statute,
)

UNKNOWN_CODE: Final = _(
    "No code opens with these signs: it is unknown, too old, revoked, or was opened by another "
    "enterprise. Ask the worker for a new one."
)
AUTHORITIES: Final[Mapping[str, Any]] = {
    Authority.FEDERAL: _("Federal administration"),
    Authority.AUTONOMOUS_ENTERPRISE: _("Autonomous public enterprise"),
    Authority.REGIONAL_OR_LOCAL: _("Region, community, province, municipality or CPAS"),
    Authority.FLEMISH: _("Flemish public sector"),
    Authority.EDUCATION: _("Education"),
    Authority.DEFENCE: _("Defence"),
}
STATUTES: Final[Mapping[str, Any]] = {
    Statute.STATUTORY: _("Statutory"),
    Statute.CONTRACTUAL: _("Contractual"),
    Statute.TRAINEE: pgettext_lazy("statute of a civil servant", "Trainee"),
    Statute.MANDATE_HOLDER: _("Holder of a mandate"),
}
RELATIONS: Final[Mapping[str, Any]] = {
    Relation.HOUSEHOLD: _("Lives at my address"),
    Relation.BLOOD_FIRST: _("My parent or my child"),
    Relation.BLOOD_SECOND: _("My grandparent, grandchild, brother or sister"),
    Relation.BLOOD_FURTHER: _("A more distant relative"),
    Relation.IN_LAW_FIRST: _("Parent or child of my husband or wife"),
    Relation.IN_LAW_SECOND: _("Brother, sister or grandparent of my husband or wife"),
    Relation.COHABITANT_LINE: _("Parent or child of my legal cohabitant"),
    Relation.NONE: _("Nothing of all this"),
}
PARENTAGES: Final[Mapping[str, Any]] = {
    Parentage.BIOLOGICAL: _("Biological parent"),
    Parentage.RECOGNISED: _("I recognised the child"),
    Parentage.CO_MOTHER: _("Co-mother"),
    Parentage.ADOPTIVE: _("Adoptive parent"),
    Parentage.LONG_TERM_FOSTER: _("Long-term foster parent"),
}
HOUSEHOLDS: Final[Mapping[str, Any]] = {
    Household.ALONE: _("Alone"),
    Household.WITH_CHILDREN: _("Only with dependent children"),
    Household.COHABITING: _("With others"),
}
PAYMENTS: Final[Mapping[str, Any]] = {
    Payment.WHOLE: pgettext_lazy("an allowance", "Paid"),
    Payment.PART: pgettext_lazy("an allowance", "Paid in part"),
    Payment.NONE: pgettext_lazy("an allowance", "Not paid"),
}
# The same régimes, short enough for a column.
SHORT: Final[Mapping[str, Any]] = {
    Regime.FULL: pgettext_lazy("régime, short", "Full"),
    Regime.FULL_FLEX: pgettext_lazy("régime, short", "Full, by weeks"),
    Regime.HALF: pgettext_lazy("régime, short", "Half-time"),
    Regime.HALF_FLEX: pgettext_lazy("régime, short", "Half-time, by single months"),
    Regime.THIRD: pgettext_lazy("régime, short", "1/3"),
    Regime.QUARTER: pgettext_lazy("régime, short", "1/4"),
    Regime.FIFTH: pgettext_lazy("régime, short", "1/5"),
    Regime.TENTH: pgettext_lazy("régime, short", "1/10"),
}
_POTS: Final[Mapping[str, Any]] = {
    "": _("Time credit, all motives together"),
    Motive.CHILD: _("Time credit to care for a child under 8"),
    Motive.TRAINING: _("Time credit for a training"),
    Regime.FULL: _("Career break, full"),
    Regime.HALF: _("Career break, part of the time"),
}
_COUNTING: Final[Mapping[str, Any]] = {
    Leave.TIME_CREDIT: _(
        "Calendar months, the same in every régime; earlier time credits and career breaks are "
        "taken off, thematic leaves are not."
    ),
    Leave.ORDINARY: _("Calendar months; full and partial breaks are counted apart."),
    Leave.PARENTAL: _(
        "For each parent and child: one month full, two at half-time, five of a fifth and ten of "
        "a tenth cost the same; four weeks cost a month."
    ),
    Leave.MEDICAL_ASSISTANCE: _(
        "For each patient: one month full costs as much as two of a part, or four weeks."
    ),
    Leave.PALLIATIVE: _("For each patient: three periods of a month, in any régime."),
    Leave.INFORMAL_CARER: _(
        "For each person helped, and over the whole career: one month full costs as much as two "
        "of a part. The tighter of the two counts."
    ),
}
_FOR_OTHERS: Final[Mapping[str, Any]] = {
    Leave.PARENTAL: _("for another child"),
    Leave.MEDICAL_ASSISTANCE: _("for another patient"),
    Leave.PALLIATIVE: _("for another patient"),
    Leave.INFORMAL_CARER: _("for another person helped"),
}
_FOR_ONE: Final[Mapping[str, Any]] = {
    Leave.PARENTAL: _("for one child"),
    Leave.MEDICAL_ASSISTANCE: _("for one patient"),
    Leave.PALLIATIVE: _("for one patient"),
    Leave.INFORMAL_CARER: _("for one person helped"),
}


def amount(value: Amount) -> str:
    """``3 months and 2 weeks``; nothing left is no month."""
    parts = [months(value.months)] if value.months else []
    if value.weeks:
        parts.append(weeks(value.weeks))
    if value.days:
        parts.append(ngettext("%(count)d day", "%(count)d days", value.days) % _count(value.days))
    if not parts:
        return months(0)
    if len(parts) == 1:
        return parts[0]
    return gettext("%(first)s and %(second)s") % {"first": parts[0], "second": parts[1]}


def months(count: int) -> str:
    """``1 month``, ``8 months``."""
    return ngettext("%(count)d month", "%(count)d months", count) % _count(count)


def weeks(count: int) -> str:
    """``1 week``, ``3 weeks``."""
    return ngettext("%(count)d week", "%(count)d weeks", count) % _count(count)


def money(value: Money) -> str:
    """``1 038,12 €``: cents after a comma, as the country writes it."""
    cents = abs(value.cents)
    sign = "-" if value.cents < 0 else ""
    return f"{sign}{number(cents // 100)},{cents % 100:02d}{NBSP}€"


def pot(leave: str, *, sort: str = "", name: str = "", born_on: date | None = None) -> str:
    """What a credit is for: its leave and, as the worker calls him, the person.

    ``sort``: the motive of a time credit, the régime of a career break, ``other`` for somebody for
    whom nothing was taken yet; without a name the person is not told, as towards an employer.
    """
    if leave in (Leave.TIME_CREDIT, Leave.ORDINARY):
        return str(_POTS[sort])
    who = name
    if not who and born_on is not None:
        who = gettext("born in %(year)d") % {"year": born_on.year}
    if not who:
        who = str(_FOR_OTHERS[leave] if sort == OTHER else _FOR_ONE[leave])
    return gettext("%(leave)s, %(who)s") % {"leave": str(words.LEAVES[leave]), "who": who}


def pot_of(one: Pot) -> str:
    """The title of a pot for the worker himself."""
    whom = one.whom
    return pot(
        one.leave,
        sort=one.sort,
        name=whom.name if whom else "",
        born_on=whom.born_on if whom else None,
    )


def counting(leave: Leave) -> str:
    """How a credit is counted, in a sentence."""
    return str(_COUNTING[leave])


def _count(count: int) -> dict[str, int]:
    return {"count": count}
