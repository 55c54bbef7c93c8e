"""The small world of the acceptance scenarios: a few workers, three employers, four sites.

The numbers satisfy their checks and belong to nobody. ``load_fixtures`` goes through the
operations of the registers, as everybody else does, and may be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.transaction import atomic

from guichet.audit.actors import system
from guichet.demo import numbers
from guichet.registers.addresses import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord, periods_of
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord, functions
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.postings import operations as postings
from guichet.registers.postings.queries import PostingPlace, PostingRecord
from guichet.registers.works import operations as works
from guichet.registers.works.queries import (
    ContractRecord,
    SiteAddress,
    SiteRecord,
    contract,
)

ACTOR: Final = system("fixtures")

W1: Final = "85073100130"  # Dimona at E1
W2: Final = "01020312444"  # Dimona at E2
W3: Final = numbers.niss(born_on=date(1988, 2, 19), is_female=False)  # Dimona at E3
WB: Final = "90451207722"  # BIS, posted under LIMOSA
WS: Final = numbers.niss(born_on=date(1975, 9, 4), is_female=True)  # self-employed: E4 is hers
E1: Final = "0712345630"  # declarant of every site
E2: Final = "0876543270"  # subcontractor of E1 on S1 and S2
E3: Final = "1000000120"  # in no chain
E4: Final = numbers.enterprise(9_999)  # one person, subcontractor of E2 on S1
S1: Final = "1Y103CF8203SZ"  # cleaning, obliged, with a point
S2: Final = "1Y103CF8204TZ"  # construction, 620,000 euro, obliged
S3: Final = "1Y103CFZGY9WZ"  # construction, 480,000 euro, not obliged
S4: Final = numbers.works_reference(9_999)  # cleaning, obliged; another place for moves
LIMOSA: Final = "24900000000000093"
FOREIGN_VAT: Final = "PL0000000000"

S1_POINT: Final = (4.3571, 50.8466)  # longitude, latitude
S2_POINT: Final = (3.7250, 51.0536)
S3_POINT: Final = (6.0290, 50.6290)
S4_POINT: Final = (4.4446, 50.4114)


@dataclass(frozen=True, slots=True)
class Fixtures:
    """What a test cannot know beforehand; the numbers are the constants of this module.

    ``e2_at_s1``, ``e4_at_s1``, ``e2_at_s2``: ids of interventions; ``dimona``: the Dimona number
    of each worker; ``declarations``: the declaration number of each site.
    """

    e2_at_s1: int
    e4_at_s1: int
    e2_at_s2: int
    dimona: dict[str, int]
    declarations: dict[str, str]
    first_day: date
    last_day: date


def load_fixtures(*, today: date, now: datetime) -> Fixtures:
    """Put the small world into the registers, around ``today``: contracts run from 60 days
    before to 300 days after, employments since 400 days without end."""
    first_day, last_day = today - timedelta(days=60), today + timedelta(days=300)
    with atomic():
        _persons(now)
        _enterprises(today, now)
        dimona = _employments(today, now)
        chain = _works(first_day, last_day, now)
        _postings(first_day, last_day, now)
    return Fixtures(
        e2_at_s1=chain[S1, E2],
        e4_at_s1=chain[S1, E4],
        e2_at_s2=chain[S2, E2],
        dimona=dimona,
        declarations=DECLARATIONS,
        first_day=first_day,
        last_day=last_day,
    )


_PERSONS: Final = (
    PersonRecord(W1, "Karim", "Lemaire", date(1985, 7, 31), "fr"),
    PersonRecord(W2, "Lotte", "Claes", date(2001, 2, 3), "nl"),
    PersonRecord(W3, "Jürgen", "Heinen", date(1988, 2, 19), "de"),
    PersonRecord(WB, "Marek", "Zieliński", date(1990, 5, 12), "en"),
    PersonRecord(WS, "Fatima", "Bouzid-Maes", date(1975, 9, 4), "fr"),
)

_ENTERPRISES: Final = (
    EnterpriseRecord(
        E1,
        name_fr="Cristal du Bocq Nettoyage",
        name_nl="Cristal du Bocq Schoonmaak",
        language="fr",
        address=Address("Rue du Moulin à Eau", "14", "", "5000", "Namur"),
    ),
    EnterpriseRecord(
        E2,
        name_nl="Zilvermeeuw Gebouwendienst",
        language="nl",
        address=Address("Kraanvogelstraat", "8", "", "9000", "Gent"),
    ),
    EnterpriseRecord(
        E3,
        name_de="Weiße Tanne Gebäudepflege",
        language="de",
        address=Address("Am Tannenhang", "21", "", "4700", "Eupen"),
    ),
    EnterpriseRecord(
        E4,
        name_fr="Bouzid-Maes Vitrerie",
        language="fr",
        address=Address("Rue des Trois Verriers", "3", "", "5100", "Namur"),
    ),
)

_EMPLOYMENTS: Final = ((W1, E1), (W2, E2), (W3, E3))

DECLARATIONS: Final = {
    reference: numbers.declaration(9_990 + at) for at, reference in enumerate((S1, S2, S3, S4))
}

_SITES: Final = (
    (
        SiteRecord(S1, "Résidence du Vieux-Saule", "cleaning", 1, is_obliged=True, language="fr"),
        SiteAddress(
            Address("Rue du Vieux-Saule", "4", "", "1000", "Bruxelles"), "21004", *S1_POINT
        ),
        4_800_000,
        8,
    ),
    (
        SiteRecord(S2, "Campus De Wulp", "construction", 1, is_obliged=True, language="nl"),
        SiteAddress(Address("Wulpenkaai", "52", "", "9000", "Gent"), "44021", *S2_POINT),
        62_000_000,
        1,
    ),
    (
        SiteRecord(S3, "Tannenhang-Siedlung", "construction", 1, is_obliged=False, language="de"),
        SiteAddress(Address("Am Tannenhang", "40", "", "4700", "Eupen"), "63023", *S3_POINT),
        48_000_000,
        4,
    ),
    (
        SiteRecord(
            S4, "Atelier des Trois-Fontaines", "cleaning", 1, is_obliged=True, language="fr"
        ),
        SiteAddress(
            Address("Quai des Trois-Fontaines", "1", "", "6000", "Charleroi"), "52011", *S4_POINT
        ),
        3_600_000,
        8,
    ),
)


def _persons(now: datetime) -> None:
    for person in _PERSONS:
        persons.register(person=person, actor=ACTOR, now=now)


def _enterprises(today: date, now: datetime) -> None:
    since = today - timedelta(days=3_000)
    for at, record in enumerate(_ENTERPRISES):
        is_employer = record.number != E4
        row = EnterpriseRecord(
            number=record.number,
            name_nl=record.name_nl,
            name_fr=record.name_fr,
            name_de=record.name_de,
            language=record.language,
            legal_form="610",
            onss_number=numbers.onss(9_990 + at) if is_employer else "",
            onss_first_day=since if is_employer else None,
            address=record.address,
        )
        enterprises.register(enterprise=row, actor=ACTOR, now=now)
    if not functions(number=E4):
        enterprises.add_function(
            number=E4,
            niss=WS,
            function="self_employed",
            first_day=since,
            actor=ACTOR,
            now=now,
        )


def _employments(today: date, now: datetime) -> dict[str, int]:
    dimona = {}
    for niss, employer in _EMPLOYMENTS:
        standing = periods_of(niss=niss, employer=employer)
        if standing and standing[0].dimona_id is not None:
            dimona[niss] = standing[0].dimona_id
            continue
        record = EmploymentRecord(
            niss=niss,
            employer=employer,
            joint_committee="121",
            worker_type="OTH",
            first_day=today - timedelta(days=400),
        )
        dimona[niss] = employments.declare(employment=record, actor=ACTOR, now=now)
    return dimona


def _works(first_day: date, last_day: date, now: datetime) -> dict[tuple[str, str], int]:
    for site, address, cents, work_type in _SITES:
        declared = SiteRecord(
            reference=site.reference,
            name=site.name,
            activity=site.activity,
            sector=site.sector,
            is_obliged=site.is_obliged,
            principal_name=f"{site.name} VZW/ASBL",
            language=site.language,
            addresses=(address,),
        )
        works.declare_site(site=declared, actor=ACTOR, now=now)
        works.declare_contract(
            reference=site.reference,
            contract=ContractRecord(
                declaration_number=DECLARATIONS[site.reference],
                declarant=E1,
                total_cost_cents=cents,
                first_day=first_day,
                last_day=last_day,
                signed_on=first_day - timedelta(days=14),
                work_type=work_type,
            ),
            actor=ACTOR,
            now=now,
        )
    days = (first_day, last_day)
    e2_at_s1 = _intervention(S1, E2, None, days, now)
    return {
        (S1, E2): e2_at_s1,
        (S1, E4): _intervention(S1, E4, e2_at_s1, days, now),
        (S2, E2): _intervention(S2, E2, None, days, now),
    }


def _intervention(
    reference: str,
    enterprise: str,
    employed_by: int | None,
    days: tuple[date, date],
    now: datetime,
) -> int:
    declared = contract(declaration_number=DECLARATIONS[reference])
    for standing in declared.interventions if declared else ():
        if standing.enterprise == enterprise:
            return standing.id
    return works.add_intervention(
        declaration_number=DECLARATIONS[reference],
        enterprise=enterprise,
        employed_by=employed_by,
        first_day=days[0],
        last_day=days[1],
        actor=ACTOR,
        now=now,
    )


def _postings(first_day: date, last_day: date, now: datetime) -> None:
    record = PostingRecord(
        number=LIMOSA,
        niss=WB,
        first_day=first_day,
        last_day=last_day,
        foreign_vat_number=FOREIGN_VAT,
        client=E1,
        places=(PostingPlace(kind="site", works_reference=S1),),
    )
    postings.declare(posting=record, actor=ACTOR, now=now)
