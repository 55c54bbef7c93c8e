"""Whether a Limosa declaration (form L1) covers a day: what a Belgian client checks before work.

Pure. Nothing here refuses anybody: without a valid L1 the presence is registered and remarked
(caw_8, caw_9), and the client has to report that the form is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict

_DUTY: Final = LegalSource("Programme Act (I) of 27 December 2006", "art. 141")
_FORM: Final = LegalSource("Limosa number", "check digits inferred from public samples")


class Standing(StrEnum):
    """What the register says of a declaration on a day, to who is concerned by it."""

    VALID = "valid"
    NOT_YET = "notYet"
    OVER = "over"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Declared:
    """The days of a declaration, first and last included, and whether it was withdrawn."""

    first_day: date
    last_day: date
    is_cancelled: bool = False


# On these a client is shown whose form it is; of a form that is worth nothing he learns that, and
# its days, not the worker whom he reads on the paper anyhow. [OUR CHOICE], GDPR art. 5(1)(c).
SHOWN: Final = frozenset({Standing.VALID, Standing.NOT_YET})


def standing(*, declared: Declared | None, check_holds: bool, on: date) -> Verdict[Standing]:
    """What a declaration is worth on a day; None for one that concerns somebody else, or none.

    A failed check only warns: the check was inferred, and older forms exist.
    """
    found = _standing(declared, on)
    return Verdict(found, tuple(_findings(found, check_holds=check_holds)))


def _standing(declared: Declared | None, on: date) -> Standing:
    if declared is None:
        return Standing.UNKNOWN
    if declared.is_cancelled:
        return Standing.CANCELLED
    if on < declared.first_day:
        return Standing.NOT_YET
    return Standing.OVER if on > declared.last_day else Standing.VALID


def _findings(found: Standing, *, check_holds: bool) -> Iterator[Finding]:
    if not check_holds:
        yield Finding("limosa.check", Severity.WARN, _FORM)
    if found is not Standing.VALID:
        yield Finding(f"limosa.{found}", Severity.WARN, _DUTY)
