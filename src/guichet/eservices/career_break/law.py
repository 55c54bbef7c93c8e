"""What the law says of a request, as far as the employer knows: the right, and the allowance.

What nobody told is not guessed; it is said to be checked later. The sentences are those of the
rules, in the four languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.eservices.career_break.content import Asked
from guichet.kernel.niss import Sex
from guichet.kernel.period import Period
from guichet.kernel.verdict import Finding, LegalSource, Severity
from guichet.rules.career_break.allowances import Payment, allowance
from guichet.rules.career_break.facts import (
    CaredFor,
    Career,
    CollectiveAgreement,
    EarlierBreak,
    Facts,
    Job,
    View,
)
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.findings import entry_code, is_unknown, rule_of, sentence
from guichet.rules.career_break.kinds import (
    Authority,
    Exception55,
    Leave,
    Motive,
    Regime,
    Sector,
    Statute,
)
from guichet.rules.career_break.rights import right

_FIELDS: Final[Mapping[str, str]] = {
    "V-DU": "last_day", "V-DT": "last_day", "V-RG-01": "regime", "V-RG-02": "has_consent",
    "V-HR": "contract_hours", "V-NT": "notified_on", "V-AG": "first_day",
    "PL-12": "first_day", "MA-05": "first_day", "IC-02": "first_day",
}  # fmt: skip
_CONSENT: Final = "V-RG-02"
# The box of the form is for these; where a small employer has a say, he is only reminded of it.
_TICKED: Final = ("PL-04", "MA-04", "MULTI")
# An agreement of the company does not say whether the sector has one.
_OPENS: Final[Mapping[str, bool]] = {"sector": True, "none": False}
# What an employer is warned of and may file all the same: the office judges it.
_WARNED: Final = ("V-NT-06", "V-AG-02", "V-AG-03", "V-RG-03", "V-DU-05")


@dataclass(frozen=True, slots=True)
class Known:
    """What the registers and the employer's own requests add to a wish.

    ``employed_since``: of service without a gap; ``service`` and ``temporary``: every spell of it.
    ``head_count``: contracts on 30 June of the year before the notice, None when not known.
    """

    sector: str
    employed_since: date | None = None
    service: tuple[Period, ...] = ()
    temporary: tuple[Period, ...] = ()
    born_on: date | None = None
    sex: Sex | None = None
    head_count: int | None = None
    earlier: tuple[EarlierBreak, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an answer: its sentence by language, its law, and how it weighs.

    ``rule``: ``PL-03``; ``code``: the check at entry that says the same, or empty.
    """

    texts: Mapping[str, str]
    source: LegalSource
    severity: Severity
    is_unknown: bool
    rule: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no, or yes as far as is known, with the reasons.

    ``ends``: the nearest valid last days, where the one that was asked for is none.
    """

    is_yes: bool
    is_certain: bool
    reasons: tuple[Reason, ...]
    ends: tuple[date, ...] = ()


def faults(asked: Asked, known: Known) -> tuple[Fault, ...]:
    """What blocks and what warns, by the code of the check at entry that says the same.

    An agreement that the form asks for and that nobody ticked blocks. Seniority, the age of the
    child and an agreement of the sector warn only: an employer may file what the office refuses.
    """
    wish = wish_of(asked, known)
    if wish is None:
        return ()
    return tuple(
        _fault(one, asked) for one in right(wish).findings if one.severity is not Severity.INFORM
    )


def answers(asked: Asked, known: Known) -> tuple[Answer, Answer] | None:
    """Right and allowance, never merged; None while too little is known to ask."""
    wish = wish_of(asked, known)
    return None if wish is None else answers_of(wish)


def answers_of(wish: Facts) -> tuple[Answer, Answer]:
    """Right and allowance of facts, in sentences."""
    absent, paid = right(wish), allowance(wish)
    return (
        Answer(
            absent.outcome.exists,
            absent.outcome.is_certain,
            _reasons(absent.findings),
            absent.outcome.ends,
        ),
        Answer(
            absent.outcome.exists and paid.outcome.payment is not Payment.NONE,
            paid.outcome.is_certain,
            _reasons(paid.findings),
        ),
    )


def wish_of(asked: Asked, known: Known) -> Facts | None:
    """The facts of the rules; None where régime, start or hours are missing."""
    if asked.first_day is None or asked.regime not in tuple(Regime):
        return None
    if not asked.contract_minutes or not asked.full_time_minutes:
        return None
    details = asked.details
    return Facts(
        leave=Leave(asked.leave),
        regime=Regime(asked.regime),
        first_day=asked.first_day,
        last_day=asked.last_day,
        weeks=tuple(Period(first, last) for first, last in asked.weeks),
        motive=Motive(details["motive"]) if "motive" in details else None,
        is_hospital_stay=details.get("relation") == "hospital",
        view=View.EMPLOYER,
        notice_on=asked.notified_on,
        sector=Sector(known.sector),
        authority=Authority(asked.authority) if asked.authority else None,
        statute=Statute(details["statute"]) if "statute" in details else None,
        joint_committee=asked.committee or None,
        head_count=known.head_count,
        job=Job(asked.contract_minutes, asked.full_time_minutes),
        other_jobs=_elsewhere(asked),
        employed_since=known.employed_since,
        service=known.service,
        temporary=known.temporary,
        history=known.earlier,
        consent=True if asked.has_consent else None,
        takes_balance=bool(details.get("is_balance")),
        person=CaredFor(born_on=_day(details.get("child_born_on"))),
        agreement=CollectiveAgreement(
            provides=_provides(details.get("agreement")),
            opens_exception=_OPENS.get(details.get("agreement", "")),
        ),
        career=Career(exception=_exception(details.get("exception"))),
        born_on=known.born_on,
        sex=known.sex,
    )


def _elsewhere(asked: Asked) -> tuple[Job, ...] | None:
    """The jobs with other employers; None while it is only known that there are some."""
    if asked.has_other_employers and not asked.others:
        return None
    return tuple(
        Job(one.contract_minutes, one.full_time_minutes, one.reduces) for one in asked.others
    )


def _fault(finding: Finding, asked: Asked) -> Fault:
    code = entry_code(finding) or rule_of(finding)
    field = _FIELDS.get(code) or _FIELDS.get(code[:4], "regime")
    values: dict[str, object] = dict(sentence(finding).as_mapping())
    if finding.inputs.get("ends"):
        values["ends"] = finding.inputs["ends"]
    return Fault(code, field, _weight(code, finding, asked), finding.key, values)


def _weight(code: str, finding: Finding, asked: Asked) -> Severity:
    """How much a reason weighs at entry, where it is not what it weighs in the law."""
    if code == _CONSENT and rule_of(finding) in _TICKED and not asked.has_consent:
        return Severity.BLOCK
    return Severity.WARN if code in _WARNED else finding.severity


def _reasons(findings: tuple[Finding, ...]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            sentence(one).as_mapping(),
            one.source,
            one.severity,
            is_unknown(one),
            rule_of(one),
            entry_code(one) or "",
        )
        for one in findings
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _provides(text: str | None) -> bool | None:
    return None if not text else text != "none"


def _exception(text: str | None) -> Exception55 | None:
    return Exception55(text) if text else None
