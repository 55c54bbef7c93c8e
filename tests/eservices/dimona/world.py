"""Employers, workers and short ways to declare for the tests of Dimona."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec

from guichet.audit.actors import Actor, system
from guichet.demo import numbers
from guichet.eservices.dimona import operations, processing, queries, wire
from guichet.eservices.dimona.queries import DeclarationRecord
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord

# Monday 2 March 2026, ten in the morning in Belgium.
NOW: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY: Final = date(2026, 3, 2)
DAY: Final = timedelta(days=1)
ACTOR: Final = Actor(kind="client", id="tests", enterprise=None)

FIRM, OTHER, AGENCY, USER, CITY = (numbers.enterprise(index) for index in range(100, 105))
STOPPED, NO_EMPLOYER, UNKNOWN = (numbers.enterprise(index) for index in range(105, 108))
ONSS: Final = {number: numbers.onss(100 + at) for at, number in enumerate((FIRM, OTHER, AGENCY))}
PROVISIONAL: Final = "5000000120"
KARIM: Final = numbers.niss(born_on=date(1985, 7, 31), is_female=False)
LOTTE: Final = numbers.niss(born_on=date(2004, 2, 3), is_female=True)
YOUNG: Final = numbers.niss(born_on=date(2008, 1, 9), is_female=True)
PENSIONER: Final = numbers.niss(born_on=date(1950, 5, 4), is_female=False)
NOT_KNOWN: Final = numbers.niss(born_on=date(1999, 9, 9), is_female=False)
BIS: Final = numbers.bis(born_on=date(1990, 5, 12), is_female=False)
NEW: Final = numbers.niss(born_on=date(1990, 5, 12), is_female=False)
ADDRESS: Final = {
    "street": "Rue du Moulin",
    "houseNumber": "1",
    "boxNumber": None,
    "postCode": "1000",
    "municipality": {"code": 21004, "name": "Bruxelles"},
    "country": 150,
}
CARDS: Final = {"firstMonthNumber": "123456789012", "nextMonthNumber": "123456789013"}
SMALL: Final = {"employmentNature": "WORKER", "workerStatus": "F1"}
IDENTITY: Final = {
    "lastName": "Peeters",
    "firstName": "Noor",
    "birthDate": "1997-04-05",
    "placeOfBirth": "Gent",
    "countryOfBirth": 150,
    "nationality": 150,
    "gender": "2",
    "address": ADDRESS,
}


def build(now: datetime = NOW) -> None:
    """Fill the registers."""
    maker = system("tests")
    since = TODAY - timedelta(days=3_000)
    with transaction(actor=maker):
        for at, number in enumerate((FIRM, OTHER, AGENCY, USER, CITY, STOPPED, NO_EMPLOYER)):
            record = EnterpriseRecord(
                number=number,
                name_fr=f"Firme {at}",
                language="fr",
                onss_number=_onss(number, at),
                onss_first_day=None if number == NO_EMPLOYER else since,
                stopped_on=TODAY - DAY if number == STOPPED else None,
            )
            enterprises.register(enterprise=record, actor=maker, now=now)
        for number, quality in ((CITY, "public_body"), (AGENCY, "temp_agency")):
            enterprises.add_quality(
                number=number, quality=quality, first_day=since, actor=maker, now=now
            )
        for person in (
            PersonRecord(KARIM, "Karim", "Lemaire", date(1985, 7, 31)),
            PersonRecord(LOTTE, "Lotte", "Claes", date(2004, 2, 3)),
            PersonRecord(YOUNG, "Fien", "Maes", date(2008, 1, 9)),
            PersonRecord(PENSIONER, "Jef", "Wouters", date(1950, 5, 4)),
            PersonRecord(BIS, "Marek", "Zieliński", date(1990, 5, 12)),
            PersonRecord(NEW, "Marek", "Zieliński", date(1990, 5, 12)),
        ):
            persons.register(person=person, actor=maker, now=now)
        persons.replace_number(old=BIS, new=NEW, actor=maker, now=now)
        # Lotte works at another employer since long: she is no young person without experience.
        employments.declare(
            employment=EmploymentRecord(LOTTE, USER, "XXX", "OTH", date(2024, 1, 1)),
            actor=maker,
            now=now,
        )


def _onss(number: str, at: int) -> str:
    """The user company has a provisional number, and one enterprise is no employer."""
    return {NO_EMPLOYER: "", USER: PROVISIONAL}.get(number, numbers.onss(100 + at))


def day(count: int = 0) -> str:
    """So many days after today, as messages write it."""
    return (TODAY + count * DAY).isoformat()


def features(worker_type: str, committee: object = "XXX", **more: Any) -> dict[str, Any]:
    return {"jointCommissionNumber": committee, "workerType": worker_type, **more}


def an_in(
    worker_type: str = "OTH",
    *,
    committee: object = "XXX",
    employer: Mapping[str, Any] | str = FIRM,
    ssin: str | None = KARIM,
    **act: Any,
) -> dict[str, Any]:
    """An IN for tomorrow that is right for OTH; a member of None is left out."""
    members = {"startDate": day(1), "features": features(worker_type, committee)} | act
    return {
        "employer": numbered(employer),
        "worker": {} if ssin is None else {"ssin": ssin},
        "dimonaIn": {name: value for name, value in members.items() if value is not None},
    }


def numbered(employer: Mapping[str, Any] | str) -> dict[str, Any]:
    return {"enterpriseNumber": employer} if isinstance(employer, str) else dict(employer)


def student(hours: Any = 8, **act: Any) -> dict[str, Any]:
    """An IN of a student for tomorrow."""
    given = {"ssin": LOTTE, "plannedHoursNumber": hours, "endDate": day(1)} | act
    return an_in("STU", **given)


def flexi(**act: Any) -> dict[str, Any]:
    """A flexi-job of Lotte for tomorrow evening."""
    given = {"ssin": LOTTE, "startHour": "1800", "endHour": "2330"} | act
    return an_in("FLX", **given)


def flexi_period(**act: Any) -> dict[str, Any]:
    """A flexi-job of Lotte until the end of the month."""
    return an_in("FLX", **({"ssin": LOTTE, "endDate": "2026-03-31"} | act))


def occasional(**act: Any) -> dict[str, Any]:
    """An evening of occasional work in horeca."""
    given = {"startHour": "1800", "endHour": "2330", "endDate": act.get("startDate", day(1))}
    return an_in("EXT", **({"committee": 302} | given | act))


def temp(worker_type: str = "OTH", *, user: Mapping[str, Any] | None = None, **act: Any) -> Any:
    """An IN of the agency for tomorrow; ``user`` None is the known one in horeca."""
    known = {"enterpriseNumber": USER, "jointCommissionNumber": "302"}
    given = {
        "employer": AGENCY,
        "endDate": day(1),
        "features": features(worker_type, 322, usingEmployer=known if user is None else dict(user)),
    }
    return an_in(worker_type, **(given | act))


def about(word: str, period: Any, *, employer: Any = FIRM, **act: Any) -> dict[str, Any]:
    """An act on a period: ``about("dimonaOut", 600…, endDate=…)``."""
    members = {"periodId": period, **act}
    return {
        "employer": numbered(employer),
        word: {name: value for name, value in members.items() if value is not None},
    }


def out(period: Any, end: str = day(5), **more: Any) -> dict[str, Any]:
    return about("dimonaOut", period, endDate=end, **more)


def update(period: Any, **act: Any) -> dict[str, Any]:
    return about("dimonaUpdate", period, **act)


def cancel(period: Any, **more: Any) -> dict[str, Any]:
    return about("dimonaCancel", period, **more)


def daily(status: str | None, **act: Any) -> dict[str, Any]:
    return about("dailyRegistration", act.pop("periodId", None), status=status, **act)


def send(
    message: Mapping[str, Any],
    *,
    now: datetime = NOW,
    sender: str | None = None,
    is_secured: bool = True,
) -> int:
    """Declare and leave it undecided; the sender is the employer unless another one is named."""
    given = message.get("employer") or {}
    own = sender or given.get("enterpriseNumber") or ""
    taken = operations.declare(
        body=msgspec.convert(message, wire.Body),
        channel="rest",
        sender=own,
        actor=replace(ACTOR, enterprise=own or None),
        now=now,
        is_secured=is_secured,
    )
    return taken.id


def said(message: Mapping[str, Any], *, now: datetime = NOW, **more: Any) -> DeclarationRecord:
    """Declare, decide, and the answer."""
    number = send(message, now=now, **more)
    while processing.process(now=now).more:
        pass
    record = queries.declaration(number)
    assert record is not None
    return record


def answered(record: DeclarationRecord) -> str:
    """The letter and the codes: ``W 90373-460``."""
    return " ".join([record.result or "?", *record.anomalies])


def opened(message: Mapping[str, Any], *, now: datetime = NOW) -> int:
    """The period that an accepted IN opens."""
    record = said(message, now=now)
    assert record.period_id is not None, answered(record)
    return record.period_id


def add_people(people: list[str]) -> None:
    """More workers."""
    maker = system("tests")
    with transaction(actor=maker):
        for at, niss in enumerate(people):
            record = PersonRecord(niss, f"Given {at}", "Numerous", date(1970, 1, 1))
            persons.register(person=record, actor=maker, now=NOW)


def add_ageless() -> str:
    """Somebody whose birth date nobody knows."""
    maker = system("tests")
    with transaction(actor=maker):
        record = PersonRecord(NOT_KNOWN, "Sans", "Date")
        persons.register(person=record, actor=maker, now=NOW)
    return NOT_KNOWN
