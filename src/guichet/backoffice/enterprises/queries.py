"""What the desk sees: its registrations, one of them, and who of the register may be the same."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from guichet.audit.actors import Actor
from guichet.backoffice.enterprises.models import Registration
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.niss import Niss
from guichet.registers.enterprises.queries import record_of
from guichet.registers.persons.queries import PersonRecord, of_name_and_birth
from guichet.rules.foreign_access import Role, Way, ways

# As many as one looks through; the number finds every other one.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Registered:
    """One registration as the desk sees it; ``niss``: eleven digits."""

    number: str
    name: str
    country: str
    vat_number: str
    address: str
    niss: str = field(repr=False)
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    language: str
    function: str
    person_is_new: bool
    registered_at: datetime
    ways: tuple[Way, ...]

    @property
    def shown_number(self) -> str:
        """``1990.000.020``."""
        return EnterpriseNumber.parse(self.number).formatted()

    @property
    def shown_niss(self) -> str:
        """With its dots and dash."""
        return Niss.parse(self.niss).formatted()


def registrations(*, actor: Actor) -> list[Registered]:
    """The latest registrations of this desk, the newest first."""
    rows = _of_desk(actor).order_by("-registered_at", "-pk")[:_MOST]
    return [_registered(row) for row in rows]


def registration(*, number: str, actor: Actor) -> Registered | None:
    """The registration of one enterprise at this desk, or None."""
    row = _of_desk(actor).filter(enterprise__number=number).first()
    return None if row is None else _registered(row)


def same_people(*, family_name: str, given_name: str, birth_date: date) -> tuple[PersonRecord, ...]:
    """People of the register with this family name and birth date, the same names first."""
    return of_name_and_birth(family_name=family_name, given_name=given_name, birth_date=birth_date)


def _of_desk(actor: Actor) -> QuerySet[Registration]:
    rows = Registration.objects.select_related("enterprise", "person")
    return rows.filter(desk__number=actor.enterprise or "")


def _registered(row: Registration) -> Registered:
    record = record_of(row.enterprise)
    return Registered(
        number=record.number,
        name=record.name(record.language),
        country=row.country,
        vat_number=row.vat_number,
        address=record.address.in_one_line(),
        niss=row.person.niss,
        given_name=row.person.given_name,
        family_name=row.person.family_name,
        language=row.person.language,
        function=row.function,
        person_is_new=row.person_is_new,
        registered_at=row.registered_at,
        ways=ways(
            role=Role.REPRESENTATIVE,
            card_country=row.card_country or None,
            means_country=row.means_country or None,
        ),
    )
