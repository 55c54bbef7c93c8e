"""Dimona of the demonstration: a cleaning firm and a temp agency in the middle of their work.

Everything goes through the operations of Dimona, each at the moment at which it would have come in,
and is there once: students, a flexi-job with its days, day contracts; accepted, late, beyond a
quota, refused, changed, cancelled, and one that waits until the worker is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec

from guichet.access.rights import give_right
from guichet.access.services import Permission
from guichet.audit.actors import Actor, system
from guichet.demo import numbers, people
from guichet.demo.firms import DE_BRUG, DELVAUX, QUATRE_NUAGES, TREMPLIN
from guichet.demo.people import Known
from guichet.eservices.dimona import operations, processing, queries, wire
from guichet.eservices.dimona.models import Declaration
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.calendar import working_day_after

ACTOR: Final = system("demo")
FIRM: Final = numbers.enterprise(QUATRE_NUAGES)
AGENCY: Final = numbers.enterprise(TREMPLIN)
SECOND_AGENCY: Final = numbers.enterprise(DE_BRUG)
USER, WRONG_USER = numbers.enterprise(3), numbers.enterprise(6)
OFFICES, WAREHOUSE = numbers.enterprise(4), numbers.enterprise(5)
SECOND_USER: Final = numbers.enterprise(7)
_DAY: Final = timedelta(days=1)
_CLERKS: Final = (
    (people.SOFIE, QUATRE_NUAGES, "employer"), (people.MARC, DELVAUX, "employer"),
    (people.LEA, TREMPLIN, "temp_agency"),
)  # fmt: skip


def furnish(*, today: date, now: datetime) -> None:
    """Rights of the clerks, and the declarations of three firms, unless they are there."""
    for known, firm, quality in _CLERKS:
        _clerk(known, numbers.enterprise(firm), quality, today, now)
    team = staff(today)
    for employer, clerk, script in (
        (FIRM, people.SOFIE, _firm(team, today)), (AGENCY, people.LEA, _agency(team, today)),
        (SECOND_AGENCY, None, _flexible(people.LUC, today)),
    ):  # fmt: skip
        found = enterprises.enterprise(number=employer)
        is_employer = found is not None and found.onss_first_day is not None
        if is_employer and not Declaration.objects.filter(sender=employer).exists():
            _register(team, now)
            _Desk(employer, clerk, now).play(script)


@dataclass(frozen=True, slots=True)
class _Act:
    """One declaration of a script: so many days from today, an hour, a message.

    ``name``: under which later acts mean its period; ``about``: the name of that period.
    """

    on: date
    body: Mapping[str, Any]
    at: time = time(7, 40)
    name: str = ""
    about: str = ""
    warned: Mapping[str, Any] | None = None
    is_decided: bool = True


@dataclass(slots=True)
class _Desk:
    """Somebody declares for an employer; what lies after ``now`` is not said yet."""

    employer: str
    clerk: Known | None  # None: his software
    now: datetime
    periods: dict[str, int] = field(default_factory=dict)

    def play(self, script: Iterator[_Act]) -> None:
        """The acts in the order of their moments."""
        for act in sorted(script, key=lambda one: (one.on, one.at)):
            moment = min(datetime.combine(act.on, act.at, clock.BRUSSELS), self.now)
            number = operations.declare(
                body=msgspec.convert(self._whole(act), wire.Body),
                channel="portal",
                sender=self.employer,
                actor=self._actor(),
                now=moment,
                warned=act.warned,
            ).id
            if not act.is_decided:
                continue
            processing.decide_one(number=number, now=moment)
            if act.name:
                self._keep(act.name, number)

    def _actor(self) -> Actor:
        return Actor("person", self.clerk.niss, self.employer) if self.clerk else ACTOR

    def _whole(self, act: _Act) -> dict[str, Any]:
        whole = {"employer": {"enterpriseNumber": self.employer}, **act.body}
        for member in ("dimonaOut", "dimonaUpdate", "dimonaCancel", "dailyRegistration"):
            if member in whole and act.about:
                key = "registrationId" if act.about.startswith("day/") else "periodId"
                whole[member] = whole[member] | {key: self.periods.get(act.about, 0)}
        return whole

    def _keep(self, name: str, number: int) -> None:
        found = queries.declaration(number)
        if found is None:
            return
        kept = found.registration_id if name.startswith("day/") else found.period_id
        if kept is not None:
            self.periods[name] = kept


def _clerk(known: Known, number: str, quality: str, today: date, now: datetime) -> None:
    is_known = Person.objects.filter(niss=known.niss).exists()
    if not is_known or enterprises.enterprise(number=number) is None:
        return
    for permission in (Permission.DIMONA_DECLARE, Permission.DIMONA_CONSULT):
        with transaction(actor=ACTOR):
            give_right(
                niss=known.niss,
                enterprise_number=number,
                service=permission,
                quality=quality,
                first_day=date(today.year, 1, 1),
                actor=ACTOR,
                now=now,
            )


def staff(today: date) -> dict[str, Known]:
    """Who is declared: younger and older than anybody else, so that no number is taken."""
    young, old = today.year - 18, today.year - 70
    return {
        "lina": Known("Lina", "Moreau", date(young, 1, 14), is_female=True, language="fr"),
        "tibo": Known("Tibo", "Wuyts", date(young, 1, 27), is_female=False, language="nl"),
        "zoé": Known("Zoé", "Hendrickx", date(young, 2, 3), is_female=True, language="fr"),
        "wout": Known("Wout", "Goossens", date(young, 2, 9), is_female=False, language="nl"),
        "yasmine": Known("Yasmine", "Haddad", date(young, 2, 16), is_female=True, language="fr"),
        "ruben": Known("Ruben", "Cools", date(young, 2, 24), is_female=False, language="nl"),
        # Declared under the BIS number that he had before.
        "samir": Known("Samir", "Aziz", date(young, 3, 4), is_female=False, language="fr"),
        "josée": Known("Josée", "Lambion", date(old, 4, 11), is_female=True, language="fr"),
        "roger": Known("Roger", "Smets", date(old, 6, 30), is_female=False, language="nl"),
    }


def _register(staff: Mapping[str, Known], now: datetime) -> None:
    with transaction(actor=ACTOR):
        for known in staff.values():
            if not Person.objects.filter(niss=known.niss).exists():
                record = PersonRecord(
                    known.niss, known.given_name, known.family_name, known.born_on,
                    language=known.language,
                )  # fmt: skip
                persons.register(person=record, actor=ACTOR, now=now)
        _renumber(staff["samir"], now)


def _renumber(known: Known, now: datetime) -> None:
    """The number took the place of a BIS number."""
    former = replace(known, is_bis=True)
    if not Person.objects.filter(niss=former.niss).exists():
        record = PersonRecord(
            former.niss, former.given_name, former.family_name, former.born_on,
            language=former.language, replaced_by=known.niss,
        )  # fmt: skip
        persons.register(person=record, actor=ACTOR, now=now)


def _in(known: Known, kind: str, first: date, **act: Any) -> dict[str, Any]:
    features = {"jointCommissionNumber": "XXX", "workerType": kind}
    return {
        "worker": {"ssin": known.niss},
        "dimonaIn": {"startDate": first.isoformat(), "features": features, **act},
    }


def _student(known: Known, day: date, hours: int) -> dict[str, Any]:
    return _in(known, "STU", day, endDate=day.isoformat(), plannedHoursNumber=hours)


def _temp(
    known: Known, first: date, last: date, user: Mapping[str, Any], kind: str = "OTH", **act: Any
) -> dict[str, Any]:
    features = {
        "jointCommissionNumber": "322",
        "workerType": kind,
        "usingEmployer": {"jointCommissionNumber": "XXX", **user},
    }
    return {
        "worker": {"ssin": known.niss},
        "dimonaIn": {
            "startDate": first.isoformat(), "endDate": last.isoformat(), "features": features,
            **act,
        },
    }  # fmt: skip


def _firm(staff: Mapping[str, Known], today: date) -> Iterator[_Act]:
    """Students at weekends and in holidays, a flexi-job, somebody who left."""
    lina, tibo, zoe, wout = (staff[name] for name in ("lina", "tibo", "zoé", "wout"))

    def day(count: int) -> date:
        return today + count * _DAY

    for count in (-48, -41, -34, -27, -20, -13, -6):
        yield _Act(day(count - 2), _student(lina, day(count), 8), name=f"lina/{count}")
    change = {"dimonaUpdate": {"plannedHoursNumber": 10}}
    yield _Act(day(-14), change, about="lina/-13")
    yield _Act(day(-9), _student(tibo, day(-8), 400))
    yield _Act(day(-6), _student(tibo, day(-5), 300))  # beyond the hours of the year
    yield _Act(day(-1), _student(zoe, day(-3), 8))  # late
    yield _Act(day(-4), _student(zoe, day(5), 8), name="zoé")
    yield _Act(day(-1), {"dimonaCancel": {}}, at=time(16, 5), about="zoé")
    yield _Act(day(-2), _student(wout, day(4), 8))
    yield _Act(day(-2), _student(wout, day(4), 8), at=time(7, 44))  # the same once more: refused
    without_hours = _student(wout, day(11), 8)
    without_hours["dimonaIn"].pop("plannedHoursNumber")
    yield _Act(day(-1), without_hours)
    yield from _flexi(staff["josée"], today)
    yield _Act(day(-70), _in(staff["roger"], "OTH", day(-66)), name="roger")
    yield _Act(day(-11), {"dimonaOut": {"endDate": day(-12).isoformat()}}, about="roger")
    former = replace(staff["samir"], is_bis=True)
    yield _Act(day(-3), _in(former, "OTH", day(-2)), name="samir")
    yield _Act(today, _described(today), at=time(6, 55), is_decided=False)


def _flexi(known: Known, today: date) -> Iterator[_Act]:
    """A flexi-job until the end of the quarter, in the canteen, with the days that were worked."""
    first = today - 20 * _DAY
    last = _end_of_quarter(first)
    yield _Act(first - 2 * _DAY, _in(known, "FLX", first, endDate=last.isoformat()), name="flexi")
    for count in range(2, min(20, (last - first).days), 3):
        day = first + count * _DAY
        hours = {"status": "0", "startDate": day.isoformat(), "startHour": "1100"}
        name = f"day/{count}"
        body = {"dailyRegistration": hours | {"endHour": "1430"}}
        yield _Act(day, body, at=time(10, 50), name=name, about="flexi")
        if count == 5:
            longer = {"dailyRegistration": {"status": "1", "endHour": "1500"}}
            yield _Act(day, longer, at=time(14, 20), about=name)
        if count == 8:
            none = {"dailyRegistration": {"status": "3"}}
            yield _Act(day, none, at=time(11, 30), about=name)


def _described(today: date) -> dict[str, Any]:
    """Somebody without a number: whoever identifies people is asked first."""
    worker = {
        "lastName": "Kowalczyk", "firstName": "Zofia", "birthDate": f"{today.year - 24}-05-17",
        "placeOfBirth": "Lublin", "countryOfBirth": 122, "nationality": 122, "gender": "2",
    }  # fmt: skip
    features = {"jointCommissionNumber": "XXX", "workerType": "OTH"}
    return {
        "worker": worker,
        "dimonaIn": {"startDate": (today + _DAY).isoformat(), "features": features},
    }


def _agency(staff: Mapping[str, Known], today: date) -> Iterator[_Act]:
    """Day contracts in a row, a user company that was wrong, a week contract with an empty day."""
    yasmine, ruben = staff["yasmine"], staff["ruben"]
    user = {"enterpriseNumber": USER}
    day = today - 28 * _DAY
    while (day := working_day_after(day)) < today:
        yield _Act(day, _temp(yasmine, day, day, user), at=time(6, 10))
    following = working_day_after(today)
    wrong = _temp(yasmine, following, following, {"enterpriseNumber": WRONG_USER})
    yield _Act(today - _DAY, wrong, at=time(15, 2), name="wrong")
    yield _Act(today - _DAY, {"dimonaCancel": {}}, at=time(15, 20), about="wrong")
    right = _temp(yasmine, following, following, user)
    yield _Act(today - _DAY, right, at=time(15, 21))
    monday = today - (today.weekday() + 7) * _DAY
    empty = (monday + 2 * _DAY).isoformat()
    yield _Act(
        monday - 3 * _DAY,
        _temp(ruben, monday, monday + 4 * _DAY, user),
        warned={
            "warnings": [{"code": "emptyDay", "days": [empty]}],
            "reason": "Formation interne le mercredi",
        },
    )
    abroad = {
        "name": "Grachten Schoonmaak BV",
        "address": {
            "street": "Damrak", "houseNumber": "12", "postCode": "1012", "country": 129,
            "municipality": {"name": "Amsterdam"},
        },
    }  # fmt: skip
    week = today + (7 - today.weekday()) * _DAY
    yield _Act(today - _DAY, _temp(ruben, week, week + 4 * _DAY, abroad), at=time(11, 15))
    late = today - 10 * _DAY
    yield _Act(late + 2 * _DAY, _temp(staff["roger"], late, late, user))
    yield from _lent(people.LUC, today)


def _lent(known: Known, today: date) -> Iterator[_Act]:
    """Three years of somebody whom the agency lends: each state that he can meet, and a repair."""
    offices, warehouse = {"enterpriseNumber": OFFICES}, {"enterpriseNumber": WAREHOUSE}
    monday = today - today.weekday() * _DAY

    def week(count: int) -> tuple[date, date]:
        first = monday + 7 * count * _DAY
        return first, first + 4 * _DAY

    for count in (-60, -58, -44, -30, -29, -16, -9):  # ended, some of them last year
        first, last = week(count)
        yield _Act(first - 3 * _DAY, _temp(known, first, last, offices))
    for start, count in ((-150, 3), (-90, 1), (-37, 2)):  # a day at a time
        day = today + start * _DAY
        for _ in range(count):
            day = working_day_after(day)
            yield _Act(day - _DAY, _temp(known, day, day, warehouse))
    first, last = week(-6)  # declared when it was half over
    yield _Act(first + 2 * _DAY, _temp(known, first, last, warehouse))
    first, last = week(-4)  # made shorter
    yield _Act(first - 3 * _DAY, _temp(known, first, last, offices), name="shorter")
    sooner = {"dimonaUpdate": {"endDate": (last - 2 * _DAY).isoformat()}}
    yield _Act(last - 3 * _DAY, sooner, at=time(11, 5), about="shorter")
    first, last = week(1)  # called off
    yield _Act(today - 2 * _DAY, _temp(known, first, last, warehouse), name="called off")
    yield _Act(today - _DAY, {"dimonaCancel": {}}, at=time(9, 12), about="called off")
    first, last = week(8)  # planned, once the assignment that runs is over
    yield _Act(today - _DAY, _temp(known, first, last, offices), at=time(9, 15))
    first, last = week(11)
    yield _Act(today - _DAY, _temp(known, first, last, warehouse), at=time(9, 16))


def _flexible(known: Known, today: date) -> Iterator[_Act]:
    """A second agency: weeks of last year and of spring, and flexi-jobs on Saturdays."""
    user = {"enterpriseNumber": SECOND_USER}
    monday = today - today.weekday() * _DAY
    for count in (-54, -53, -40, -39, -36, -35, -24, -23, -22):
        first = monday + 7 * count * _DAY
        yield _Act(first - 3 * _DAY, _temp(known, first, first + 4 * _DAY, user))
    evening = {"startHour": "1700", "endHour": "2230"}
    for count in (-14, -13, -11, -8, -7, -5, -4, -1):
        day = monday + (7 * count + 5) * _DAY
        yield _Act(day - 2 * _DAY, _temp(known, day, day, user, "FLX", **evening))


def _end_of_quarter(day: date) -> date:
    month = 3 * ((day.month - 1) // 3) + 4
    year, month = (day.year + 1, 1) if month > 12 else (day.year, month)
    return date(year, month, 1) - _DAY
