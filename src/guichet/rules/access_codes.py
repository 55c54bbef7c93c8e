"""User names and passwords of access codes: every broken rule at once.

Two profiles of passwords. *Official*: the rules printed in the instructions for the first
connection. *Modern*: a longer password, no rule of composition, none from a list of breaches.
P3 (upper and lower case differ) and P6 (may be changed at any time) bind those who compare and
keep passwords; no text can break them.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.kernel.verdict import Finding, LegalSource, Severity
from guichet.rules import dated


class Profile(StrEnum):
    """Which set of rules a password obeys."""

    OFFICIAL = "official"
    MODERN = "modern"


class Reading(StrEnum):
    """How "at least 2 alphanumeric signs (digits, special signs)" is read.

    A: two signs that are no letters, in any mix. B: a digit and a special sign. C: two of each.
    """

    A = "A"
    B = "B"
    C = "C"


_NAME_SIGNS: Final = frozenset(string.ascii_lowercase + string.digits)
_LETTERS: Final = frozenset(string.ascii_letters)
_DIGITS: Final = frozenset(string.digits)
_NAME_SOURCE: Final = LegalSource(
    "Instructions for the first connection with access codes", "step 5, user name"
)
_PASSWORD_SOURCE: Final = LegalSource(
    "Instructions for the first connection with access codes", "step 5, password"
)
_MODERN_SOURCE: Final = LegalSource("Guichet, modern profile of passwords")


def user_name(text: str, *, on: date, fold_case: bool | None = None) -> str:
    """The user name as it is kept: as typed, or in small letters when the option says so.

    ``fold_case``: absent, what the parameter says on the day. Only A-Z are folded: a sign that
    lowers to a letter by chance (as the Kelvin sign) stays what it is, and is refused.
    """
    if fold_case is None:
        fold_case = dated.switch("access_codes.user_name.fold_case", on=on)
    return text.translate(_LOWER) if fold_case else text


def user_name_findings(
    text: str, *, on: date, fold_case: bool | None = None
) -> tuple[Finding, ...]:
    """Every rule that a wished user name breaks: U1 signs, U2 length, U3 white space.

    Nothing is trimmed. White space is told by U3, every other sign outside a-z and 0-9 by U1.
    U4 (unique for ever) is the database's answer, U5 (never changed) the absence of a way.
    """
    name = user_name(text, on=on, fold_case=fold_case)
    low = dated.whole("access_codes.user_name.min_length", on=on)
    high = dated.whole("access_codes.user_name.max_length", on=on)
    found = []
    if any(sign not in _NAME_SIGNS and not sign.isspace() for sign in name):
        found.append(_broken("U1", _NAME_SOURCE))
    if not low <= len(name) <= high:
        found.append(_broken("U2", _NAME_SOURCE, min=low, max=high))
    if any(sign.isspace() for sign in name):
        found.append(_broken("U3", _NAME_SOURCE))
    return tuple(found)


def taken() -> Finding:
    """U4: somebody has, or had, this user name."""
    return _broken("U4", _NAME_SOURCE)


def same_as_before() -> Finding:
    """P7, ours: the new password is the old one."""
    return _broken("P7", LegalSource("Guichet, change of a password"))


def password_findings(
    text: str,
    *,
    on: date,
    profile: Profile = Profile.OFFICIAL,
    reading: Reading | None = None,
    allow_question_mark: bool | None = None,
    user_name: str = "",
    breached: Callable[[str], bool] | None = None,
) -> tuple[Finding, ...]:
    """Every rule that a wished password breaks: P1 … P5, or M1 … M3 under the modern profile.

    ``reading`` of P4 and ``allow_question_mark`` (P5): absent, what the parameters say on the day.
    ``user_name`` and ``breached`` (is this one of the passwords everybody tries?) are asked by the
    modern profile only. No finding repeats a part of the password.
    """
    if profile is Profile.MODERN:
        return _modern(text, on=on, user_name=user_name, breached=breached)
    return _official(text, on=on, reading=reading, allow_question_mark=allow_question_mark)


def specials(*, on: date, allow_question_mark: bool | None = None) -> str:
    """The special signs that an official password may hold on that day."""
    listed = str(dated.value("access_codes.password.specials", on=on))
    if allow_question_mark is None:
        allow_question_mark = dated.switch("access_codes.password.question_mark", on=on)
    return f"{listed}?" if allow_question_mark else listed


def _official(
    text: str, *, on: date, reading: Reading | None, allow_question_mark: bool | None
) -> tuple[Finding, ...]:
    low = dated.whole("access_codes.password.min_length", on=on)
    high = dated.whole("access_codes.password.max_length", on=on)
    others = dated.whole("access_codes.password.others", on=on)
    listed = specials(on=on, allow_question_mark=allow_question_mark)
    if reading is None:
        reading = Reading(str(dated.value("access_codes.password.reading", on=on)))
    allowed = _LETTERS | _DIGITS | frozenset(listed)
    found = []
    if not low <= len(text) <= high:
        found.append(_broken("P1", _PASSWORD_SOURCE, min=low, max=high))
    if any(sign.isspace() for sign in text):
        found.append(_broken("P2", _PASSWORD_SOURCE))
    if not _has_others(text, listed=listed, reading=reading, wanted=others):
        found.append(_broken("P4", _PASSWORD_SOURCE, others=others, reading=reading.value))
    if any(sign not in allowed and not sign.isspace() for sign in text):
        found.append(_broken("P5", _PASSWORD_SOURCE, specials=listed))
    return tuple(found)


def _has_others(text: str, *, listed: str, reading: Reading, wanted: int) -> bool:
    digits = sum(sign in _DIGITS for sign in text)
    special = sum(sign in listed for sign in text)
    match reading:
        case Reading.A:
            return digits + special >= wanted
        case Reading.B:
            return digits >= 1 and special >= 1
        case Reading.C:
            return digits >= wanted and special >= wanted


def _modern(
    text: str, *, on: date, user_name: str, breached: Callable[[str], bool] | None
) -> tuple[Finding, ...]:
    low = dated.whole("access_codes.modern.min_length", on=on)
    high = dated.whole("access_codes.modern.max_length", on=on)
    found = []
    if not low <= len(text) <= high:
        found.append(_broken("M1", _MODERN_SOURCE, min=low, max=high))
    if breached is not None and breached(text):
        found.append(_broken("M2", _MODERN_SOURCE))
    if user_name and user_name.casefold() in text.casefold():
        found.append(_broken("M3", _MODERN_SOURCE))
    return tuple(found)


def _broken(key: str, source: LegalSource, **inputs: object) -> Finding:
    return Finding(key=key, severity=Severity.BLOCK, source=source, inputs=inputs)


_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
