"""Names of files: what each piece says, and what makes a name no name.

``{prefix}.{type}.{sender}.{date}.{sequence}.{environment}.{parts}.{part}``; a trigger (GO) and its
withdrawal (TD) end with one number, or none. The expressions are ours.

Source: guide of the batch channel of the social security portal (FI, FS and GO files).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

SERVICE_TYPE: Final = "TWCT"
_LONGEST: Final = 80


class Prefix(StrEnum):
    """What a file is for."""

    DECLARATION = "FI"
    SIGNATURE = "FS"
    TRIGGER = "GO"
    WITHDRAWAL = "TD"
    ANSWER = "FO"


class Surrounding(StrEnum):
    """The environment: what is sent counts, tries out the circuit, or tries out the content."""

    REAL = "R"
    TEST = "T"
    SIMULATION = "S"

    @property
    def folder_in(self) -> str:
        """Where files are put."""
        return f"IN{_ENDINGS[self]}"

    @property
    def folder_out(self) -> str:
        """Where answers lie."""
        return f"OUT{_ENDINGS[self]}"

    @property
    def is_stored(self) -> bool:
        """Whether communications of it are received; in the others they are only judged."""
        return self is Surrounding.REAL

    @property
    def needs_signature(self) -> bool:
        """Whether a signature is asked for and checked; a simulation is read without one."""
        return self is not Surrounding.SIMULATION


_ENDINGS: Final[Mapping[Surrounding, str]] = MappingProxyType(
    {Surrounding.REAL: "", Surrounding.TEST: "TEST", Surrounding.SIMULATION: "TEST-S"}
)


class NameFault(StrEnum):
    """Why a name is none; the last three depend on who sends it, and where he puts it."""

    FORM = "form"
    DATE = "date"
    FUTURE = "future"
    PART = "part"
    TYPE = "type"
    SENDER = "sender"
    PLACE = "place"


class NameRefused(Exception):
    """A name that is not taken; ``why``: what is wrong with it."""

    def __init__(self, why: NameFault) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class FileName:
    """A name in its pieces. ``part`` of ``parts``; for a trigger ``part`` is None when not told.

    ``written``: as it came, where it did: a sender may write ``01.01``.
    """

    prefix: Prefix
    type: str
    sender: str
    day: date
    sequence: str
    surrounding: Surrounding
    parts: int | None = None
    part: int | None = None
    written: str = field(default="", compare=False)

    @property
    def stem(self) -> str:
        """What the files of one set have in common."""
        pieces = (self.type, self.sender, f"{self.day:%Y%m%d}", self.sequence, self.surrounding)
        return ".".join(pieces)

    @property
    def has_content(self) -> bool:
        """Whether a file of this name carries something; triggers are empty."""
        return self.prefix not in (Prefix.TRIGGER, Prefix.WITHDRAWAL)

    def sibling(self, prefix: Prefix) -> FileName:
        """The file of another kind for the same part, or the trigger of the set."""
        if prefix in (Prefix.TRIGGER, Prefix.WITHDRAWAL):
            return replace(self, prefix=prefix, parts=None, part=1, written="")
        return replace(self, prefix=prefix, written="")

    def __str__(self) -> str:
        if self.written:
            return self.written
        numbers = (number for number in (self.parts, self.part) if number is not None)
        return ".".join([self.prefix, self.stem, *map(str, numbers)])


_PIECES: Final = r"\.([A-Z]{4})\.([0-9]{6})\.([0-9]{8})\.([A-Z0-9]{5})\.([RTS])"
_WITH_PARTS: Final = re.compile(rf"(FI|FS|FO){_PIECES}\.([0-9]{{1,2}})\.([0-9]{{1,2}})", re.ASCII)
_EMPTY: Final = re.compile(rf"(GO|TD){_PIECES}(?:\.([0-9]{{1,2}}))?", re.ASCII)


def read(text: str, *, today: date) -> FileName:
    """The name in its pieces; ``today``: the day in Brussels. Raises NameRefused."""
    if len(text) > _LONGEST:
        raise NameRefused(NameFault.FORM)
    found = _WITH_PARTS.fullmatch(text) or _EMPTY.fullmatch(text)
    if found is None:
        raise NameRefused(NameFault.FORM)
    prefix, kind, sender, digits, sequence, surrounding, *numbers = found.groups()
    day = _day(digits)
    if day > today:
        raise NameRefused(NameFault.FUTURE)
    told = [int(number) for number in numbers if number is not None]
    if 0 in told or (len(told) == 2 and told[1] > told[0]):
        raise NameRefused(NameFault.PART)
    return FileName(
        prefix=Prefix(prefix),
        type=kind,
        sender=sender,
        day=day,
        sequence=sequence,
        surrounding=Surrounding(surrounding),
        parts=told[0] if len(told) == 2 else None,
        part=told[-1] if told else None,
        written=text,
    )


def _day(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NameRefused(NameFault.DATE) from None
