"""What somebody types besides days and hours: the worker, the committee, addresses, texts, boxes.

Each check returns the fault, or None; the words stand in ``messages``. Source: manual of the online
service for employers; parameters ``career_break.entry.*``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from guichet.kernel.niss import InvalidNiss, Niss
from guichet.kernel.ticket import MalformedNumber, MistypedNumber, TicketNumber
from guichet.rules.bank_accounts import Iban, InvalidIban
from guichet.rules.career_break.committees import NONE, Collar, Committee, UnknownCommittee
from guichet.rules.career_break.faults import Fault, blocking, warning
from guichet.rules.career_break.kinds import Leave, Sector
from guichet.rules.career_break.texts import perceived_length
from guichet.rules.dated import whole

LONGEST_MAIL: Final = 100
LONGEST_NAME: Final = 60
_LOCAL: Final = re.compile(
    r"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z"
)
_DOMAIN: Final = re.compile(
    r"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})\Z",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"\A\+?[0-9 /.]+\Z")
_PHONE_DIGITS: Final = range(9, 16)


def niss_fault(text: str, *, in_register: bool, in_service: bool) -> Fault | None:
    """V-NI-01 to V-NI-04. Somebody who is not in service gets the answer of a wrong number.

    ``in_register``: the register knows the person, so that an artificial date of birth is fine;
    ``in_service``: a relation of Dimona with this employer is open, or opens before the start.
    """
    try:
        niss = Niss.parse(text)
    except InvalidNiss:
        return _form_of_niss(text)
    if not (in_register or may_be_birth(niss)):
        return blocking("V-NI-03", "niss")
    return None if in_service else blocking("V-NI-02", "niss")


def may_be_birth(niss: Niss) -> bool:
    """Whether the first six digits can be a day of birth; zeros stand for what is not known."""
    month, day = int(niss.digits[2:4]), int(niss.digits[4:6])
    month = month % 20 if niss.is_bis else month
    if month > 12 or day > 31:
        return False
    return month == 0 or day == 0 or niss.birth_date() is not None


def worker_faults(
    *, collar: Collar | None, committee: str, sector: Sector, declared: str | None, on: date
) -> tuple[Fault, ...]:
    """V-SE-01, V-SE-02 and V-CP-01 to V-CP-03.

    ``committee``: as it was typed, empty for none; ``declared``: the one of Dimona, if known.
    """
    found = [blocking("V-SE-01", "collar")] if collar is None else []
    if sector is Sector.PUBLIC:
        return (*found, *_public(committee))
    if not committee.strip():
        return (*found, blocking("V-CP-03", "committee", "private"))
    try:
        read = Committee.parse(committee, on=on)
    except UnknownCommittee:
        return (*found, blocking("V-CP-01", "committee"))
    return (*found, *_collar(collar, read), *_declared(read, declared, on))


def mail_fault(text: str, *, field: str, is_needed: bool) -> Fault | None:
    """V-PA-01: no address of the form ``name@place.country``, or none where one is needed."""
    if not text:
        return blocking("V-PA-01", field, "missing") if is_needed else None
    local, _, domain = text.rpartition("@")
    is_short = len(text) <= LONGEST_MAIL and len(local) <= 64
    if is_short and _LOCAL.match(local) and _DOMAIN.match(_in_ascii(domain)):
        return None
    return blocking("V-PA-01", field)


def phone_fault(text: str, *, field: str) -> Fault | None:
    """V-PA-02: other signs than digits, blanks, ``/``, ``.`` and a plus, or too few or many."""
    if not text:
        return None
    digits = sum(sign.isdigit() for sign in text)
    if _PHONE.match(text) and digits in _PHONE_DIGITS:
        return None
    return blocking("V-PA-02", field, least=_PHONE_DIGITS[0], most=_PHONE_DIGITS[-1])


def sector_fault(text: str) -> Fault | None:
    """V-PA-03: no sector, or one that does not exist."""
    return None if text in tuple(Sector) else blocking("V-PA-03", "sector")


def name_fault(text: str) -> Fault | None:
    """V-PA-04: the contact of the employer has no name, or a very long one."""
    if text.strip() and perceived_length(text) <= LONGEST_NAME:
        return None
    return blocking("V-PA-04", "name", most=LONGEST_NAME)


def text_fault(text: str, *, field: str, on: date) -> Fault | None:
    """V-TX-01: a comment or a description longer than two hundred signs as people count them."""
    most = whole("career_break.entry.longest_text", on=on)
    return blocking("V-TX-01", field, most=most) if perceived_length(text) > most else None


def ticket_fault(text: str) -> Fault | None:
    """V-TK-01: mistyped (the check sign fails), or nothing like a ticket number.

    Case, blanks and hyphens do not matter. A number without a fault may still be unknown.
    """
    try:
        TicketNumber.parse(text)
    except MistypedNumber:
        return blocking("V-TK-01", "ticket", "mistyped")
    except MalformedNumber:
        return blocking("V-TK-01", "ticket")
    return None


def account_fault(text: str, *, field: str, on: date) -> Fault | None:
    """V-IB-01: no account of a country to which allowances are paid."""
    try:
        Iban.parse(text, on=on)
    except InvalidIban as refusal:
        return blocking("V-IB-01", field, "country" if refusal.reason == "country" else "")
    return None


def leave_fault(chosen: str, *, offered: Collection[Leave]) -> Fault | None:
    """V-RQ-01: nothing was chosen, or a type that this employer is not offered."""
    return None if chosen in tuple(offered) else blocking("V-RQ-01", "leave")


def filter_fault(chosen: Collection[str], *, field: str) -> Fault | None:
    """V-OV-01: a list of which nothing is ticked."""
    return None if chosen else blocking("V-OV-01", field)


def certification_fault(*, is_ticked: bool) -> Fault | None:
    """V-CF-01: nobody certified that the data are right."""
    return None if is_ticked else blocking("V-CF-01", "certified")


def _form_of_niss(text: str) -> Fault:
    digits = text.translate(_NISS_PUNCTUATION)
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return blocking("V-NI-01", "niss")
    return blocking("V-NI-02", "niss")


def _public(committee: str) -> Iterator[Fault]:
    if committee.strip() not in ("", NONE):
        yield blocking("V-CP-03", "committee")


def _collar(collar: Collar | None, committee: Committee) -> Iterator[Fault]:
    if collar is not None and committee.collar not in (None, collar) and committee.code != NONE:
        yield warning("V-SE-02", "collar", collar.value, committee=committee.printed)


def _declared(committee: Committee, declared: str | None, on: date) -> Iterator[Fault]:
    if not declared:
        return
    try:
        other = Committee.parse(declared, on=on)
    except UnknownCommittee:
        return
    if other != committee:
        yield warning("V-CP-02", "committee", declared=other.printed)


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


_NISS_PUNCTUATION: Final = str.maketrans("", "", " .-/")
