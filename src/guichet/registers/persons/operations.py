"""Changing the register of persons, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.platform.changes import Touched, record_change, record_changes
from guichet.platform.models import ChangeKind
from guichet.registers.changing import Outcome, RegisterRefused, bring_up_to_date, changing
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord, current_number
from guichet.registers.sorting import sort_key

REFUSALS: Final[Mapping[str, str | Promise]] = {
    "niss_invalid": _("This is not a valid national number or BIS number."),
    "person_unknown": _("The register of persons does not know this number."),
    "persons_person_niss_unique": _("The register knows this number already."),
    "name_missing": _("A person needs a family name."),
    "replacement_circular": _("A number cannot be replaced by itself or by its own predecessor."),
    "already_replaced": _("This number was replaced before, by another one."),
    "persons_person_language_known": _("The language is nl, fr, de or en."),
    "persons_person_country_well_formed": _("The country is two capital letters."),
}


def register(*, person: PersonRecord, actor: Actor, now: datetime) -> Outcome:
    """Add a person, or bring what the register holds up to date.

    A ``replaced_by`` that is given is carried out; absent, an earlier replacement stays.
    Raises RegisterRefused (``niss_invalid``, ``name_missing``, ``person_unknown`` for an unknown
    replacement, or the name of a constraint).
    """
    niss, columns = _niss(person.niss), _columns(person)
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = Person.objects.select_for_update().filter(niss=niss).first()
        if row is None:
            Person.objects.create(niss=niss, **columns)
            outcome = Outcome.ADDED
        else:
            outcome = bring_up_to_date(row, columns)
        if person.replaced_by is not None and _replace(niss, _niss(person.replaced_by)):
            outcome = Outcome.CHANGED if outcome is Outcome.UNCHANGED else outcome
        if outcome is not Outcome.UNCHANGED:
            _note(f"registers.person.{outcome}", niss, actor, now)
    return outcome


def register_many(*, people: Sequence[PersonRecord], actor: Actor, now: datetime) -> None:
    """Add many persons whom the register does not know, all or none, with one line of trail.

    ``replaced_by`` is not carried out. Raises RegisterRefused as ``register``, and
    ``persons_person_niss_unique`` when one of them is known.
    """
    rows = [Person(niss=_niss(person.niss), **_columns(person)) for person in people]
    with changing(actor=actor, now=now, refusals=REFUSALS):
        Person.objects.bulk_create(rows, batch_size=1_000)
        trail.record(
            action="registers.person.addedInBulk",
            actor=actor,
            target="persons",
            now=now,
            detail={"count": len(rows)},
        )
        record_changes((Touched(ChangeKind.PERSON, niss=row.niss) for row in rows), now=now)


def replace_number(*, old: str, new: str, actor: Actor, now: datetime) -> None:
    """Let ``new`` take the place of ``old`` (a NISS that of a BIS number); both are known.

    Raises RegisterRefused (``niss_invalid``, ``person_unknown``, ``already_replaced``,
    ``replacement_circular``). Repeating the same replacement changes nothing.
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        if _replace(_niss(old), _niss(new)):
            _note("registers.person.replaced", old, actor, now)
            record_change(kind=ChangeKind.PERSON, niss=new, now=now)


def _columns(person: PersonRecord) -> dict[str, Any]:
    if not person.family_name.strip():
        raise _refused("name_missing")
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "sort_key": sort_key(person.family_name, person.given_name),
        "birth_date": person.birth_date,
        "language": person.language,
        "email": person.email,
        **person.address.as_columns(),
    }


def _replace(old: str, new: str) -> bool:
    rows = {row.niss: row for row in Person.objects.select_for_update().filter(niss__in=[old, new])}
    if old not in rows or new not in rows:
        raise _refused("person_unknown")
    if rows[old].replaced_by_id == rows[new].id:
        return False
    if rows[old].replaced_by_id is not None:
        raise _refused("already_replaced")
    if current_number(niss=new) == old:
        raise _refused("replacement_circular")
    rows[old].replaced_by = rows[new]
    rows[old].save(update_fields=["replaced_by"])
    return True


def _note(action: str, niss: str, actor: Actor, now: datetime) -> None:
    trail.record(action=action, actor=actor, target=niss, now=now)
    record_change(kind=ChangeKind.PERSON, niss=niss, now=now)


def _niss(text: str) -> str:
    try:
        return Niss.parse(text).digits
    except InvalidNiss:
        raise _refused("niss_invalid") from None


def _refused(code: str) -> RegisterRefused:
    return RegisterRefused(code, REFUSALS[code])
