"""Registering an enterprise established abroad together with the person who represents it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.backoffice.enterprises import issuing
from guichet.backoffice.enterprises.models import Registration
from guichet.csam.outside import numbers
from guichet.kernel.niss import Sex
from guichet.platform import clock
from guichet.platform.db import savepoint, transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord

_VAT_ONCE: Final = "backoffice_registration_vat_number_once"


class AlreadyRegistered(Exception):
    """An enterprise with this VAT number was registered before."""


class UnknownPerson(Exception):
    """The register does not know the person under this number."""


@dataclass(frozen=True, slots=True, repr=False)
class Representative:
    """Who represents the enterprise: a person of the register (``niss``), or somebody new."""

    given_name: str
    family_name: str
    birth_date: date
    sex: Sex | None
    nationality: str
    language: str
    email: str
    function: str
    card_country: str
    means_country: str
    niss: str = ""


@dataclass(frozen=True, slots=True)
class ForeignEnterprise:
    """An enterprise as its papers show it; ``vat_number``: without blanks, or empty."""

    name: str
    country: str
    vat_number: str
    address: Address
    language: str
    representative: Representative = field(repr=False)


def register(*, wanted: ForeignEnterprise, actor: Actor, now: datetime) -> str:
    """Give the enterprise its number and, when he has none, its representative his.

    The number of the enterprise. ``actor``: the agent, for his desk. Raises AlreadyRegistered,
    UnknownPerson, issuing.NoIssuer, issuing.NumbersExhausted, RegisterRefused, and what
    `numbers.give_number` raises; nothing is stored then.
    """
    someone = wanted.representative
    with transaction(), acting(actor, now=now):
        niss = someone.niss or _new_person(someone, actor, now)
        person = Person.objects.filter(niss=niss, replaced_by=None).first()
        if person is None:
            raise UnknownPerson
        number = _new_enterprise(wanted, actor, now)
        enterprises.add_function(
            number=number,
            niss=niss,
            function=someone.function,
            first_day=clock.today(now),
            actor=actor,
            now=now,
        )
        _keep(wanted, number=number, person=person, actor=actor, now=now)
        trail.record(
            action="enterprises.foreignRegistered",
            actor=actor,
            target=number,
            now=now,
            detail={"person": person.pk, "personCreated": not someone.niss},
        )
    return number


def _new_person(someone: Representative, actor: Actor, now: datetime) -> str:
    record = PersonRecord(
        niss="",
        given_name=someone.given_name,
        family_name=someone.family_name,
        language=someone.language,
        email=someone.email,
        address=Address(country=someone.nationality),
    )
    return numbers.give_number(
        person=record, born_on=someone.birth_date, sex=someone.sex, actor=actor, now=now
    )


def _new_enterprise(wanted: ForeignEnterprise, actor: Actor, now: datetime) -> str:
    number = issuing.issuer().issue(
        name=wanted.name, country=wanted.country, vat_number=wanted.vat_number
    )
    record = EnterpriseRecord(
        number=number.digits,
        name_nl=wanted.name if wanted.language == "nl" else "",
        name_fr=wanted.name if wanted.language == "fr" else "",
        name_de=wanted.name if wanted.language == "de" else "",
        name_en=wanted.name if wanted.language == "en" else "",
        language=wanted.language,
        address=wanted.address,
    )
    enterprises.register(enterprise=record, actor=actor, now=now)
    return number.digits


def _keep(
    wanted: ForeignEnterprise, *, number: str, person: Person, actor: Actor, now: datetime
) -> None:
    someone = wanted.representative
    try:
        with savepoint():
            Registration.objects.create(
                enterprise=Enterprise.objects.get(number=number),
                person=person,
                desk=Enterprise.objects.get(number=actor.enterprise),
                agent=Person.objects.get(niss=actor.id),
                country=wanted.country,
                vat_number=wanted.vat_number,
                function=someone.function,
                card_country=someone.card_country,
                means_country=someone.means_country,
                person_is_new=not someone.niss,
                registered_at=now,
            )
    except IntegrityError as broken:
        if _VAT_ONCE not in str(broken):
            raise
        raise AlreadyRegistered from None
