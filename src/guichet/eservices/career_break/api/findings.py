"""What the rules say, for software: code, rule, law, weight, place, sentence, nearest valid days.

A sentence is that of the pages, in the language of the call; everything else is stable.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext

from guichet.eservices.career_break import law, words
from guichet.eservices.career_break.content import Warned
from guichet.kernel.problem import In, Issue, Problem
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.findings import CATALOGUE
from guichet.rules.career_break.states import StepRefused

PROBLEM: Final = "urn:problem-type:guichet:careerBreak:"
REFUSED: Final = f"{PROBLEM}requestRefused"
_STATE: Final = "V-ST-01"
_CHANGED: Final = "V-CO-01"

# The places of a request, by the names that the rules and the pages give to its fields.
_POINTERS: Final[Mapping[str, str]] = {
    "leave": "/type",
    "regime": "/regime",
    "has_consent": "/isAgreed",
    "first_day": "/startDate",
    "last_day": "/endDate",
    "weeks": "/weeks",
    "contract_hours": "/weeklyMinutes/contract",
    "contract_minutes": "/weeklyMinutes/contract",
    "full_time_hours": "/weeklyMinutes/fullTime",
    "full_time_minutes": "/weeklyMinutes/fullTime",
    "hours_during": "/weeklyMinutes/duringBreak",
    "break_minutes": "/weeklyMinutes/duringBreak",
    "child_born_on": "/details/childBirthDate",
    "others": "/otherEmployers",
    "has_other_employers": "/hasOtherEmployers",
    "notified_on": "/noticeDate",
    "comment": "/comment",
    "reason": "/reason",
    "niss": "/worker/ssin",
    "collar": "/worker/workerCode",
    "worker_code": "/worker/workerCode",
    "committee": "/worker/jointCommission",
    "worker_email": "/worker/emailAddress",
    "certified": "/isCertified",
    "new_start": "/newStartDate",
    "reasons": "/reasons",
    "ground": "/ground",
    "alternative": "/alternative",
    "answer": "/answer",
    "file": "/content",
    "description": "/description",
    "name": "/name",
    "phone": "/phoneNumber",
    "mobile": "/mobileNumber",
    "mail": "/emailAddress",
    "sector": "/sector",
    "authority": "/authority",
    "types": "/types",
    "regimes": "/regimes",
    "statuses": "/statuses",
}


def of_fault(one: Fault) -> dict[str, Any]:
    """A check at entry, in the language that is active."""
    return _told(
        code=one.code if one.code.startswith("V-") else "",
        rule=_rule(one.variant) or ("" if one.code.startswith("V-") else one.code),
        severity=one.severity.value,
        pointer=_POINTERS.get(one.field, ""),
        sentence=words.fault(one),
        ends=_days(one.values.get("ends")),
    )


def of_warned(one: Warned) -> dict[str, Any]:
    """A warning that stood when a request was filed."""
    code, _dot, variant = one.key.partition(".")
    return _told(
        code=code if code.startswith("V-") else "",
        rule=_rule(variant) or ("" if code.startswith("V-") else code),
        severity="warn",
        pointer=_POINTERS.get(one.field, ""),
        sentence=words.warned(one),
    )


def of_answer(answer: law.Answer, *, language: str) -> dict[str, Any]:
    """The right or the allowance with its reasons."""
    return {
        "isGranted": answer.is_yes,
        "isCertain": answer.is_certain,
        "reasons": [
            _told(
                code=one.code,
                rule=one.rule,
                law=str(one.source),
                severity=one.severity.value,
                sentence=one.texts.get(language) or one.texts["en"],
                unknown=one.is_unknown,
            )
            for one in answer.reasons
        ],
    }


def refused(faults: Iterable[Fault]) -> Problem:
    """422, or 409 where somebody else was quicker: what blocks and what warns, one issue each."""
    found = tuple(faults)
    if {one.code for one in found if one.blocks} == {_CHANGED}:
        return _conflict("changedMeanwhile", "Changed Meanwhile", words.fault(found[0]), _CHANGED)
    detail = gettext("The rules of career breaks refuse this request.")
    return Problem(422, REFUSED, "Request Refused", detail, tuple(_issue(one) for one in found))


def step_refused(refusal: StepRefused, *, said: str = "") -> Problem:
    """409: the step is not open, in the words of the page; ``said``: of another page."""
    return _conflict(
        "stepRefused",
        "Step Refused",
        said or words.refusal(refusal),
        _STATE,
        reason=camelled(refusal.why),
    )


def no_parameters() -> Problem:
    """409: the employer did not say yet whom to ask and of which sector he is."""
    detail = gettext("The employer has no parameters yet: send them first.")
    return Problem(409, f"{PROBLEM}noParameters", "No Parameters", detail)


def camelled(word: str) -> str:
    """A code as the wire has it."""
    head, *rest = word.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _conflict(kind: str, title: str, detail: str, code: str, **more: str) -> Problem:
    return Problem(409, PROBLEM + kind, title, detail, extras={"code": code, **more})


def _issue(one: Fault) -> Issue:
    told = of_fault(one)
    return Issue(
        f"{PROBLEM}finding",
        "Finding",
        told.pop("sentence"),
        In.BODY,
        told["pointer"].strip("/").replace("/", ".") or "body",
        extras=told,
    )


def _told(
    *, code: str, rule: str, severity: str, sentence: str, pointer: str | None = None,
    law: str = "", ends: tuple[str, ...] = (), unknown: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Members without value are left out; the law is that of the rule, where there is one."""
    law = law or (str(CATALOGUE.laws[rule]) if rule in CATALOGUE.laws else "")
    found: dict[str, Any] = {
        "code": code, "rule": rule, "law": law, "severity": severity, "pointer": pointer,
        "sentence": sentence, "nearestEndDates": list(ends), "isUnknown": unknown or None,
    }  # fmt: skip
    return {
        name: value for name, value in found.items()
        if value not in ("", None, []) or (name == "pointer" and value is not None)
    }  # fmt: skip


def _rule(variant: str) -> str:
    rule = variant.partition(".")[0]
    return rule if rule in CATALOGUE.laws else ""


def _days(ends: object) -> tuple[str, ...]:
    if not isinstance(ends, tuple):
        return ()
    return tuple(one.isoformat() for one in ends if isinstance(one, date))
