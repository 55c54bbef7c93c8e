"""BIS numbers for somebody whom the national register does not hold: which ones are possible.

Layout ``YYMMDD-SSS-CC`` with the month + 40 when the sex is known, + 20 when it is not; the parity
of the counter tells the sex only with + 40.  Source: glossary of the social-security office.

In the simulation nobody may get the number of somebody real. The counters 999 and 000 are never
given by the register: they come first, in a fixed order. Each holds one person a birth date and
sex. When they are taken, the counters of the register follow from the far end, where it has come
on hardly any day: such a number could be somebody's one day, which is the price of a second
fictitious person with the same birth date.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from typing import Final

from guichet.kernel.niss import Niss, Sex

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
_UNKNOWN_SEX: Final = 20
_KNOWN_SEX: Final = 40
NEVER_GIVEN: Final = (999, 0)


class NoSuchBirthDate(ValueError):
    """A year that two digits and a check cannot tell."""


class CountersExhausted(Exception):
    """Every counter of this birth date and sex is taken."""


def bis_number(*, born_on: date, sex: Sex | None, counter: int) -> Niss:
    """The BIS number of a birth date, a sex (None: not known) and a counter of three digits.

    The counter decides nothing here; `counters` gives those that agree with the sex.
    Raises NoSuchBirthDate.
    """
    if not _FIRST_YEAR <= born_on.year <= _LAST_YEAR:
        raise NoSuchBirthDate(f"{born_on.year} is outside {_FIRST_YEAR} to {_LAST_YEAR}")
    month = born_on.month + (_UNKNOWN_SEX if sex is None else _KNOWN_SEX)
    body = f"{born_on:%y}{month:02d}{born_on:%d}{counter:03d}"
    century = 2_000_000_000 if born_on.year >= 2000 else 0
    return Niss.parse(f"{body}{97 - (century + int(body)) % 97:02d}")


def counters(sex: Sex | None) -> Iterator[int]:
    """The counters that agree with the sex, in the order of the simulation."""
    for counter in (*NEVER_GIVEN, *range(998, 0, -1)):
        if sex is None or (counter % 2 == 1) is (sex is Sex.MALE):
            yield counter


def next_bis_number(*, born_on: date, sex: Sex | None, taken: Container[str]) -> Niss:
    """The first number of the simulation's order that is not ``taken`` (digits).

    Raises NoSuchBirthDate, CountersExhausted.
    """
    for counter in counters(sex):
        number = bis_number(born_on=born_on, sex=sex, counter=counter)
        if number.digits not in taken:
            return number
    raise CountersExhausted(f"no counter is free on {born_on.isoformat()}")
