"""The office in words: results, questions, states of a file for officers, amounts, laws."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.kernel.money import Money
from guichet.kernel.verdict import Finding, LegalSource
from guichet.platform import laws, wording
from guichet.rules.career_break.credits import Amount, Scope
from guichet.rules.career_break.decisions import Override, Result
from guichet.rules.career_break.findings import CATALOGUE, rule_of
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.states import State

RESULTS: Final[Mapping[str, Any]] = {
    Result.GRANTED: _("Granted, with an allowance"),
    Result.GRANTED_NO_ALLOWANCE: _("Granted, without an allowance"),
    Result.PARTLY: pgettext_lazy("a decision", "Granted in part"),
    Result.REFUSED: pgettext_lazy("a decision", "Refused"),
}
RESULT_LOOKS: Final[Mapping[str, str]] = {
    Result.GRANTED: "validated",
    Result.GRANTED_NO_ALLOWANCE: "warning",
    Result.PARTLY: "changed",
    Result.REFUSED: "refused",
}
STATES: Final[Mapping[str, Any]] = {
    State.WAIT_WORKER: _("Waiting for information from the worker"),
    State.WAIT_ONEM: _("To be taken"),
    State.IN_PROGRESS: _("Being handled"),
    State.WAIT_DOCUMENTS: _("Waiting for an answer"),
    State.CLOSED: pgettext_lazy("a file", "Closed"),
    State.CANCELLED: pgettext_lazy("a request", "Cancelled"),
    State.EXPIRED: pgettext_lazy("a request", "Expired"),
}
LOOKS: Final[Mapping[str, str]] = {
    State.WAIT_WORKER: "waiting-worker",
    State.WAIT_ONEM: "waiting",
    State.IN_PROGRESS: "in-progress",
    State.WAIT_DOCUMENTS: "expected",
    State.CLOSED: "closed",
    State.CANCELLED: "cancelled",
    State.EXPIRED: "cancelled",
}
ADDRESSEES: Final[Mapping[str, Any]] = {
    "worker": pgettext_lazy("who is asked", "The worker"),
    "employer": pgettext_lazy("who is asked", "The employer"),
}
TEMPLATES: Final[Mapping[str, Any]] = {
    "attestation": _("The medical attestation is missing or cannot be read."),
    "recognition": _("The recognition as an informal carer is missing."),
    "kinship": _("We need proof of the bond with the child or the person cared for."),
    "training": _("The attestation of the training is missing."),
    "household": _("We need to know with whom you live."),
    "activity": _("We need to know more about the other activity."),
    "occupation": _("The declaration of occupation of the other employer is missing."),
    "hours": _("The hours of the contract do not fit what we know."),
    "career": _("We need proof of the career."),
    "other": _("We need further information: see below."),
}
OVERRIDES: Final[Mapping[str, Any]] = {
    Override.RESULT: _("another result than the rules propose"),
    Override.DAYS: _("other days than the rules propose"),
    Override.AMOUNT: _("another amount than the table"),
    Override.TYPED: _("an amount that the table does not know"),
    Override.HIGH: _("an amount above the limit of one signature"),
    Override.FORMER: _("another decision than the last one of this file"),
}
EVENTS: Final[Mapping[str, Any]] = {
    "confirmed": _("The employer confirmed his part"),
    "modified": _("The employer changed the end date"),
    "attached": _("The employer attached documents"),
    "cancelled": _("The employer cancelled the request"),
    "withdrawn": _("The worker withdrew the request"),
    "completed": _("The worker completed his part"),
    "expired": _("The worker did not complete his part in time"),
    "taken": _("An officer opened the file"),
    "asked": _("The office asked for something"),
    "answered": _("The question was answered"),
    "decided": _("The office decided"),
    "reopened": _("The office looks at the file again"),
}
SCOPES: Final[Mapping[str, Any]] = {
    Scope.PERSON: _("for this person"),
    Scope.CAREER: _("for the whole career"),
    Scope.MOTIVE: _("for this motive"),
    Scope.AGREEMENT: _("given by the collective agreement"),
    Scope.ALLOWANCE: _("with an allowance"),
}
WAYS: Final[Mapping[str, Any]] = {
    "": _("Waits for its day"),
    "ebox": _("In the e-Box"),
    "paper": _("To be posted: no open e-Box"),
    "posted": _("Posted"),
    "withdrawn": _("Not sent: the file was reopened"),
}
_BASES: Final[Mapping[Leave, str]] = {
    Leave.TIME_CREDIT: "TC-01",
    Leave.END_OF_CAREER: "EOC-01",
    Leave.PARENTAL: "PL-01",
    Leave.MEDICAL_ASSISTANCE: "MA-01",
    Leave.PALLIATIVE: "PC-02",
    Leave.INFORMAL_CARER: "IC-01",
    Leave.ORDINARY: "CB-01",
}
_ALLOWANCE: Final = "FILING"


def euros(cents: int) -> str:
    """``1 038,12 EUR``, with the decimal sign of the language."""
    whole, rest = divmod(abs(cents), 100)
    sign = "." if _language() == "en" else ","
    minus = "-" if cents < 0 else ""
    return f"{minus}{wording.number(whole)}{sign}{rest:02d}{wording.NBSP}EUR"


def money(amount: Money) -> str:
    """The same of an amount."""
    return euros(amount.cents)


def rate(hundredths: int) -> str:
    """``17,15 %``."""
    sign = "." if _language() == "en" else ","
    return f"{hundredths // 100}{sign}{hundredths % 100:02d}{wording.NBSP}%"


def amount(left: Amount) -> str:
    """Months, weeks and days in words."""
    parts = [ngettext("%(count)d month", "%(count)d months", left.months) % {"count": left.months}]
    if left.weeks:
        parts.append(
            ngettext("%(count)d week", "%(count)d weeks", left.weeks) % {"count": left.weeks}
        )
    if left.days:
        parts.append(ngettext("%(count)d day", "%(count)d days", left.days) % {"count": left.days})
    return ", ".join(parts)


def legal_basis(findings: Iterable[Finding], *, leave: str, is_paid: bool) -> list[str]:
    """The texts that a decision rests on, each with the rule: those of the reasons, and without
    reasons that of the leave; ``is_paid``: that of the allowance too."""
    found = [_basis(one.source, rule_of(one)) for one in findings]
    if not found:
        rule = _BASES[Leave(leave)]
        found.append(_basis(CATALOGUE.laws[rule], rule))
    if is_paid:
        found.append(laws.law(CATALOGUE.laws[_ALLOWANCE]))
    return list(dict.fromkeys(found))


def period(first_day: str, last_day: str) -> str:
    """From when to when, both as they are shown; ``last_day`` empty: until the pension."""
    if not last_day:
        return gettext("from %(first)s, until the pension") % {"first": first_day}
    return gettext("from %(first)s to %(last)s") % {"first": first_day, "last": last_day}


def _basis(source: LegalSource, rule: str) -> str:
    return f"{laws.law(source)} ({rule})"


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
