"""Whose number stands behind what a provider outside says.

itsme knows the number. For eIDAS a table links the identifier of the home country to a person; the
first time there is no link: a BIS number is created, or the person shows that he has one by
giving it, and names and birth date of the register are those of the home country.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.csam.keys import sealing
from guichet.csam.outside import numbers
from guichet.csam.outside.models import EidasLink
from guichet.csam.outside.port import Assertion, NotIdentified
from guichet.csam.provider.logins import Identified
from guichet.csam.provider.models import Login
from guichet.kernel.niss import InvalidNiss, Niss, Sex
from guichet.platform import clock, throttle
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord, current_number
from guichet.registers.sorting import sort_key
from guichet.rules.assurance import Means, level_reached
from guichet.rules.foreign_access import (
    BELGIUM,
    EIDAS_COUNTRIES,
    Role,
    is_eidas_level,
    itsme_countries,
)

CLAIMS_AN_HOUR: Final = 5
CREATED_AN_HOUR: Final = 20
AMR: Final = {Means.ITSME: ("bmid",), Means.EIDAS: ("eidas",)}
_ACTOR: Final = system("csam.eidas")
_KEY: Final = "eidas"


class NotMatched(Exception):
    """The number given is not that of the person of the assertion; it does not say why."""


class NothingPending(Exception):
    """No country has identified anybody in this sign-in who still needs a number."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Identified abroad, unknown here so far."""

    assertion: Assertion


def judge(
    *, login: Login, assertion: Assertion, now: datetime
) -> Identified | Unmatched | NotIdentified:
    """What an assertion is worth here: somebody, somebody new, or nobody for a reason."""
    if assertion.means is Means.ITSME:
        role = role_of(login=login, niss=assertion.niss, now=now)
        if assertion.country not in itsme_countries(role):
            return NotIdentified("card_country")
        return _identified(assertion, assertion.niss)
    if assertion.country not in EIDAS_COUNTRIES or not is_eidas_level(assertion.level):
        return NotIdentified("level")
    link = _links(assertion).select_related("person").first()
    if link is None:
        return Unmatched(assertion)
    return _identified(assertion, current_number(niss=link.person.niss))


def role_of(*, login: Login, niss: str, now: datetime) -> Role:
    """For what somebody signs in: the representative of an enterprise abroad, or a worker."""
    if login.context != "enterprise":
        return Role.WORKER
    functions = enterprises.functions_of(niss=niss, on=clock.today(now))
    found = (enterprises.enterprise(number=one.enterprise_number) for one in functions)
    is_abroad = any(one is not None and one.address.country != BELGIUM for one in found)
    return Role.REPRESENTATIVE if is_abroad else Role.WORKER


# --- the first time -------------------------------------------------------------------------------


def keep(session: SessionBase, *, login: Login, assertion: Assertion) -> None:
    """Hold what the country said until the person has given his e-mail and telephone."""
    plain = asdict(assertion) | {"born_on": str(assertion.born_on)}
    session[_KEY] = {"login": login.pk, "assertion": json.dumps(plain)}


def pending(session: SessionBase, *, login: Login) -> Assertion:
    """What a country said in this sign-in; raises NothingPending."""
    place = session.get(_KEY) or {}
    if place.get("login") != login.pk:
        raise NothingPending
    kept = json.loads(place["assertion"])
    return Assertion(
        **kept
        | {
            "means": Means(kept["means"]),
            "born_on": date.fromisoformat(kept["born_on"]),
            "sex": Sex(kept["sex"]) if kept["sex"] else None,
        }
    )


def forget(session: SessionBase) -> None:
    """The sign-in goes on: nothing of it is held any more."""
    session.pop(_KEY, None)


def create(
    *, assertion: Assertion, email: str, phone: str, language: str, source: str, now: datetime
) -> str:
    """Create a BIS number for somebody new and link him to it; the number.

    Somebody quicker in another window wins: the number is then the one of his link.
    Raises Throttled after too many from ``source`` (an address), numbers.NoIssuer,
    CountersExhausted, NoSuchBirthDate, RegisterRefused.
    """
    throttle.hit(key=f"csam.eidas.create:{source}", limit=CREATED_AN_HOUR, seconds=3600, now=now)
    record = PersonRecord(
        niss="",
        given_name=assertion.given_name,
        family_name=assertion.family_name,
        language=language,
        email=email,
        address=Address(country=assertion.country),
    )
    with transaction(), acting(_ACTOR, now=now):
        numbers.one_at_a_time()
        link = _links(assertion).select_related("person").first()
        if link is not None:
            return link.person.niss
        niss = numbers.give_number(
            person=record, born_on=_born_on(assertion), sex=assertion.sex, actor=_ACTOR, now=now
        )
        person = Person.objects.get(niss=niss)
        _link(assertion, person, how="created", phone=phone, actor=_ACTOR, now=now)
    return niss


def claim(*, assertion: Assertion, number: str, phone: str, now: datetime) -> str:
    """Link somebody to the number that he says he has; the number now valid.

    Raises NotMatched, with the same line in the trail for an unknown number and for another
    person's; throttle.Throttled after too many.
    """
    key = f"csam.eidas.claim:{_digest(assertion)}"
    throttle.hit(key=key, limit=CLAIMS_AN_HOUR, seconds=3600, now=now)
    person = _claimed(assertion, number)
    if person is None:
        trail.record_refusal(
            action="csam.eidas.notMatched",
            actor=_ACTOR,
            target=f"country/{assertion.country}",
            now=now,
            reason="number, names and birth date do not go together",
        )
        raise NotMatched
    actor = Actor(kind="person", id=person.niss)
    with transaction(), acting(actor, now=now):
        numbers.one_at_a_time()
        link = _links(assertion).select_related("person").first()
        if link is None:
            _link(assertion, person, how="matched", phone=phone, actor=actor, now=now)
        elif link.person_id != person.pk:
            raise NotMatched
    return person.niss


def _claimed(assertion: Assertion, number: str) -> Person | None:
    try:
        digits = Niss.parse(number).digits
    except InvalidNiss:
        return None
    person = Person.objects.filter(niss=current_number(niss=digits), replaced_by=None).first()
    names = sort_key(assertion.family_name, assertion.given_name)
    if person is None or person.birth_date is None:
        return None
    is_same = person.sort_key == names and person.birth_date == assertion.born_on
    return person if is_same else None


def _link(
    assertion: Assertion, person: Person, *, how: str, phone: str, actor: Actor, now: datetime
) -> None:
    link = EidasLink.objects.create(
        country=assertion.country,
        identifier=_digest(assertion),
        person=person,
        how=how,
        phone=phone,
        linked_at=now,
    )
    trail.record(
        action=f"csam.eidas.{how}",
        actor=actor,
        target=f"eidasLink/{link.pk}",
        now=now,
        detail={"country": assertion.country, "person": person.pk},
    )


def _links(assertion: Assertion) -> QuerySet[EidasLink]:
    return EidasLink.objects.filter(country=assertion.country, identifier=_digest(assertion))


def _digest(assertion: Assertion) -> str:
    return sealing.digest(assertion.identifier, purpose=f"eidas {assertion.country}")


def _born_on(assertion: Assertion) -> date:
    if assertion.born_on is None:
        raise NothingPending
    return assertion.born_on


def _identified(assertion: Assertion, niss: str) -> Identified:
    return Identified(
        niss=niss,
        level=level_reached(means=assertion.means, enrolled_at=[assertion.level]),
        means=assertion.means,
        amr=AMR[assertion.means],
        given_name=assertion.given_name,
        family_name=assertion.family_name,
    )
