"""Requests as software writes them: the members of contracts/careerBreak-v1.yaml, and their values.

Codes are in lowerCamelCase on the wire and as everywhere else behind it. Members that nobody knows
are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec

from guichet.eservices.career_break.content import Asked, OtherEmployer
from guichet.eservices.career_break.notices.content import Answer
from guichet.eservices.career_break.operations import Contact
from guichet.rules.career_break.kinds import Leave

# No text holds a sign that the database cannot keep. Rules count what a person sees; these bounds
# only keep out what nobody would type.
_TEXT: Final = r"^[^\x00]*$"
Line = Annotated[str, msgspec.Meta(max_length=200, pattern=_TEXT)]
Text = Annotated[str, msgspec.Meta(max_length=2_000, pattern=_TEXT)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{10}$")]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=5_999)]
Days = Annotated[int, msgspec.Meta(ge=0, le=99)]

Type = Literal["timeCredit", "endOfCareer", "parental", "medicalAssistance", "palliative",
               "informalCarer", "ordinary"]  # fmt: skip
RegimeCode = Literal["full", "fullFlex", "half", "halfFlex", "third", "quarter", "fifth", "tenth"]
MotiveCode = Literal["child", "disabledChild", "illChild", "illRelative", "palliative", "training"]
Ground = Literal["longCareer", "heavyJob", "nightWork", "constructionIncapacity", "shelteredWork",
                 "restructuring"]  # fmt: skip
DocumentCode = Literal["medicalAttestation", "hospitalCertificate", "palliativeAttestation",
                       "carerRecognition", "birthOrAdoption", "disabilityAttestation",
                       "enrolment", "attendance", "remainingCredit", "careerDeclaration",
                       "exceptionDeclaration", "placement", "occupationElsewhere",
                       "noticeCertificate", "other"]  # fmt: skip
AuthorityCode = Literal["federal", "autonomousEnterprise", "regionalOrLocal", "flemish",
                        "education", "defence"]  # fmt: skip
GroundOfRefusal = Literal["smallEmployer", "excludedCategory", "consentRegime", "fewerThanTen",
                          "halfOfCreditUsed", "severalEmployers", "serviceDecides"]  # fmt: skip
StateCode = Literal["waitWorker", "waitOnem", "inProgress", "closed", "cancelled", "expired"]


class _Member(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What all of them have in common."""


class Employer(_Member):
    """The employer; without one, the enterprise of the channel."""

    enterprise_number: Number


class Worker(_Member):
    """The worker as the employer knows him."""

    ssin: Line
    worker_code: Literal["white", "blue"] | None = None
    joint_commission: Line = ""
    email_address: Line = ""


class Window(_Member):
    """Days, both included."""

    start_date: date
    end_date: date


class WeeklyMinutes(_Member):
    """Minutes a week by contract, of a full-time job, and during the break."""

    contract: Minutes | None = None
    full_time: Minutes | None = None
    during_break: Minutes | None = None


class Job(_Member):
    """Another employer of the worker."""

    enterprise_number: Line = ""
    name: Line = ""
    contract: Minutes = 0
    full_time: Minutes = 0
    is_reduced: bool = False


class Reduction(_Member):
    """A reduction of working time, R.T.T. or equivalent."""

    weekly_minutes: Minutes | None = None
    days_per_year: Days | None = None


class Details(_Member):
    """What a kind of leave asks besides."""

    motive: MotiveCode | None = None
    agreement: Literal["none", "sector", "company"] | None = None
    ground: Ground | None = None
    attestation_date: date | None = None
    is_balance: bool | None = None
    child_birth_date: date | None = None
    relation: Literal["family", "hospital"] | None = None
    has_attestation: bool | None = None
    month: Literal["first", "second", "third"] | None = None
    recognition_start_date: date | None = None
    recognition_end_date: date | None = None
    statute: Literal["statutory", "contractual"] | None = None


class Wish(_Member, kw_only=True):
    """A break as an employer sees it; what lacks, the rules say."""

    employer: Employer | None = None
    worker: Worker
    type: Type
    details: Details = msgspec.field(default_factory=Details)
    regime: RegimeCode
    is_agreed: bool = False
    start_date: date
    end_date: date | None = None
    weeks: Annotated[list[Window], msgspec.Meta(max_length=60)] = msgspec.field(
        default_factory=list
    )
    weekly_minutes: WeeklyMinutes
    has_other_employers: bool = False
    other_employers: Annotated[list[Job], msgspec.Meta(max_length=20)] = msgspec.field(
        default_factory=list
    )
    notice_date: date | None = None
    working_time_reduction: Reduction | None = None
    comment: Text = ""
    reason: Text = ""


class NewRequest(Wish, kw_only=True):
    """A wish that is filed."""

    is_certified: bool = False
    is_mail_wanted: bool = False
    notice_ticket: Line = ""


class Modification(_Member):
    """Another last day."""

    end_date: date
    comment: Text = ""


class Cancellation(_Member):
    """The break does not come about."""

    is_confirmed: bool = False
    is_mail_wanted: bool = False


class _Number(_Member):
    """The worker by his number alone."""

    ssin: Line


class Search(_Member):
    """What requests are looked for; an absent member narrows by nothing."""

    employer: Employer | None = None
    worker: _Number | None = None
    ticket: Line = ""
    filed_from: date | None = None
    filed_until: date | None = None
    types: Annotated[list[Type], msgspec.Meta(max_length=20)] | None = None
    regimes: Annotated[list[RegimeCode], msgspec.Meta(max_length=20)] | None = None
    statuses: Annotated[list[StateCode], msgspec.Meta(max_length=20)] | None = None


class Parameters(_Member, kw_only=True):
    """Whom to ask at an employer, of which sector it is, whether it takes electronic notices."""

    name: Line
    given_name: Line = ""
    phone_number: Line = ""
    mobile_number: Line = ""
    email_address: Line
    sector: Literal["private", "public"]
    authority: AuthorityCode | None = None
    is_notice_taken: bool = False


class Alternative(_Member):
    """Another form or other days, offered with a postponement."""

    regime: RegimeCode | None = None
    start_date: date | None = None
    end_date: date | None = None


class NoticeAnswer(_Member, kw_only=True):
    """What the employer answers to a notice."""

    answer: Literal["accept", "refuse", "postpone"]
    reasons: Text = ""
    ground: GroundOfRefusal | None = None
    new_start_date: date | None = None
    alternative: Alternative | None = None
    has_key_function: bool = False
    is_ebox_for_all: bool = False
    is_certified: bool = False


class Attachment(_Member):
    """A file for a request; ``content``: in base64."""

    document: DocumentCode
    file_name: Line
    content: bytes
    description: Text = ""


class NoticeSearch(_Member):
    """Which notices of an employer; ``scope``: those that wait for him first, or all of them."""

    employer: Employer | None = None
    scope: Literal["toAnswer", "toFile", "all"] = "toAnswer"


# Which members belong to a kind of leave, by the names of the pages; True where one is needed.
_OF_LEAVE: Final[Mapping[str, Mapping[str, tuple[str, bool]]]] = {
    Leave.TIME_CREDIT: {
        "motive": ("motive", True),
        "agreement": ("agreement", False),
        "attestation_date": ("attested_on", False),
        "is_balance": ("is_balance", False),
    },
    Leave.END_OF_CAREER: {
        "agreement": ("agreement", False),
        "ground": ("exception", False),
        "attestation_date": ("attested_on", False),
    },
    Leave.PARENTAL: {"child_birth_date": ("child_born_on", False)},
    Leave.MEDICAL_ASSISTANCE: {
        "relation": ("relation", True),
        "has_attestation": ("has_attestation", False),
    },
    Leave.PALLIATIVE: {"attestation_date": ("attested_on", True), "month": ("period", True)},
    Leave.INFORMAL_CARER: {
        "recognition_start_date": ("valid_from", False),
        "recognition_end_date": ("valid_until", False),
    },
    Leave.ORDINARY: {"statute": ("statute", True)},
}


_TICKS: Final = ("has_attestation", "is_balance")


def snake(code: str) -> str:
    """``timeCredit`` is ``time_credit`` behind the wire."""
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", code)


def camel(code: str) -> str:
    """``time_credit`` is ``timeCredit`` on the wire."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), code)


def misplaced(wish: Wish) -> tuple[list[str], list[str]]:
    """The details that lack for this kind of leave, and those that it does not know."""
    known = _OF_LEAVE[snake(wish.type)]
    given = [name for name in Details.__struct_fields__ if getattr(wish.details, name) is not None]
    lacking = [name for name, (_, needed) in known.items() if needed and name not in given]
    return [camel(name) for name in lacking], [camel(name) for name in given if name not in known]


def asked_of(wish: Wish) -> Asked:
    """The employer's part as the pages would have it."""
    worker, hours, less = wish.worker, wish.weekly_minutes, wish.working_time_reduction
    return Asked(
        worker_code=worker.worker_code or "",
        committee=worker.joint_commission,
        worker_email=worker.email_address,
        leave=snake(wish.type),
        details=_details(wish),
        regime=snake(wish.regime),
        has_consent=wish.is_agreed,
        first_day=wish.start_date,
        last_day=wish.end_date,
        weeks=tuple((one.start_date, one.end_date) for one in wish.weeks),
        contract_minutes=hours.contract,
        full_time_minutes=hours.full_time,
        break_minutes=hours.during_break,
        has_other_employers=wish.has_other_employers or bool(wish.other_employers),
        others=tuple(
            OtherEmployer(
                one.enterprise_number, one.name, one.contract, one.full_time, one.is_reduced
            )
            for one in wish.other_employers
        ),
        comment=wish.comment,
        notified_on=wish.notice_date,
        has_reduction=less is not None,
        reduction_minutes=less.weekly_minutes if less else None,
        reduction_days=less.days_per_year if less else None,
        wants_mail=isinstance(wish, NewRequest) and wish.is_mail_wanted,
        reason=wish.reason,
    )


def contact_of(given: Parameters) -> Contact:
    """What an employer says of himself, as the page would have it."""
    return Contact(
        name=given.name, given_name=given.given_name, phone=given.phone_number,
        mobile=given.mobile_number, email=given.email_address, sector=given.sector,
        takes_notices=given.is_notice_taken,
        authority=snake(given.authority or "") if given.sector == "public" else "",
    )  # fmt: skip


def answer_of(given: NoticeAnswer) -> Answer:
    """An answer as the page would have it."""
    other = given.alternative or Alternative()
    return Answer(
        reasons=given.reasons.replace("\r\n", "\n").strip(),
        ground=snake(given.ground or ""),
        regime=snake(other.regime or ""),
        first_day=other.start_date,
        last_day=other.end_date,
        has_key_function=given.has_key_function,
        ebox_for_all=given.is_ebox_for_all,
    )


def _details(wish: Wish) -> dict[str, str]:
    found: dict[str, str] = {}
    leave = snake(wish.type)
    if leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER):
        found["kind"] = leave
    for name, (own, _needed) in _OF_LEAVE[leave].items():
        value: Any = getattr(wish.details, name)
        if value not in (None, "", False):
            found[own] = _plain(value)
    return found


def _plain(value: date | bool | str) -> str:
    """As the forms of the pages keep it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, bool) else snake(value)


def details_of(asked: Asked) -> dict[str, Any]:
    """The details of a request on the wire again."""
    found: dict[str, Any] = {}
    for name, (own, _needed) in _OF_LEAVE.get(asked.leave, {}).items():
        if (value := asked.details.get(own)) is not None:
            found[camel(name)] = True if name in _TICKS else camel(value)
    return found
