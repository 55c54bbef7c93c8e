"""Requests for career breaks in words: kinds, régimes, states, what happened, why not."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.content import OtherEmployer, Warned
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform import wording
from guichet.registers.enterprises import labels
from guichet.rules.career_break import messages, offices
from guichet.rules.career_break.committees import Committee
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.kinds import Authority, Exception55, Leave, Motive, Regime, Sector
from guichet.rules.career_break.states import State, StepRefused

LEAVES: Final[Mapping[str, Any]] = {
    Leave.TIME_CREDIT: _("Time credit"),
    Leave.END_OF_CAREER: _("End-of-career time credit"),
    Leave.PARENTAL: _("Parental leave"),
    Leave.MEDICAL_ASSISTANCE: _("Medical assistance"),
    Leave.PALLIATIVE: _("Palliative care"),
    Leave.INFORMAL_CARER: _("Informal carer leave"),
    Leave.ORDINARY: _("Career break"),
}
# Inside a sentence, with their article where the language has one.
OF_LEAVES: Final[Mapping[str, Any]] = {
    Leave.TIME_CREDIT: pgettext_lazy("in a sentence", "a time credit"),
    Leave.END_OF_CAREER: pgettext_lazy("in a sentence", "an end-of-career time credit"),
    Leave.PARENTAL: pgettext_lazy("in a sentence", "a parental leave"),
    Leave.MEDICAL_ASSISTANCE: pgettext_lazy("in a sentence", "a leave for medical assistance"),
    Leave.PALLIATIVE: pgettext_lazy("in a sentence", "a leave for palliative care"),
    Leave.INFORMAL_CARER: pgettext_lazy("in a sentence", "an informal carer leave"),
    Leave.ORDINARY: pgettext_lazy("in a sentence", "a career break"),
}
PURPOSES: Final[Mapping[str, Any]] = {
    Leave.TIME_CREDIT: _("to take a time credit"),
    Leave.ORDINARY: _("to take a career break"),
    Leave.PARENTAL: _("to take a parental leave"),
    Leave.MEDICAL_ASSISTANCE: _(
        "to assist or care for a seriously ill member of the household or the family"
    ),
    Leave.PALLIATIVE: _("to assist or care for somebody incurably ill in the terminal phase"),
    Leave.INFORMAL_CARER: _("to take an informal carer leave"),
}
REGIMES: Final[Mapping[str, Any]] = {
    Regime.FULL: _("Full interruption"),
    Regime.FULL_FLEX: _("Full interruption with flexibility"),
    Regime.HALF: _("Reduction to half-time"),
    Regime.HALF_FLEX: _("Reduction to half-time with flexibility"),
    Regime.THIRD: _("Reduction by 1/3"),
    Regime.QUARTER: _("Reduction by 1/4"),
    Regime.FIFTH: _("Reduction by 1/5"),
    Regime.TENTH: _("Reduction by 1/10"),
}
# Of a parental leave, as the manual asks it.
KINDS: Final[Mapping[str, Any]] = {
    Regime.FULL: pgettext_lazy("kind of parental leave", "full"),
    Regime.FULL_FLEX: pgettext_lazy("kind of parental leave", "full with flexibility"),
    Regime.HALF: pgettext_lazy("kind of parental leave", "half-time"),
    Regime.HALF_FLEX: pgettext_lazy("kind of parental leave", "half-time with flexibility"),
    Regime.FIFTH: pgettext_lazy("kind of parental leave", "one fifth"),
    Regime.TENTH: pgettext_lazy("kind of parental leave", "one tenth"),
}
# As the pages of a request that was made name them.
TIMES: Final[Mapping[str, Any]] = {
    **KINDS,
    Regime.FULL: pgettext_lazy("régime", "full-time"),
    Regime.FULL_FLEX: pgettext_lazy("régime", "full-time with flexibility"),
    Regime.THIRD: pgettext_lazy("régime", "one third"),
    Regime.QUARTER: pgettext_lazy("régime", "one quarter"),
}
# Inside a sentence; the others are said as everywhere.
_OF_REGIMES: Final[Mapping[str, Any]] = {
    Regime.FULL: pgettext_lazy("in a sentence", "full interruption of work"),
    Regime.FULL_FLEX: pgettext_lazy("in a sentence", "full interruption of work with flexibility"),
}
# What a request is for, in the middle of a sentence.
FOR_LEAVES: Final[Mapping[str, Any]] = {
    Leave.TIME_CREDIT: pgettext_lazy("a request", "for time credit"),
    Leave.END_OF_CAREER: pgettext_lazy("a request", "for end-of-career time credit"),
    Leave.PARENTAL: pgettext_lazy("a request", "for parental leave"),
    Leave.MEDICAL_ASSISTANCE: pgettext_lazy("a request", "for leave for medical assistance"),
    Leave.PALLIATIVE: pgettext_lazy("a request", "for leave for palliative care"),
    Leave.INFORMAL_CARER: pgettext_lazy("a request", "for informal carer leave"),
    Leave.ORDINARY: pgettext_lazy("a request", "for a career break"),
}
MOTIVES: Final[Mapping[str, Any]] = {
    Motive.CHILD: _("Care for a child under 8"),
    Motive.DISABLED_CHILD: _("Care for a disabled child under 21"),
    Motive.ILL_CHILD: _("Care for a seriously ill minor child"),
    Motive.ILL_RELATIVE: _("Care for a seriously ill member of the household or the family"),
    Motive.PALLIATIVE: _("Palliative care"),
    Motive.TRAINING: _("Training"),
}
# Only of a break that was taken before.
WITHOUT_MOTIVE: Final = f"{Leave.TIME_CREDIT}:none"
WITHOUT_MOTIVE_TEXT: Final = _("Without a motive, asked before 1 April 2017")
EXCEPTIONS: Final[Mapping[str, Any]] = {
    Exception55.LONG_CAREER: _("Long career"),
    Exception55.HEAVY_JOB: _("Heavy job"),
    Exception55.NIGHT_WORK: _("Night work"),
    Exception55.CONSTRUCTION_INCAPACITY: _("Construction, with a certificate of incapacity"),
    Exception55.SHELTERED_WORK: _("Sheltered or adapted work"),
    Exception55.RESTRUCTURING: _("Enterprise in difficulty or restructuring"),
}
SECTORS: Final[Mapping[str, Any]] = {
    Sector.PUBLIC: _("Public sector"),
    Sector.PRIVATE: _("Private sector"),
}
AUTHORITIES: Final[Mapping[str, Any]] = {
    Authority.FEDERAL: _("Federal administration"),
    Authority.AUTONOMOUS_ENTERPRISE: _("Autonomous public enterprise"),
    Authority.REGIONAL_OR_LOCAL: _("Region, community, province, municipality or PCSW"),
    Authority.FLEMISH: _("Flemish public sector"),
    Authority.EDUCATION: _("Education, or a centre for pupil guidance"),
    Authority.DEFENCE: _("Ministry of Defence"),
}
CODES: Final[Mapping[str, Any]] = {
    "white": pgettext_lazy("worker code", "White collar"),
    "blue": pgettext_lazy("worker code", "Blue collar"),
}
SEXES: Final[Mapping[str, Any]] = {
    "male": pgettext_lazy("sex", "Male"),
    "female": pgettext_lazy("sex", "Female"),
}
STATES: Final[Mapping[str, Any]] = {
    State.DRAFT: pgettext_lazy("a request", "Draft"),
    State.WAIT_WORKER: _("Waiting for information from the worker"),
    State.WAIT_ONEM: _("Waiting to be handled by ONEM"),
    State.IN_PROGRESS: _("Being handled by ONEM"),
    State.CLOSED: _("Closed by ONEM"),
    State.CANCELLED: pgettext_lazy("a request", "Cancelled"),
    State.EXPIRED: pgettext_lazy("a request", "Expired"),
}
LOOKS: Final[Mapping[str, str]] = {
    State.DRAFT: "draft",
    State.WAIT_WORKER: "waiting-worker",
    State.WAIT_ONEM: "waiting",
    State.IN_PROGRESS: "in-progress",
    State.CLOSED: "closed",
    State.CANCELLED: "cancelled",
    State.EXPIRED: "cancelled",
}
STEPS: Final[Mapping[str, Any]] = {
    "type": _("kind of leave"),
    "details": _("motive and person"),
    "characteristics": _("characteristics of the interruption"),
    "reduction": _("reduction of working time"),
    "check": _("confirmation page"),
}
EVENTS: Final[Mapping[str, Any]] = {
    "confirmed": _("Your part was confirmed"),
    "modified": _("The end date was changed"),
    "attached": _("You attached documents"),
    "cancelled": _("You cancelled the request"),
    "withdrawn": _("The worker withdrew the request"),
    "completed": _("The worker completed his part"),
    "expired": _("The worker did not complete his part in time"),
    "taken": _("ONEM began to handle the file"),
    "asked": _("ONEM handles the file"),
    "answered": _("ONEM handles the file"),
    "decided": _("ONEM closed the file"),
    "reopened": _("ONEM looks at the file again"),
}
REFUSALS: Final[Mapping[str, Any]] = {
    "worker_completed": _(
        "The worker has completed this request; it can no longer be changed. Contact ONEM."
    ),
    "closed": _("ONEM closed this request; it can no longer be changed. Contact ONEM."),
    "cancelled": _("This request was cancelled. Make a new one if a break is still wanted."),
    "expired": _("This request expired: the worker did not complete it. Make a new one."),
    "not_confirmed": _("This request is a draft. Confirm it first."),
    "already_confirmed": _("This request was confirmed already. Look at it in the overview."),
    "worker_has_to_act": _("The worker has to complete his part first."),
    "not_at_office": _("The file is not at ONEM in the state that this step asks for."),
    "answered": _("This notice was answered already. Look at the answer."),
    "not_agreed": _("A request can be made of a notice only after it was accepted."),
    "other_party": _("This step belongs to somebody else."),
    "overtaken": _("Somebody else changed this request meanwhile. Load the page again."),
}


_DAY: Final = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
# What the catalogue of the rules has no sentence for: it is of the service.
_OWN: Final[Mapping[str, Any]] = {
    "V-CO-01": _("Somebody else changed this request meanwhile. Load the page again."),
    "V-NO-GROUND": _("Choose the ground on which you refuse."),
    "V-NO-LINK": _("A request was made of this notice already. Look at it in the overview."),
    "V-OU-01": _("The service is interrupted now: nothing was sent. Try again afterwards."),
    "V-RW-01": _("A row of a table cannot be read: go back to the characteristics."),
    "V-RG-01": _("This régime does not exist for this leave. Choose another one."),
}


def fault(one: Fault) -> str:
    """What is wrong, and how it is repaired."""
    return said(one.key, one.values)


def said(key: str, values: Mapping[str, Any]) -> str:
    """The words of a fault or a warning by its key."""
    language = (get_language() or "en")[:2]
    if language in values:  # a sentence of the law comes in every language
        return str(values[language])
    if key in _OWN:
        return str(_OWN[key])
    return messages.sentence(key, values, language=language)


def warned(one: Warned) -> str:
    """What was warned of when a request was sent; a day is kept as JSON keeps it."""
    return said(one.key, {name: _read(text) for name, text in one.values.items()})


def refusal(refused: StepRefused) -> str:
    """Why a step is not open: the same words on a page and for a machine."""
    return str(REFUSALS[refused.why])


def part_title(kind: str, leave: str) -> str:
    """The title of a receipt; that of a cancellation follows the kind of leave."""
    if kind != "cancellation":
        return gettext("Acknowledgement of receipt: modification of your interruption")
    title = gettext("Acknowledgement of receipt: cancellation of %(leave)s")
    return title % {"leave": str(OF_LEAVES[leave])}


def part_sentence(
    *, kind: str, leave: str, regime: str, first: str, last: str, blocks: str = ""
) -> str:
    """What a cancellation or a modification is about; ``blocks``: as `weeks` says them."""
    if kind == "cancellation":
        head = gettext("The request concerns the cancellation of %(leave)s, %(regime)s, %(days)s.")
    else:
        head = gettext("The request concerns the modification of %(leave)s, %(regime)s, %(days)s.")
    whole = head % {
        "leave": str(OF_LEAVES[leave]), "regime": _in_sentence(regime), "days": days(first, last)
    }  # fmt: skip
    return f"{whole} {blocks}" if blocks else whole


def days(first: str, last: str) -> str:
    """From a day to another inside a sentence; ``last`` empty: until the pension."""
    if not last:
        return gettext("from %(first)s on") % {"first": first}
    return gettext("from %(first)s to %(last)s") % {"first": first, "last": last}


def committee(code: str) -> str:
    """``121.00 : cleaning``, or the code alone where nobody knows what it is for."""
    language = (get_language() or "en")[:2]
    own = Committee(code).label
    text = own.in_language(language) if own else labels.joint_committee(code, language=language)
    printed = Committee(code).printed
    return printed if text == code else f"{printed} : {text}"


def weeks(blocks: Sequence[tuple[date, date]]) -> str:
    """The separate weeks of a request in one sentence; empty for one period."""
    if not blocks:
        return ""
    told = "; ".join(f"{wording.day(first)} - {wording.day(last)}" for first, last in blocks)
    return gettext("In separate weeks: %(weeks)s.") % {"weeks": told}


def other_name(one: OtherEmployer) -> str:
    """The name of another employer, or its number; empty for whoever it is."""
    return one.name or (EnterpriseNumber(one.number).formatted() if one.number else "")


def other_employer(one: OtherEmployer) -> str:
    """Who else employs the worker, with the hours there."""
    number = EnterpriseNumber(one.number).formatted() if one.number else ""
    said = {
        "who": " ".join(part for part in (one.name, number) if part),
        "contract": wording.hours(one.contract_minutes),
        "full": wording.hours(one.full_time_minutes),
    }
    if one.reduces:
        return gettext("%(who)s: %(contract)s of %(full)s a week; reduced there too") % said
    return gettext("%(who)s: %(contract)s of %(full)s a week") % said


def attested(details: Mapping[str, str]) -> str:
    """That the worker showed what is left of his credit, and of which day the figures are."""
    day = details.get("credit_attested_on", "")
    if not day:
        return ""
    said = {"day": wording.day(date.fromisoformat(day))}
    return gettext("By the code of the worker, as it was on %(day)s") % said


def percent(part: Fraction) -> str:
    """A part of a full-time job as the page says it, never rounded up to what it does not reach."""
    tenths = part.numerator * 1000 // part.denominator
    return number_format(tenths / 10 if tenths % 10 else tenths // 10, use_l10n=True)


def office(code: str) -> str:
    """The name of an office of ONEM, in the language of the page."""
    found = offices.OFFICES.get(code)
    return found.label.in_language((get_language() or "en")[:2]) if found else ""


def state(code: str) -> str:
    """The state as the employer may know it: what ONEM asks the worker stays between them."""
    return str(STATES[_shown(code)])


def look(code: str) -> str:
    """How the state is drawn."""
    return LOOKS[_shown(code)]


def sentence(*, leave: str, regime: str, first: str, last: str, blocks: str = "") -> str:
    """What a request is about; ``last`` empty: until the pension; ``blocks``: of `weeks`."""
    said = {
        "leave": str(OF_LEAVES[leave]), "regime": _in_sentence(regime),
        "first": first, "last": last,
    }  # fmt: skip
    if not last:
        return gettext("The request concerns %(leave)s, %(regime)s, from %(first)s on.") % said
    whole = gettext("The request concerns %(leave)s, %(regime)s, from %(first)s to %(last)s.")
    return f"{whole % said} {blocks}" if blocks else whole % said


def _read(text: str) -> str | date:
    return date.fromisoformat(text) if _DAY.match(text) else text


def _in_sentence(regime: str) -> str:
    return str(_OF_REGIMES.get(regime, "")) or _lowered(str(REGIMES[regime]))


def _shown(code: str) -> str:
    return State.IN_PROGRESS if code == State.WAIT_DOCUMENTS else code


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
