"""Both parts of a file as pairs of a name and a text, for the page of an officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.career_break import words
from guichet.eservices.career_break.office.judging import Case
from guichet.eservices.career_break.said import Cared, Said
from guichet.platform import wording
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.kinds import HospitalBond, Motive, Parentage, Relation

_HOUSEHOLDS = {
    Household.ALONE: gettext_lazy("Lives alone"),
    Household.WITH_CHILDREN: gettext_lazy("Lives only with dependent children"),
    Household.COHABITING: gettext_lazy("Lives with others"),
}
_PENSIONS = {
    "none": gettext_lazy("No pension"),
    "survivor": gettext_lazy("Survivor's pension"),
    "other": gettext_lazy("Another pension"),
}
_ACTIVITIES = {
    "none": gettext_lazy("No other activity"),
    "employee": gettext_lazy("Employee elsewhere"),
    "self_employed_main": gettext_lazy("Self-employed as main occupation"),
    "self_employed_side": gettext_lazy("Self-employed as a sideline"),
    "mandate": gettext_lazy("Political mandate"),
}
Pair = tuple[str, str]


def employer_facts(case: Case) -> list[Pair]:
    """What the employer said, in the order of his pages."""
    asked, row = case.asked, case.row
    pairs = (
        (_("Type of interruption"), str(words.LEAVES[row.leave])),
        (_("Régime"), str(words.REGIMES[row.regime])),
        (_("Motive"), _motive(asked.details.get("motive", ""))),
        (_("Start date"), wording.day(row.first_day)),
        (_("End date"), wording.day(row.last_day) if row.last_day else _("until the pension")),
        (_("Weeks"), ", ".join(_span(first, last) for first, last in asked.weeks)),
        (_("Contract hours"), _hours(asked.contract_minutes)),
        (_("Full-time hours"), _hours(asked.full_time_minutes)),
        (_("Hours during the interruption"), _hours(asked.break_minutes)),
        (_("Worker code"), str(words.CODES.get(asked.worker_code, ""))),
        (_("Joint committee"), asked.committee),
        (_("Sector"), str(words.SECTORS[row.sector])),
        (_("Date of the notice"), _day(asked.notified_on)),
        (_("The employer agrees"), _("Yes") if asked.has_consent else ""),
        (_("Several employers"), _("Yes") if asked.has_other_employers else ""),
        *((_("Other employer"), words.other_employer(one)) for one in asked.others),
        (_("Comment"), asked.comment),
    )
    return [pair for pair in pairs if pair[1]]


def worker_facts(case: Case) -> list[Pair]:
    """What the worker said; empty before he did."""
    return [] if case.said is None else [pair for pair in _said(case.said) if pair[1]]


def _said(said: Said) -> Iterator[Pair]:
    yield from _cared(said.person)
    yield (
        _("Household"),
        str(_HOUSEHOLDS.get(Household(said.household), "")) if (said.household) else "",
    )
    yield (
        _("Children in the household"),
        ", ".join(f"{one.name} {_day(one.born_on)}".strip() for one in said.children),
    )
    yield _("In charge of their daily education"), _("Yes") if said.is_in_charge else ""
    yield _("Single parent of the ill child"), _yes_no(said.is_single_parent)
    yield _("All parental leave is used"), _yes_no(said.all_parental_used)
    yield _("Other activity"), str(_ACTIVITIES.get(said.activity, ""))
    yield _("Activity since"), _day(said.activity_since)
    yield _("Pension"), str(_PENSIONS.get(said.pension, ""))
    yield _("Recognised training"), _yes_no(said.training_recognised)
    yield _("Hours of the training"), str(said.training_hours or "")
    yield _("Credits of the training"), str(said.training_credits or "")
    yield _("Figures of a quarter"), _yes_no(said.training_quarter or None)
    yield _("Years as an employee"), str(said.career_years or "")
    yield _("Country of residence"), said.country if said.country != "BE" else ""
    yield _("Account"), _("Circular cheque") if said.by_cheque else said.iban
    yield _("Holder of the account"), said.holder
    yield _("E-mail"), said.email
    yield _("Mobile phone"), said.mobile
    yield _("Reason given by the worker"), said.reason


def _cared(person: Cared) -> Iterator[Pair]:
    yield _("Person cared for"), f"{person.name} {_day(person.born_on)}".strip()
    yield _("Bond"), _word(person)
    yield _("Those who come before cannot take the leave"), _yes_no(person.nobody_before)
    yield _("Disabled"), _yes_no(person.is_disabled)
    yield _("In the household since"), _day(person.registered_on)
    yield _("Recognised as informal carer"), _recognition(person)


def _word(person: Cared) -> str:
    if person.parentage in tuple(Parentage):
        return _parentages()[Parentage(person.parentage)]
    if person.relation in tuple(Relation):
        return _relations()[Relation(person.relation)]
    if person.bond in tuple(HospitalBond):
        return _bonds()[HospitalBond(person.bond)]
    return ""


def _parentages() -> dict[Parentage, str]:
    return {
        Parentage.BIOLOGICAL: _("Own child"),
        Parentage.RECOGNISED: _("Recognised child"),
        Parentage.CO_MOTHER: _("Child of the co-mother"),
        Parentage.ADOPTIVE: _("Adopted child"),
        Parentage.LONG_TERM_FOSTER: _("Long-term foster child"),
    }


def _relations() -> dict[Relation, str]:
    return {
        Relation.HOUSEHOLD: _("Member of the household"),
        Relation.BLOOD_FIRST: _("Blood relative, first degree"),
        Relation.BLOOD_SECOND: _("Blood relative, second degree"),
        Relation.BLOOD_FURTHER: _("Blood relative, further"),
        Relation.IN_LAW_FIRST: _("Relative by marriage, first degree"),
        Relation.IN_LAW_SECOND: _("Relative by marriage, second degree"),
        Relation.COHABITANT_LINE: _("Parent or child of the legal cohabitant"),
        Relation.NONE: _("No bond"),
    }


def _bonds() -> dict[HospitalBond, str]:
    return {
        HospitalBond.COHABITING_PARENT: _("Parent or educator who lives with the child"),
        HospitalBond.OTHER_PARENT: _("Parent who does not live with the child"),
        HospitalBond.RELATIVE: _("Blood relative, second degree"),
        HospitalBond.NONE: _("No bond"),
    }


def _recognition(person: Cared) -> str:
    if person.recognised_from is None or person.recognised_until is None:
        return ""
    return _span(person.recognised_from, person.recognised_until)


def _motive(code: str) -> str:
    return str(words.MOTIVES[Motive(code)]) if code in tuple(Motive) else ""


def _hours(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return _("%(hours)s a week") % {"hours": wording.hours(minutes)}


def _day(day: date | None) -> str:
    return wording.day(day) if day else ""


def _span(first: date, last: date) -> str:
    return f"{wording.day(first)} \N{EN DASH} {wording.day(last)}"


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("Yes") if answer else _("No")
