"""User names of the personas, all with one password that everybody may know."""

from datetime import datetime
from typing import Final

from guichet.csam.codes import hashing
from guichet.csam.codes.models import Account
from guichet.csam.codes.registration import Chosen, is_taken, open_account
from guichet.demo import fixtures, people
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person

PASSWORD: Final = "GrandHibou=27"  # noqa: S105  # printed by `guichet demo personas`
USER_NAMES: Final = {
    people.AMINA.niss: "aminaroussel",
    people.SOFIE.niss: "sofieclaerhout",
    people.MARC.niss: "marcdelvaux",
    people.LUC.niss: "lucvandermeulen",
    people.EWA.niss: "ewanowicka",
    fixtures.WS: "fatimabouzid",
    people.INGE.niss: "ingedewachter",
    people.DENIS.niss: "denismarechal",
    people.HANNE.niss: "hannevercruysse",
    people.OTTO.niss: "ottolennertz",
    people.NADIA.niss: "nadialemmens",
    people.YVES.niss: "yveslambrecht",
    people.LEA.niss: "leamarchal",
    people.ODILE.niss: "odilerenard",
    people.KAREL.niss: "karelgoossens",
}
# Enrolled with an identity card; somebody with a BIS number, with a means of her own country.
_LEVEL: Final = 500
_LEVEL_ABROAD: Final = 400


def open_missing(*, now: datetime) -> int:
    """Open the accounts that are not there yet; how many. All have one digest: it costs a moment
    of the processor, and the password is no secret."""
    missing = {niss: name for niss, name in USER_NAMES.items() if not is_taken(name)}
    known = Person.objects.filter(niss__in=missing, replaced_by=None)
    if not known:
        return 0
    digest = hashing.digest(PASSWORD)
    with transaction():
        for person in known:
            name = missing[person.niss]
            _open(person, name, digest, now)
    return len(known)


def _open(person: Person, user_name: str, digest: str, now: datetime) -> Account:
    chosen = Chosen(
        email=f"{user_name}@example.org",
        phone="",
        language=person.language,
        user_name=user_name,
        password_hash=digest,
    )
    level = _LEVEL_ABROAD if person.niss == people.EWA.niss else _LEVEL
    return open_account(person=person, chosen=chosen, level=level, now=now)
