"""Who a message is about: the numbers and descriptions of employer, worker and user, as given.

Lengths and obligations: glossary of the social-security office, version 2023/3, blocks 90256,
90017 and 90022. Which members make an identity whole is ours: those that Sigedis needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.kernel.onss import InvalidOnssNumber, OnssNumber
from guichet.rules.dimona.message import Address, Employer, Identity, Message, Worker

OLDEST: Final = 120
_LONGEST: Final[Mapping[str, int]] = {
    "00025": 48,
    "00026": 24,
    "00168": 40,
    "00030": 35,
    "00031": 10,
    "00032": 4,
    "00033": 9,
    "00034": 40,
    "00517": 42,
    "00518": 10,
    "00519": 4,
    "00520": 9,
    "00522": 40,
    "00523": 3,
}
_PROVISIONAL_FROM: Final = 5_000_000_000


def employer_zone(employer: Employer) -> str:
    """The zone of the number by which a message names the employer."""
    if employer.onss_number is None:
        return "00014"
    return "00948" if employer.onss_number >= _PROVISIONAL_FROM else "00011"


def employer_faults(employer: Employer) -> list[str]:
    """Exactly one number, and one that can exist."""
    if bool(employer.enterprise_number) is (employer.onss_number is not None):
        return ["90256-364"]
    zone = employer_zone(employer)
    is_good = (
        is_enterprise(employer.enterprise_number)
        if employer.onss_number is None
        else _is_onss(employer.onss_number)
    )
    return [] if is_good else [f"{zone}-003"]


def worker_faults(worker: Worker, *, today: date) -> list[str]:
    """A number that can exist, or a whole identity; what is said of the person is well formed."""
    found = [] if worker.identity is None else _identity_faults(worker.identity, today)
    if worker.ssin:
        return found if number_of(worker) else ["00024-003", *found]
    if worker.identity is None or not _is_whole(worker.identity):
        return ["90017-363", *found]
    return found


def number_of(worker: Worker) -> str:
    """The eleven digits of the number given, or nothing when it cannot be one."""
    try:
        return Niss.parse(worker.ssin).digits
    except InvalidNiss:
        return ""


def is_enterprise(text: str) -> bool:
    """Whether a text is an enterprise number."""
    try:
        EnterpriseNumber.parse(text)
    except InvalidEnterpriseNumber:
        return False
    return True


def address_faults(address: Address | None, *, is_needed: bool) -> list[str]:
    """What is wrong with an address that must be whole, or must not be there at all."""
    given = _address_zones(address or Address())
    if not is_needed:
        return [f"{zone}-005" for zone, text in given.items() if text]
    found = [f"{zone}-001" for zone, text in given.items() if not text and zone != "00519"]
    found += _too_long(given)
    if address and address.country is not None and not is_country(address.country):
        found.append("00523-003")
    return list(dict.fromkeys(found))


def is_country(code: int) -> bool:
    """Whether a code is one of the national statistics: three digits."""
    return 100 <= code <= 999


def reference_faults(message: Message) -> list[str]:
    """At most one reference of a type, of a known type, with 1 to 20 signs."""
    found = []
    for reference in message.references:
        if reference.type not in ("1", "6", "7", "8"):
            found.append("00221-003")
        if not reference.number:
            found.append("00222-001")
        elif len(reference.number) > 20:
            found.append("00222-003")
    types = [reference.type for reference in message.references]
    if len(types) != len(set(types)):
        found.append("90082-006")
    return found


def _is_onss(number: int) -> bool:
    try:
        OnssNumber.parse(str(number))
    except InvalidOnssNumber:
        return False
    return True


def _is_whole(identity: Identity) -> bool:
    texts = (
        identity.family_name,
        identity.given_name,
        identity.birth_date,
        identity.birth_place,
        identity.sex,
    )
    codes = (identity.birth_country, identity.nationality)
    return all(texts) and all(code is not None for code in codes)


def _identity_faults(identity: Identity, today: date) -> list[str]:
    address = identity.address
    texts = {
        "00025": identity.family_name,
        "00026": identity.given_name,
        "00168": identity.birth_place,
        "00030": address.street,
        "00031": address.house_number,
        "00032": address.box_number,
        "00033": address.postcode,
        "00034": address.municipality,
    }
    found = _too_long(texts)
    if identity.initial and not (len(identity.initial) == 1 and identity.initial.isalpha()):
        found.append("00027-003")
    if identity.birth_date and not is_birth_date(identity.birth_date, today=today):
        found.append("00028-003")
    if identity.sex and identity.sex not in ("1", "2"):
        found.append("00029-003")
    codes = {
        "00035": address.country,
        "00119": identity.nationality,
        "00169": identity.birth_country,
    }
    found += [
        f"{zone}-003" for zone, code in codes.items() if code is not None and not is_country(code)
    ]
    return found


def is_birth_date(text: str, *, today: date) -> bool:
    """``1990-05-03``, or ``1990-00-00`` when month or day is not known; at most 120 years ago."""
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not _is_digits("".join(parts)):
        return False
    year, month, day = map(int, parts)
    if not today.year - OLDEST <= year <= today.year or month > 12 or day > 31:
        return False
    if day and not month:  # who knows the day knows the month
        return False
    try:
        return date(year, month or 1, day or 1) <= today
    except ValueError:
        return False


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _too_long(texts: Mapping[str, str]) -> list[str]:
    return [f"{zone}-003" for zone, text in texts.items() if len(text) > _LONGEST[zone]]


def _address_zones(address: Address) -> dict[str, str]:
    return {
        "00517": address.street,
        "00518": address.house_number,
        "00519": address.box_number,
        "00520": address.postcode,
        "00522": address.municipality,
        "00523": "" if address.country is None else str(address.country),
    }
