"""Filling the registers and the log for the demonstration.

The registers are filled once; the days up to now are added each time, so that a demonstration
that is started again tomorrow has something to show for today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import psycopg
from django.db import connection

from guichet.access.rights import give_right
from guichet.audit import trail
from guichet.audit.actors import system
from guichet.audit.models import Entry
from guichet.demo import days, fixtures, numbers, office, people
from guichet.demo.firms import DELVAUX, FIRMS, QUATRE_NUAGES, Firm
from guichet.demo.sites import COUNT, SOLE_TRADERS, Chain, Site
from guichet.demo.world import Worker, World, world
from guichet.eservices.presence import validation
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.presence_log import partitions, record
from guichet.presence_log.acts import NewAct
from guichet.registers.addresses import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.postings import operations as postings
from guichet.registers.postings.queries import PostingPlace, PostingRecord
from guichet.registers.works import operations as works
from guichet.registers.works.municipalities import by_postcode
from guichet.registers.works.queries import ContractRecord, SiteAddress, SiteRecord

ACTOR: Final = system("demo")
DAYS: Final = 21
_MARK: Final = "demo.registers.filled"
_PLAYED: Final = "demo.day.played"
_AT_ONCE: Final = 5_000

Progress = Callable[[str], None]


class NotEmpty(Exception):
    """The registers hold data that is not of the demonstration."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did; ``workers`` 0 when the registers were filled before."""

    workers: int
    acts: int


def load(*, today: date, now: datetime, say: Progress = lambda text: None) -> Loaded:
    """Fill the registers if they are empty, then add the presences that are missing.

    ``today``: the day around which a first load is built. Raises NotEmpty when the registers
    hold somebody else's data; nothing is changed then.
    """
    began = anchor()
    workers = 0
    if began is None:
        if Person.objects.exists():
            raise NotEmpty
        began = today
        workers = _fill(world(today), now, say)
    office.furnish(today=today, now=now)
    acts = _present(world(began), today, now, say)
    return Loaded(workers, acts)


def _played(today: date, now: datetime) -> frozenset[date]:
    """The days on which the story was or is played: those of each load."""
    entries = Entry.objects.filter(action=_PLAYED).values_list("target", flat=True)
    days_played = {date.fromisoformat(text) for text in entries}
    if today not in days_played:
        with transaction():
            trail.record(action=_PLAYED, actor=ACTOR, target=today.isoformat(), now=now)
    return frozenset({today, *days_played})


def anchor() -> date | None:
    """The day around which the registers were filled, or None."""
    entry = Entry.objects.filter(action=_MARK).order_by("id").last()
    return None if entry is None else date.fromisoformat(entry.target)


def _fill(whole: World, now: datetime, say: Progress) -> int:
    with transaction(actor=ACTOR):
        fixtures.load_fixtures(today=whole.today, now=now)
        say(f"{len(FIRMS)} employers")
        _enterprises(whole, now)
        workers = [worker for worker in whole.workers if worker.status != "fixture"]
        say(f"{len(workers):,} workers")
        persons.register_many(people=[*_people(workers)], actor=ACTOR, now=now)
        employments.declare_many(employments=[*_employments(workers)], actor=ACTOR, now=now)
        _self_employed(workers, now)
        say(f"{COUNT + len(fixtures.DECLARATIONS)} sites")
        for index, site in enumerate(whole.sites[:COUNT]):
            _site(index, site, now)
        _postings(workers, whole, now)
        _rights(whole.today, now)
        trail.record(action=_MARK, actor=ACTOR, target=whole.today.isoformat(), now=now)
    _exhaust(validation.revalidate_changed, now)
    return len(workers)


def _enterprises(whole: World, now: datetime) -> None:
    since = whole.today - timedelta(days=4_000)
    for index, firm in enumerate(FIRMS):
        enterprises.register(enterprise=_firm(index, firm, since), actor=ACTOR, now=now)
        if firm.kind == "temp_agency":
            enterprises.add_quality(
                number=numbers.enterprise(index),
                quality="temp_agency",
                first_day=since,
                actor=ACTOR,
                now=now,
            )


def _firm(index: int, firm: Firm, since: date) -> EnterpriseRecord:
    [seat, *_] = by_postcode(postcode=firm.seat)
    names = {firm.language: firm.name}
    if firm.second_name:
        names["nl" if firm.language == "fr" else "fr"] = firm.second_name
    street = {"nl": "Nijverheidslaan", "fr": "Rue de l\u2019Industrie"}.get(
        firm.language, "Industriestraße"
    )
    return EnterpriseRecord(
        number=numbers.enterprise(index),
        name_nl=names.get("nl", ""),
        name_fr=names.get("fr", ""),
        name_de=names.get("de", ""),
        language=firm.language,
        legal_form=firm.legal_form,
        onss_number=numbers.onss(index),
        onss_first_day=since,
        address=Address(street, str(2 * index + 1), "", firm.seat, seat.name(firm.language)),
    )


def _people(workers: list[Worker]) -> Iterator[PersonRecord]:
    for worker in workers:
        place = by_postcode(postcode=worker.postcode)
        address = Address(
            house_number=str(worker.index % 140 + 1),
            street="Dorpsstraat" if worker.language == "nl" else "Rue du Village",
            postcode=worker.postcode,
            municipality=place[0].name(worker.language) if place else "",
        )
        yield PersonRecord(
            niss=worker.niss,
            given_name=worker.given_name,
            family_name=worker.family_name,
            birth_date=worker.born_on,
            language=worker.language,
            address=address if place else Address(country="PL"),
        )
    for known in (people.SOFIE, people.MARC):
        yield PersonRecord(
            niss=known.niss,
            given_name=known.given_name,
            family_name=known.family_name,
            birth_date=known.born_on,
            language=known.language,
        )


def _employments(workers: list[Worker]) -> Iterator[EmploymentRecord]:
    for worker in workers:
        if worker.status == "employee":
            yield EmploymentRecord(
                niss=worker.niss,
                employer=worker.agency or worker.employer,
                joint_committee=worker.joint_committee,
                worker_type="OTH",
                first_day=worker.employed[0],
                last_day=worker.employed[1],
                user_enterprise=worker.employer if worker.agency else None,
                declared_at=_declared_at(worker),
            )


def _declared_at(worker: Worker) -> datetime:
    """The day before the work began, at nine; now and then two days late."""
    is_late = worker.index % 41 == 7
    day = worker.employed[0] + timedelta(days=2 if is_late else -1)
    return datetime.combine(day, time(9), clock.BRUSSELS)


def _self_employed(workers: list[Worker], now: datetime) -> None:
    for at, worker in enumerate(each for each in workers if each.status == "self_employed"):
        record_of_firm = EnterpriseRecord(
            number=SOLE_TRADERS[at],
            name_fr=f"{worker.given_name} {worker.family_name}",
            language="fr",
            address=Address("Place du Marché", str(at + 1), "", "1000", "Bruxelles"),
        )
        enterprises.register(enterprise=record_of_firm, actor=ACTOR, now=now)
        _function(SOLE_TRADERS[at], worker.niss, "self_employed", worker.employed[0], now)


def _function(number: str, niss: str, function: str, first_day: date, now: datetime) -> None:
    enterprises.add_function(
        number=number, niss=niss, function=function, first_day=first_day, actor=ACTOR, now=now
    )


def _site(index: int, site: Site, now: datetime) -> None:
    address = Address(
        site.street, site.house_number, "", site.postcode, site.place.name(site.language)
    )
    works.declare_site(
        site=SiteRecord(
            reference=site.reference,
            name=site.name,
            activity=site.activity,
            sector=1,
            is_obliged=site.is_obliged,
            principal_name=f"{site.name} ASBL/VZW",
            language=site.language,
            addresses=(SiteAddress(address, site.place.nis_code, site.longitude, site.latitude),),
        ),
        actor=ACTOR,
        now=now,
    )
    works.declare_contract(
        reference=site.reference,
        contract=ContractRecord(
            declaration_number=numbers.declaration(index),
            declarant=numbers.enterprise(site.declarant),
            total_cost_cents=site.cents,
            first_day=site.first_day,
            last_day=site.last_day,
            signed_on=site.first_day - timedelta(days=20),
        ),
        actor=ACTOR,
        now=now,
    )
    ids: list[int] = []
    for link in site.chain:
        ids.append(_link(index, site, link, ids, now))


def _link(index: int, site: Site, link: Chain, ids: list[int], now: datetime) -> int:
    return works.add_intervention(
        declaration_number=numbers.declaration(index),
        enterprise=link.number,
        foreign_vat_number=link.foreign_vat_number,
        employed_by=None if link.above is None else ids[link.above],
        first_day=site.first_day,
        last_day=link.last_day or site.last_day,
        actor=ACTOR,
        now=now,
    )


def _postings(workers: list[Worker], whole: World, now: datetime) -> None:
    for at, worker in enumerate(each for each in workers if each.status == "posted"):
        site = whole.sites[worker.sites[0]]
        first_day, last_day = worker.employed
        posting = PostingRecord(
            number=numbers.limosa(at),
            niss=worker.niss,
            first_day=first_day,
            last_day=last_day or whole.today,
            foreign_vat_number=worker.employer,
            client=numbers.enterprise(site.declarant),
            places=(PostingPlace(kind="site", works_reference=site.reference),),
        )
        postings.declare(posting=posting, actor=ACTOR, now=now)


def _rights(today: date, now: datetime) -> None:
    since = today - timedelta(days=700)
    _function(numbers.enterprise(DELVAUX), people.MARC.niss, "manager", since, now)
    _function(numbers.enterprise(QUATRE_NUAGES), people.SOFIE.niss, "director", since, now)
    for known, firm in ((people.SOFIE, QUATRE_NUAGES), (people.MARC, DELVAUX)):
        for service in ("presence", "chaman"):
            give_right(
                niss=known.niss,
                enterprise_number=numbers.enterprise(firm),
                service=service,
                first_day=since,
                actor=ACTOR,
                now=now,
            )


def _present(whole: World, today: date, now: datetime, say: Progress) -> int:
    """The acts of the last three weeks that are not there yet, each day validated at its end."""
    first_day = today - timedelta(days=DAYS - 1)
    with _plain() as plain:
        partitions.ensure_months(connection=plain, first_day=first_day, last_day=today)
    latest, played = _latest(first_day), _played(today, now)
    count = 0
    for back in range(DAYS, -1, -1):  # the night shift of the day before the first ends on it
        day = today - timedelta(days=back)
        acts = [
            act
            for act in days.acts(whole, day, played=played)
            if (latest is None or act.received_at > latest)
            and act.received_at <= now
            and clock.today(act.occurred_at) >= first_day
        ]
        _record(acts)
        if acts:
            count += len(acts)
            _exhaust(validation.validate_pending, min(now, _end_of(day)))
            _exhaust(validation.review_never_closed, min(now, _end_of(day)))
            say(f"{day.isoformat()}: {len(acts):,} acts")
    return count


def _record(acts: list[NewAct]) -> None:
    with _plain() as plain:
        for at in range(0, len(acts), _AT_ONCE):
            chunk = acts[at : at + _AT_ONCE]
            record.number_from(connection=plain, acts=chunk)
            record.record(connection=plain, acts=chunk)


def _latest(first_day: date) -> datetime | None:
    """When the newest act of the demonstration's phones was received; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(received_at) FROM presence_act WHERE occurred_at >= %s AND sender IS NULL",
            [datetime.combine(first_day, time(), clock.BRUSSELS)],
        )
        [latest] = cursor.fetchone() or (None,)
    return latest if isinstance(latest, datetime) else None


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(6), clock.BRUSSELS)


def _exhaust(batch: Callable[..., validation.Outcome], now: datetime) -> None:
    while batch(now=now).more:
        pass


@contextmanager
def _plain() -> Iterator[psycopg.Connection[Any]]:
    """Django's connection as the log knows it: psycopg's, in a transaction of its own."""
    with transaction():
        plain = connection.connection
        if not isinstance(plain, psycopg.Connection):
            raise TypeError("the log is written through psycopg")
        yield plain
