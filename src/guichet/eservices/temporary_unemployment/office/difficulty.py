"""The form C106A of an enterprise in difficulty: recorded when it came, then recognised or not.

It travels by registered letter to the office of the registered seat, fourteen days before the first
communication; without a recognition a suspension of white collars is refused.

Source: Act of 3 July 1978, art. 77/1 to 77/3; leaflet E54 of ONEM.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from guichet.audit import trail
from guichet.eservices.temporary_unemployment.models import Difficulty
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer
from guichet.kernel.moments import brussels_day
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.temporary_unemployment.offices import office_of_establishment

FORMS: Final = ("C106A", "C106A-NTVA")
GROUNDS: Final = ("turnover", "unemployment", "minister")


class UnknownForm(LookupError):
    """No such form, or no enterprise of this number."""


class AlreadyDecided(Exception):
    """The form was recognised or refused before."""


class DaysReversed(Exception):
    """A form of a day to come, or a recognition that ends before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in a form; ``sent_on``: the day of the registered letter."""

    employer: str
    form: str
    ground: str
    sent_on: date


def record(*, told: Told, officer: Officer, now: datetime) -> Difficulty:
    """A form that came; the same day again is the same form.

    Raises UnknownForm, NotYours, DaysReversed.
    """
    enterprise = Enterprise.objects.filter(number=told.employer).first()
    if enterprise is None:
        raise UnknownForm
    _require(officer, enterprise, on=told.sent_on)
    if told.sent_on > brussels_day(now):
        raise DaysReversed
    with transaction(actor=officer.actor):
        given = {"form": told.form, "ground": told.ground, "recorded_at": now}
        row, is_new = Difficulty.objects.get_or_create(
            employer=enterprise, sent_on=told.sent_on, defaults=given
        )
        if is_new:
            _trace("recorded", row, officer, now)
    return row


def recognise(
    *, form: int, first_day: date, last_day: date | None, officer: Officer, now: datetime
) -> Difficulty:
    """The enterprise is recognised from a day on. Raises UnknownForm, NotYours, AlreadyDecided,
    DaysReversed."""
    if last_day is not None and last_day < first_day:
        raise DaysReversed
    with transaction(actor=officer.actor):
        row = _open(form, officer)
        row.first_day, row.last_day = first_day, last_day
        row.save(update_fields=["first_day", "last_day"])
        _trace("recognised", row, officer, now)
    return row


def refuse(*, form: int, officer: Officer, now: datetime) -> Difficulty:
    """The enterprise is not recognised. Raises UnknownForm, NotYours, AlreadyDecided."""
    with transaction(actor=officer.actor):
        row = _open(form, officer)
        row.refused = True
        row.save(update_fields=["refused"])
        _trace("refused", row, officer, now)
    return row


def listed(*, employer: str = "") -> QuerySet[Difficulty]:
    """The forms, those that wait on top."""
    rows = Difficulty.objects.select_related("employer")
    if employer:
        rows = rows.filter(employer__number=employer)
    return rows.order_by("refused", "-first_day", "-sent_on")


def one(form: int) -> Difficulty | None:
    """One form."""
    return Difficulty.objects.select_related("employer").filter(pk=form).first()


def handles(officer: Officer, enterprise: Enterprise, *, on: date) -> bool:
    """Whether the office of the registered seat is one of his."""
    office = office_of_establishment(enterprise.postcode, on=on)
    return officer.may_decide and (office is None or office.code in officer.offices)


def _open(form: int, officer: Officer) -> Difficulty:
    rows = Difficulty.objects.select_for_update(of=("self",)).select_related("employer")
    row = rows.filter(pk=form).first()
    if row is None:
        raise UnknownForm
    _require(officer, row.employer, on=row.sent_on)
    if row.refused or row.first_day is not None:
        raise AlreadyDecided
    return row


def _require(officer: Officer, enterprise: Enterprise, *, on: date) -> None:
    if not handles(officer, enterprise, on=on):
        raise NotYours


def _trace(happened: str, row: Difficulty, officer: Officer, now: datetime) -> None:
    trail.record(
        action=f"temporaryUnemployment.difficulty.{happened}", actor=officer.actor,
        target=f"{row.employer.number}/{row.sent_on.isoformat()}", now=now,
        detail={"form": row.form, "ground": row.ground},
    )  # fmt: skip
