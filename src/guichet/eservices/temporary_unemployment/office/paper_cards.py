"""Reasoned requests to keep paper control cards in the transition: noted, or taken back.

Source: Royal Decree of 9 July 2024.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from guichet.audit import trail
from guichet.eservices.temporary_unemployment.cards.models import PaperRequest
from guichet.eservices.temporary_unemployment.office import difficulty
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer, OwnFile
from guichet.kernel.moments import brussels_day
from guichet.platform.db import transaction
from guichet.registers.employments import queries as employments
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.card_form import may_request
from guichet.rules.temporary_unemployment.offices import office_of_establishment


class UnknownEmployer(LookupError):
    """No enterprise of this number."""


class UnknownWorker(LookupError):
    """Nobody of this number works for the employer in these months."""


class NotInTransition(Exception):
    """A month in which the card is not on paper for the asking, or months in the wrong order."""


class InTheFuture(Exception):
    """A request of a day to come."""


class UnknownRequest(LookupError):
    """No such request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """``worker``: the number of who asked for himself, empty when the employer asked for all.

    ``first_month``, ``last_month``: a day of the first and of the last month.
    """

    employer: str
    worker: str = field(default="", repr=False)
    first_month: date
    last_month: date
    asked_on: date
    reason: str = field(repr=False)


def note(*, asked: Asked, officer: Officer, now: datetime) -> PaperRequest:
    """Note a request; the same months of the same asker again are the same request.

    Raises UnknownEmployer, UnknownWorker, NotYours, OwnFile, NotInTransition, InTheFuture.
    """
    first, last = asked.first_month.replace(day=1), asked.last_month.replace(day=1)
    enterprise = Enterprise.objects.filter(number=asked.employer).first()
    if enterprise is None:
        raise UnknownEmployer
    if not difficulty.handles(officer, enterprise, on=brussels_day(now)):
        raise NotYours
    if last < first or not (may_request(first) and may_request(last)):
        raise NotInTransition
    if asked.asked_on > brussels_day(now):
        raise InTheFuture
    person = _worker(asked, last, officer) if asked.worker else None
    office = office_of_establishment(enterprise.postcode, on=brussels_day(now))
    with transaction(actor=officer.actor):
        row, is_new = PaperRequest.objects.get_or_create(
            employer=enterprise, person=person, first_month=first, last_month=last,
            defaults={
                "asked_on": asked.asked_on, "reason": asked.reason, "noted_at": now,
                "office": office.code if office else "", "noted_by_id": officer.person_id,
            },
        )  # fmt: skip
        if is_new:
            _trace("noted", row, officer, now)
    return row


def take_back(*, request: int, officer: Officer, now: datetime) -> None:
    """A request that was noted by mistake is none. Raises UnknownRequest, NotYours, OwnFile."""
    with transaction(actor=officer.actor):
        rows = PaperRequest.objects.select_for_update(of=("self",)).select_related("employer")
        row = rows.filter(pk=request).first()
        if row is None:
            raise UnknownRequest
        if not difficulty.handles(officer, row.employer, on=brussels_day(now)):
            raise NotYours
        if row.person_id is not None:
            _not_himself(officer, row.person_id)
        _trace("takenBack", row, officer, now)
        row.delete()


def listed(*, limit: int = 200) -> list[PaperRequest]:
    """The requests, the latest first."""
    rows = PaperRequest.objects.select_related("employer", "person")
    return list(rows.order_by("-asked_on", "-pk")[:limit])


def _worker(asked: Asked, last: date, officer: Officer) -> Person:
    """The person under his present number, where Dimona knows him with this employer."""
    periods = [
        one
        for number in persons.numbers_of(niss=asked.worker)
        for one in employments.periods_of(niss=number, employer=asked.employer)
    ]
    before = asked.first_month.replace(day=1)
    works = any(
        one.first_day < _month_after(last) and (one.last_day is None or one.last_day >= before)
        for one in periods
    )
    person = Person.objects.filter(niss__in=persons.numbers_of(niss=asked.worker))
    found = person.filter(replaced_by=None).first()
    if found is None or not works:
        raise UnknownWorker
    _not_himself(officer, found.pk)
    return found


def _not_himself(officer: Officer, person: int) -> None:
    if person == officer.person_id:
        raise OwnFile


def _month_after(month: date) -> date:
    years, index = divmod(month.year * 12 + month.month, 12)
    return date(years, index + 1, 1)


def _trace(happened: str, row: PaperRequest, officer: Officer, now: datetime) -> None:
    trail.record(
        action=f"temporaryUnemployment.paperCards.{happened}", actor=officer.actor,
        target=f"{row.employer.number}/{row.pk}", now=now,
        detail={
            "first": row.first_month.isoformat(), "last": row.last_month.isoformat(),
            "asked": "worker" if row.person_id else "employer",
        },
    )  # fmt: skip
