"""Declarations as software writes them: the members of REST v2, and their plain values.

Lenient where real clients are: a committee may be a number, any optional member may be null, eight
planned hours may be 8.0. Members that nobody knows are refused.
"""

from datetime import date
from typing import Annotated, Any

import msgspec

from guichet.rules.dimona import message as plain
from guichet.rules.dimona.message import Kind, Message, Times

# Larger ones fit no int64: no number of ours, and no code of a list.
Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Code = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class _Member(msgspec.Struct, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """What all of them have in common."""


class Municipality(_Member):
    code: Code | None = None
    name: str | None = None


class Address(_Member):
    street: str | None = None
    house_number: str | int | None = None
    box_number: str | int | None = None
    post_code: str | int | None = None
    municipality: Municipality | None = None
    country: Code | None = None


class Employer(_Member):
    enterprise_number: str | None = None
    employer_id: Number | str | None = None


class Worker(_Member):
    ssin: str | None = None
    last_name: str | None = None
    first_name: str | None = None
    initial: str | None = None
    birth_date: str | None = None
    place_of_birth: str | None = None
    country_of_birth: Code | None = None
    nationality: Code | None = None
    gender: str | int | None = None
    address: Address | None = None


class UsingEmployer(_Member):
    enterprise_number: str | None = None
    name: str | None = None
    address: Address | None = None
    joint_commission_number: int | str | None = None


class Features(_Member):
    joint_commission_number: int | str | None = None
    worker_type: str | None = None
    sub_entity_number: int | str | None = None
    using_employer: UsingEmployer | None = None


class StudentPlaceOfWork(_Member):
    name: str | None = None
    address: Address | None = None


class ControlCards(_Member):
    first_month_number: int | str | None = None
    next_month_number: int | str | None = None


class SmallStatutes(_Member):
    employment_nature: str | None = None
    worker_status: str | None = None
    activity_with_risk: int | str | None = None


class DimonaIn(_Member):
    start_date: date | None = None
    end_date: date | None = None
    start_hour: str | None = None
    end_hour: str | None = None
    planned_hours_number: int | float | None = None
    planned_days_number: int | float | None = None
    features: Features | None = None
    student_place_of_work: StudentPlaceOfWork | None = None
    construction_control_cards: ControlCards | None = None
    small_statutes_information: SmallStatutes | None = None


class DimonaOut(_Member):
    period_id: Number | None = None
    end_date: date | None = None


class DimonaUpdate(_Member):
    period_id: Number | None = None
    start_date: date | None = None
    end_date: date | None = None
    start_hour: str | None = None
    end_hour: str | None = None
    planned_hours_number: int | float | None = None
    planned_days_number: int | float | None = None


class DimonaCancel(_Member):
    period_id: Number | None = None


class DailyRegistration(_Member):
    status: str | int | None = None
    period_id: Number | None = None
    registration_id: Number | None = None
    start_date: date | None = None
    start_hour: str | None = None
    end_date: date | None = None
    end_hour: str | None = None


class Reference(_Member):
    type: str | int | None = None
    number: str | None = None


class Body(_Member):
    """One declaration; exactly one of the five acts."""

    employer: Employer | None = None
    worker: Worker | None = None
    dimona_in: DimonaIn | None = None
    dimona_out: DimonaOut | None = None
    dimona_update: DimonaUpdate | None = None
    dimona_cancel: DimonaCancel | None = None
    daily_registration: DailyRegistration | None = None
    references: list[Reference] | None = None


Act = DimonaIn | DimonaOut | DimonaUpdate | DimonaCancel | DailyRegistration
ACTS = {
    "dimona_in": Kind.IN,
    "dimona_out": Kind.OUT,
    "dimona_update": Kind.UPDATE,
    "dimona_cancel": Kind.CANCEL,
    "daily_registration": Kind.DAILY,
}
ACT_MEMBERS = ("dimonaIn", "dimonaOut", "dimonaUpdate", "dimonaCancel", "dailyRegistration")


class NotOneAct(ValueError):
    """A body names no act, or several."""


def act_of(body: Body) -> tuple[Kind, Act]:
    """The one act of a body; raises NotOneAct."""
    found = [(kind, act) for name, kind in ACTS.items() if (act := getattr(body, name)) is not None]
    if len(found) != 1:
        raise NotOneAct
    return found[0]


def message_of(body: Body) -> Message:
    """The plain values of a body; raises NotOneAct."""
    kind, act = act_of(body)
    more: dict[str, Any] = {}
    if isinstance(act, DimonaIn):
        more = _more_of_in(act)
    return Message(
        kind=kind,
        employer=employer_of(body.employer or Employer()),
        worker=_worker(body.worker or Worker()),
        times=Times(
            getattr(act, "start_date", None),
            getattr(act, "end_date", None),
            getattr(act, "start_hour", None) or "",
            getattr(act, "end_hour", None) or "",
        ),
        period_id=getattr(act, "period_id", None),
        registration_id=getattr(act, "registration_id", None),
        status=_text(getattr(act, "status", None)),
        planned_hours=getattr(act, "planned_hours_number", None),
        planned_days=getattr(act, "planned_days_number", None),
        references=tuple(
            plain.Reference(_text(each.type), each.number or "") for each in body.references or ()
        ),
        **more,
    )


def _more_of_in(act: DimonaIn) -> dict[str, Any]:
    cards, small = act.construction_control_cards, act.small_statutes_information
    place = act.student_place_of_work
    return {
        "features": _features(act.features or Features()),
        "cards": cards
        and plain.Cards(_text(cards.first_month_number), _text(cards.next_month_number)),
        "small_statutes": small
        and plain.SmallStatutes(
            small.employment_nature or "",
            small.worker_status or "",
            _text(small.activity_with_risk),
        ),
        "workplace": place and plain.Workplace(place.name or "", _address(place.address)),
    }


def _features(features: Features) -> plain.Features:
    user = features.using_employer
    return plain.Features(
        joint_committee=_text(features.joint_commission_number),
        worker_type=features.worker_type or "",
        sub_entity=_text(features.sub_entity_number),
        user=None if user is None else _user(user),
    )


def _user(user: UsingEmployer) -> plain.UserCompany:
    return plain.UserCompany(
        enterprise_number=user.enterprise_number or "",
        name=user.name or "",
        address=_address(user.address),
        joint_committee=_text(user.joint_commission_number),
    )


def employer_of(employer: Employer) -> plain.Employer:
    given = employer.employer_id
    if isinstance(given, str):
        digits = given.replace("-", "").replace(" ", "")
        # What is no number at all is a number that cannot exist.
        given = (int(digits) if digits.isdecimal() and len(digits) < 19 else 0) if digits else None
    return plain.Employer(employer.enterprise_number or "", given)


def _worker(worker: Worker) -> plain.Worker:
    identity = plain.Identity(
        family_name=worker.last_name or "",
        given_name=worker.first_name or "",
        initial=worker.initial or "",
        birth_date=worker.birth_date or "",
        birth_place=worker.place_of_birth or "",
        birth_country=worker.country_of_birth,
        nationality=worker.nationality,
        sex=_text(worker.gender),
        address=_address(worker.address) or plain.Address(),
    )
    return plain.Worker(worker.ssin or "", None if identity == plain.Identity() else identity)


def _address(address: Address | None) -> plain.Address | None:
    if address is None:
        return None
    place = address.municipality or Municipality()
    return plain.Address(
        street=address.street or "",
        house_number=_text(address.house_number),
        box_number=_text(address.box_number),
        postcode=_text(address.post_code),
        municipality_code=place.code,
        municipality=place.name or "",
        country=address.country,
    )


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
