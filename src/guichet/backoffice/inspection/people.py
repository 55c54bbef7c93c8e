"""Whom an inspector means by a name or a number: every number that these people have had."""

from dataclasses import dataclass, field
from typing import Final

from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import numbers_of
from guichet.registers.postings.models import Limosa
from guichet.registers.sorting import sort_key

_MOST: Final = 50
_PUNCTUATION: Final = str.maketrans("", "", " .-/")


class NotClear(Exception):
    """``code``: ``unknown``, nobody is known so; ``many``, too many are."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, repr=False)
class Meant:
    """National and BIS numbers, and the Limosa numbers of the same people."""

    ssins: frozenset[str] = field(repr=False)
    limosas: frozenset[str] = field(repr=False)


def meant(*, text: str) -> Meant:
    """The people behind a number of eleven digits, a Limosa number, or a part of a name.

    A number that no register knows is searched all the same: it may stand in the log.
    Raises NotClear.
    """
    digits = text.translate(_PUNCTUATION)
    if digits.isascii() and digits.isdigit():
        if len(digits) == 11:
            return _of_people(numbers_of(niss=digits))
        if len(digits) == 17:
            return Meant(frozenset(), frozenset({digits}))
        raise NotClear("unknown")
    return _of_people(_of_name(sort_key(text)))


def _of_name(key: str) -> frozenset[str]:
    """Numbers of the people whose names, family name first, hold these words."""
    rows = Person.objects.filter(sort_key__contains=key).order_by("sort_key")
    numbers = list(rows.values_list("niss", flat=True)[: _MOST + 1])
    if not numbers or not key:
        raise NotClear("unknown")
    if len(numbers) > _MOST:
        raise NotClear("many")
    return frozenset(numbers)


def _of_people(numbers: frozenset[str]) -> Meant:
    rows = Limosa.objects.filter(person__niss__in=numbers)
    return Meant(numbers, frozenset(rows.values_list("number", flat=True)))
