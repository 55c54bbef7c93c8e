"""The form C106A of an enterprise in difficulty: recorded when it came, then recognised or not.

It travels by registered letter to the office of the registered seat, fourteen days before the first
communication; without a recognition a suspension of white collars is refused. Whoever decides
against the figure says why.

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
from guichet.rules.temporary_unemployment import white_collars
from guichet.rules.temporary_unemployment.offices import office_of_establishment

FORMS: Final = ("C106A", "C106A-NTVA")
GROUNDS: Final = ("turnover", "unemployment", "minister")


class UnknownForm(LookupError):
    """No such form, or no enterprise of this number."""


class AlreadyDecided(Exception):
    """The form was recognised or refused before."""


class NotExplained(Exception):
    """A decision that the figure does not carry, without a word of why; or a refusal without one.

    ``ground``: what the figure shows, None when nothing.
    """

    def __init__(self, ground: white_collars.Difficulty | None) -> None:
        super().__init__()
        self.ground = ground


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the office found: whole percents, rounded down, and why it decides as it does."""

    percent: int | None = None
    remark: str = ""


def recognise(
    *, form: int, first_day: date, last_day: date | None, finding: Finding, officer: Officer,
    now: datetime,
) -> Difficulty:  # fmt: skip
    """The enterprise is recognised from a day on.

    Raises UnknownForm, NotYours, AlreadyDecided, DaysReversed, NotExplained.
    """
    if last_day is not None and last_day < first_day:
        raise DaysReversed
    with transaction(actor=officer.actor):
        row = _open(form, officer)
        if shown(row, percent=finding.percent) is None and not finding.remark:
            raise NotExplained(None)
        row.first_day, row.last_day = first_day, last_day
        _found(row, finding, "recognised", officer, now)
    return row


def refuse(*, form: int, finding: Finding, officer: Officer, now: datetime) -> Difficulty:
    """The enterprise is not recognised.

    Raises UnknownForm, NotYours, AlreadyDecided, NotExplained.
    """
    with transaction(actor=officer.actor):
        row = _open(form, officer)
        if not finding.remark:
            raise NotExplained(shown(row, percent=finding.percent))
        row.refused = True
        _found(row, finding, "refused", officer, now)
    return row


def shown(row: Difficulty, *, percent: int | None) -> white_collars.Difficulty | None:
    """The ground that a figure shows, of the ground that the form names; None when it does not."""
    return white_collars.is_in_difficulty(
        lost_percent=percent if row.ground == "turnover" else None,
        unemployed_percent=percent if row.ground == "unemployment" else None,
        recognised=row.ground == "minister",
        on=row.sent_on,
    )


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


def _found(
    row: Difficulty, finding: Finding, happened: str, officer: Officer, now: datetime
) -> None:
    row.percent, row.remark = finding.percent, finding.remark
    row.save(update_fields=["first_day", "last_day", "refused", "percent", "remark"])
    _trace(happened, row, officer, now)


def _require(officer: Officer, enterprise: Enterprise, *, on: date) -> None:
    if not handles(officer, enterprise, on=on):
        raise NotYours


def _trace(happened: str, row: Difficulty, officer: Officer, now: datetime) -> None:
    trail.record(
        action=f"temporaryUnemployment.difficulty.{happened}", actor=officer.actor,
        target=f"{row.employer.number}/{row.sent_on.isoformat()}", now=now,
        detail={"form": row.form, "ground": row.ground, "percent": row.percent},
    )  # fmt: skip
