"""One communication as software writes it: the members of contracts/temporaryUnemployment-v1.yaml.

Members that nobody knows are refused. Rules count what a person sees; the bounds here only keep out
what nobody would write.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import msgspec

from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.communication import Communication as Said
from guichet.rules.temporary_unemployment.communication import Line as SaidLine
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.reasons import usual_category
from guichet.rules.temporary_unemployment.regimes import days_of, pattern_of

# They end with \Z: before $ a line break may stand.
_TEXT: Final = r"\A[^\x00]*\Z"
_ONE_LINE: Final = r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\Z"
Line = Annotated[str, msgspec.Meta(max_length=500, pattern=_TEXT)]
Text = Annotated[str, msgspec.Meta(max_length=4_000, pattern=_TEXT)]
Word = Annotated[str, msgspec.Meta(max_length=48, pattern=_ONE_LINE)]
Own = Annotated[str, msgspec.Meta(pattern=r"\A([A-Za-z0-9][A-Za-z0-9._:/-]{0,19})?\Z")]
Digits = Annotated[str, msgspec.Meta(max_length=20, pattern=r"\A[0-9]*\Z")]
Days = Annotated[str, msgspec.Meta(pattern=r"\A[01]{7}\Z")]
KindCode = Literal[
    "expected", "firstDay", "accidentNature", "accidentList", "forceMajeure", "strike"
]
ReasonCode = Literal["E", "SE", "I", "T", "F", "G", "V", "FV", "R", "FM", "D"]
RegimeCode = Literal["full", "large", "small", "oneDayPerFortnight", "whiteFull", "whiteReduced"]


class _Member(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """What all of them have in common."""


class Unit(_Member):
    """The establishment unit."""

    number: Digits
    post_code: Digits


class Window(_Member):
    """Days, both included."""

    start_date: date
    end_date: date


class Worker(_Member):
    """A worker whom it is about."""

    ssin: Digits
    last_name: Word = ""
    first_name: Word = ""
    category: Literal["blue", "white", "apprentice", "student"] | None = None
    first_effective_day: date | None = None
    workplace: Line = ""
    is_strike_unit_member: bool | None = None
    circumstances: Text = ""
    working_days: Days | None = None


class Communication(_Member):
    """What an employer tells; what lacks, the rules say."""

    kind: KindCode
    reason: ReasonCode
    enterprise_number: Digits
    establishment_unit: Unit
    joint_commission: Word = ""
    level: Literal["blue", "white"] | None = None
    language: Literal["nl", "fr", "de"] | None = None
    own_reference: Own = ""
    notice_date: date | None = None
    notice_mode: Literal["posted", "letter", "registered", "handed"] | None = None
    regime: RegimeCode | None = None
    start_date: date | None = None
    end_date: date | None = None
    excluded_periods: Annotated[list[Window], msgspec.Meta(max_length=5)] = []
    work_pattern: Annotated[list[Days], msgspec.Meta(max_length=4)] = []
    reason_description: Text = ""
    has_no_subcontracting: bool | None = None
    accident_date: date | None = None
    related_ticket: Word = ""
    workplace: Line = ""
    work_nature: Line = ""
    weather_nature: Line = ""
    impossibility_reason: Line = ""
    section_name: Line = ""
    workers: Annotated[list[Worker], msgspec.Meta(max_length=20_000)] = []
    comment: Text = ""
    is_confirmed: bool = False


class ReversedDays(Exception):
    """An excluded period ends before it starts; ``index`` from 0."""

    def __init__(self, index: int) -> None:
        super().__init__(str(index))
        self.index = index


def told_of(
    body: Communication, *, received_at: datetime, language: str, changes: str = ""
) -> Told:
    """What a body tells, for the rules; raises ReversedDays."""
    reason = Reason(body.reason)
    level = Category(body.level) if body.level else None
    category = usual_category(reason=reason, committee=body.joint_commission, level=level)
    said = Said(
        kind=Kind(_snake(body.kind)),
        reason=reason,
        received_at=received_at,
        channel=Channel.REST,
        enterprise=body.enterprise_number,
        establishment=body.establishment_unit.number,
        postcode=body.establishment_unit.post_code,
        committee=identifiers.committee(body.joint_commission),
        level=level,
        posted_on=body.notice_date,
        notice_kind=NoticeKind(body.notice_mode) if body.notice_mode else None,
        first_day=body.start_date,
        last_day=body.end_date,
        regime=Regime(_snake(body.regime)) if body.regime else None,
        cycle=tuple(days_of(week) for week in body.work_pattern) or None,
        excluded=tuple(_period(at, one) for at, one in enumerate(body.excluded_periods)),
        causes=body.reason_description,
        no_subcontracting=body.has_no_subcontracting,
        workplace=body.workplace,
        nature_of_work=body.work_nature,
        weather=body.weather_nature,
        why_impossible=body.impossibility_reason,
        accident_on=body.accident_date,
        nature_ticket=body.related_ticket,
        lines=tuple(_line(one, category) for one in body.workers),
        section=body.section_name,
        remarks=body.comment,
        changes=changes,
    )
    return Told(
        said=said,
        names=tuple(Name(one.last_name, one.first_name) for one in body.workers),
        language=body.language or (language if language in ("nl", "fr", "de") else "fr"),
        own_reference=body.own_reference,
    )


def members_of(told: Told) -> dict[str, Any]:
    """A communication as a body would tell it, members without a value left out."""
    said = told.said
    found: dict[str, Any] = {
        "kind": _camel(said.kind),
        "reason": said.reason.value,
        "enterpriseNumber": said.enterprise,
        "establishmentUnit": {"number": said.establishment, "postCode": said.postcode},
        "jointCommission": said.committee,
        "level": said.level.value if said.level else None,
        "language": told.language,
        "ownReference": told.own_reference,
        "noticeDate": _iso(said.posted_on),
        "noticeMode": said.notice_kind.value if said.notice_kind else None,
        "regime": _camel(said.regime) if said.regime else None,
        "startDate": _iso(said.first_day),
        "endDate": _iso(said.last_day),
        "excludedPeriods": [
            {"startDate": _iso(one.first_day), "endDate": _iso(one.last_day)}
            for one in said.excluded
        ],
        "workPattern": [pattern_of(week) for week in said.cycle or ()],
        "reasonDescription": said.causes,
        "hasNoSubcontracting": said.no_subcontracting,
        "accidentDate": _iso(said.accident_on),
        "relatedTicket": said.nature_ticket,
        "workplace": said.workplace,
        "workNature": said.nature_of_work,
        "weatherNature": said.weather,
        "impossibilityReason": said.why_impossible,
        "sectionName": said.section,
        "workers": [_worker(line, told.name(at)) for at, line in enumerate(said.lines)],
        "comment": said.remarks,
    }
    return _filled(found)


def _worker(line: SaidLine, name: Name) -> dict[str, Any]:
    return _filled(
        {
            "ssin": line.niss,
            "lastName": name.family,
            "firstName": name.given,
            "category": line.category.value,
            "firstEffectiveDay": _iso(line.first_day),
            "workplace": line.workplace,
            "isStrikeUnitMember": line.in_striking_unit,
            "circumstances": line.circumstances,
            "workingDays": None if line.usual_days is None else pattern_of(line.usual_days),
        }
    )


def _line(one: Worker, category: Category) -> SaidLine:
    return SaidLine(
        niss=one.ssin,
        category=Category(one.category) if one.category else category,
        first_day=one.first_effective_day,
        workplace=one.workplace,
        in_striking_unit=one.is_strike_unit_member,
        circumstances=one.circumstances,
        usual_days=None if one.working_days is None else days_of(one.working_days),
    )


def _period(index: int, one: Window) -> Period:
    if one.end_date < one.start_date:
        raise ReversedDays(index)
    return Period(one.start_date, one.end_date)


def _filled(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _snake(code: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in code)


def _camel(code: str) -> str:
    head, *rest = code.split("_")
    return head + "".join(part.capitalize() for part in rest)
