"""What a declaration says: plain values, judged by nobody yet.

A text that was not given is empty, a number or a day that was not given is None. Numbers of hours
come as they were sent (8, 8.0, 7.5): whether they are whole is a rule, not a form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Final

NO_END: Final = date(9999, 12, 31)
"""In an update: take the end away."""


class Kind(StrEnum):
    """The kinds of declaration."""

    IN = "in"
    OUT = "out"
    UPDATE = "update"
    CANCEL = "cancel"
    DAILY = "daily"


class Status(StrEnum):
    """What a daily registration does, with the digit of the official message."""

    CREATE = "0"
    MODIFY = "1"
    CANCEL = "3"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; ``country``: the code of the national statistics, Belgium is 150."""

    street: str = ""
    house_number: str = ""
    box_number: str = ""
    postcode: str = ""
    municipality_code: int | None = None
    municipality: str = ""
    country: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A person described instead of numbered; ``birth_date`` may hold zeros: ``1990-00-00``."""

    family_name: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    initial: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    birth_place: str = field(default="", repr=False)
    birth_country: int | None = None
    nationality: int | None = None
    sex: str = ""
    address: Address = field(default=Address(), repr=False)


@dataclass(frozen=True, slots=True)
class Worker:
    """The worker: a number of the social security, a description, or both."""

    ssin: str = field(default="", repr=False)
    identity: Identity | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Employer:
    """The employer, by exactly one of his numbers; ``onss_number`` may be a provisional one."""

    enterprise_number: str = ""
    onss_number: int | None = None


@dataclass(frozen=True, slots=True)
class UserCompany:
    """Who uses a temp worker: a number, or a name with an address."""

    enterprise_number: str = ""
    name: str = ""
    address: Address | None = None
    joint_committee: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """The two control cards C3.2A: of the month of the start, and of the next month."""

    first: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class SmallStatutes:
    """What the accident insurance needs of trainees: EMPLOYEE or WORKER, F1 or F2, a risk."""

    nature: str = ""
    status: str = ""
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a student works, when it is not at the seat of the employer."""

    name: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """What never changes in a period: committee, type, sub-entity, user company."""

    joint_committee: str = ""
    worker_type: str = ""
    sub_entity: str = ""
    user: UserCompany | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The days and hours of an act; hours are ``HHMM``."""

    start_date: date | None = None
    end_date: date | None = None
    start_hour: str = ""
    end_hour: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of the declarant: 1 this form, 6 a refused one, 7 the employer, 8 the worker."""

    type: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One declaration. ``period_id`` and ``registration_id`` name what the act is about.

    ``cards``, ``small_statutes``, ``workplace`` and ``features`` belong to an IN; ``status`` to a
    daily registration.
    """

    kind: Kind
    employer: Employer
    worker: Worker = field(default=Worker())
    times: Times = field(default=Times())
    period_id: int | None = None
    registration_id: int | None = None
    status: str = ""
    planned_hours: float | None = None
    planned_days: float | None = None
    features: Features = field(default=Features())
    cards: Cards | None = None
    small_statutes: SmallStatutes | None = None
    workplace: Workplace | None = None
    references: tuple[Reference, ...] = ()


def hour_of(text: str) -> tuple[int, int] | None:
    """``0930`` as hours and minutes, or None when it is no time of a day."""
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        return None
    hours, minutes = int(text[:2]), int(text[2:])
    return (hours, minutes) if hours < 24 and minutes < 60 else None


def whole_number(value: int | float | None) -> int | None:  # mypy tells them apart
    """``8`` and ``8.0`` are 8; None for 7.5 and for nothing."""
    if isinstance(value, int):  # however large
        return value
    if value is None or not isfinite(value) or value != int(value):
        return None
    return int(value)
