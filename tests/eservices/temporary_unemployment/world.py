"""A foundry at Liège, its workers, and short ways to communicate in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.actors import Actor, system
from guichet.demo import numbers
from guichet.eservices.temporary_unemployment import operations
from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.eservices.temporary_unemployment.models import ClosedDay, Communication
from guichet.eservices.temporary_unemployment.operations import Sender
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.models import Enterprise, Establishment
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.temporary_unemployment.communication import Communication as Said
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, NoticeKind, Reason, Regime
from tests.portal.browsing import signed_in

# Sunday 9 March 2025, eleven in the morning in Belgium.
NOW: Final = datetime(2025, 3, 9, 10, 0, tzinfo=UTC)
TODAY: Final = date(2025, 3, 9)
DAY: Final = timedelta(days=1)
FIRM, OTHER, SECRETARIAT = (numbers.enterprise(340 + at) for at in range(3))
PLACE, EUPEN, BRUSSELS, ELSEWHERE_PLACE = (numbers.establishment(340 + at) for at in range(4))
CLERK: Final = numbers.niss(born_on=date(1979, 5, 16), is_female=True)
STRANGER: Final = numbers.niss(born_on=date(1977, 2, 5), is_female=False)
ANNE: Final = numbers.niss(born_on=date(1985, 7, 30), is_female=True)
LUC: Final = numbers.niss(born_on=date(1988, 9, 25), is_female=False)
BIS: Final = numbers.bis(born_on=date(1990, 4, 14), is_female=True)
UNKNOWN: Final = numbers.niss(born_on=date(1991, 1, 9), is_female=False)
THEIRS: Final = numbers.niss(born_on=date(1990, 7, 3), is_female=True)
ACTOR: Final = system("tests")
_PEOPLE: Final = (
    (ANNE, "Anne", "Dubois", FIRM),
    (LUC, "Luc", "Vandermeulen", FIRM),
    (BIS, "Ewa", "Nowicka", FIRM),
    (THEIRS, "Ilse", "Secrète", OTHER),
)
_PLACES: Final = (
    (PLACE, FIRM, "4000", "Liège"),
    (EUPEN, FIRM, "4700", "Eupen"),
    (BRUSSELS, FIRM, "1000", "Bruxelles"),
    (ELSEWHERE_PLACE, OTHER, "9000", "Gent"),
)


def build(now: datetime = NOW) -> None:
    """Fill the registers; the clerk communicates for the firm and for another one."""
    with transaction(actor=ACTOR):
        names = ((FIRM, "Fonderie Meuse SRL"), (OTHER, "Andere BV"), (SECRETARIAT, "Secrétariat"))
        for number, name in names:
            record = EnterpriseRecord(
                number=number, name_fr=name, language="fr", onss_first_day=date(2010, 1, 1)
            )
            enterprises.register(enterprise=record, actor=ACTOR, now=now)
        for unit, firm, postcode, town in _PLACES:
            Establishment(
                number=unit, enterprise=Enterprise.objects.get(number=firm), name=town,
                street="Quai", house_number="1", postcode=postcode, municipality=town,
            ).save()  # fmt: skip
        for niss, given, family in ((CLERK, "Inès", "Delvaux"), (STRANGER, "Tom", "Sans-Droit")):
            persons.register(person=PersonRecord(niss, given, family), actor=ACTOR, now=now)
        for niss, given, family, firm in _PEOPLE:
            address = Address("Rue Haute", "1", "", "4000", "Liège", "BE")
            known = PersonRecord(niss, given, family, date(1985, 1, 1), "fr", address=address)
            persons.register(person=known, actor=ACTOR, now=now)
            works_for(firm, niss, now=now)
        for firm in (FIRM, OTHER):
            give_right(
                niss=CLERK, enterprise_number=firm, service="temporary_unemployment",
                first_day=date(2020, 1, 1), actor=ACTOR, now=now,
            )  # fmt: skip
        give_right(
            niss=STRANGER, enterprise_number=FIRM, service="dimona", first_day=date(2020, 1, 1),
            actor=ACTOR, now=now,
        )  # fmt: skip


def works_for(firm: str, niss: str, *, now: datetime = NOW) -> None:
    """A period at a firm, in the caller's transaction."""
    record = EmploymentRecord(
        niss=niss, employer=firm, joint_committee="111", worker_type="OTH",
        first_day=date(2015, 5, 12),
    )  # fmt: skip
    employments.declare(employment=record, actor=ACTOR, now=now)


def clerk(enterprise: str = FIRM) -> Client:
    """A browser in which the clerk is signed in."""
    return signed_in(CLERK, enterprise)


def sender(enterprise: str = FIRM, **other: Any) -> Sender:
    """The clerk on the portal."""
    return Sender(Actor("person", CLERK, enterprise), enterprise, **other)


def moment(day: str) -> datetime:
    """Eleven in the morning in Belgium, more or less, of a day."""
    return datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC)


def expected(now: datetime = NOW, **given: Any) -> Told:
    """A full suspension of Anne from 17 March to 13 April 2025, posted on the day it is told."""
    usual: dict[str, Any] = {
        "enterprise": FIRM, "establishment": PLACE, "postcode": "4000", "committee": "111",
        "channel": Channel.WEB, "posted_on": (now + timedelta(hours=2)).date(),
        "notice_kind": NoticeKind.POSTED, "first_day": date(2025, 3, 17),
        "last_day": date(2025, 4, 13), "regime": Regime.FULL, "no_subcontracting": True,
        "causes": "Orders fell by a third since January.", "lines": (Line(niss=ANNE),),
    }  # fmt: skip
    usual["reason"] = Reason.ECONOMIC
    said = Said(kind=Kind.EXPECTED, received_at=now, **usual | given)
    return Told(said=said, names=(Name("Dubois", "Anne"),))


def first_day(day: date, now: datetime, reason: Reason = Reason.ECONOMIC, **given: Any) -> Told:
    """The first effective day of Anne."""
    usual: dict[str, Any] = {
        "enterprise": FIRM, "establishment": PLACE, "postcode": "4000", "committee": "111",
        "lines": (Line(niss=ANNE, first_day=day),),
    }  # fmt: skip
    if reason is Reason.WEATHER:
        usual |= {
            "workplace": "Quai 1, 4000 Liège", "nature_of_work": "Bricklaying",
            "weather": "Frost", "why_impossible": "Mortar cannot set",
        }  # fmt: skip
    said = Said(kind=Kind.FIRST_DAY, reason=reason, received_at=now, **usual | given)
    return Told(said=said, names=(Name("Dubois", "Anne"),))


def sent(told: Told, *, by: Sender | None = None, **given: Any) -> Communication:
    """Received as it is, at the moment that it carries."""
    return operations.communicate(
        told=told, sender=by or sender(told.said.enterprise), now=told.said.received_at, **given
    )


def changed(told: Told, **given: Any) -> Told:
    """The same with other values in what the rules judge."""
    return replace(told, said=replace(told.said, **given))


def shut(last_day: date, number: str = PLACE) -> None:
    """An establishment of the firm closes after a day."""
    with transaction(actor=ACTOR):
        enterprises.close_establishment(number=number, last_day=last_day, actor=ACTOR, now=NOW)


def closed(day: date, kind: str = "bridge", establishment: str = "") -> None:
    """A bridge or replacement day of the firm."""
    with transaction(actor=ACTOR):
        ClosedDay(
            employer=Enterprise.objects.get(number=FIRM), establishment=establishment,
            day=day, kind=kind,
        ).save()  # fmt: skip
