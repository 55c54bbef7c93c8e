"""The workers of a list that somebody sends: who can be read, and each line that cannot.

The columns are found by their heads in four languages, or without a head by what stands in them.
A line that cannot be read is told and kept as it came, so that it can be repaired on the page.
Pure: rows in, lines out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from guichet.eservices.temporary_unemployment import sheet
from guichet.eservices.temporary_unemployment.typed import as_day, day_of, is_week
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Channel

_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "niss": ("niss", "insz", "inss", "ssin", "enss", "numéronational", "numéroderegistrenational",
             "rijksregisternummer", "nationalnummer", "nationalregisternumber", "nrn",
             "identificatienummer", "nationaalnummer", "registrenational"),
    "family": ("nom", "naam", "familienaam", "achternaam", "name", "familyname", "lastname",
               "nachname", "surname", "nomdefamille", "familienname"),
    "given": ("prénom", "prenom", "voornaam", "vorname", "firstname", "givenname", "prénoms"),
    "day": ("premierjour", "eerstedag", "firstday", "ersertag", "erstertag", "date", "datum",
            "jour", "dag", "premierjoureffectif", "eersteeffectievedag"),
    "section": ("section", "afdeling", "département", "departement", "abteilung", "department",
                "service", "dienst"),
    "week": ("joursdetravail", "werkdagen", "arbeitstage", "workingdays", "horaire", "uurrooster"),
}  # fmt: skip
_NUMBER: Final = re.compile(r"\d[\d ./\-]{8,20}\d", re.ASCII)
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A line of a list; ``number``: in the file; ``fault``: why it cannot be taken."""

    number: int
    niss: str
    family: str = ""
    given: str = ""
    day: str = ""
    section: str = ""
    week: str = ""
    fault: Fault | None = None

    @property
    def line(self) -> dict[str, Any]:
        """As it stands in a draft."""
        plain = {
            "niss": self.niss, "family": self.family, "given": self.given, "day": self.day,
            "section": self.section, "week": self.week,
        }  # fmt: skip
        return {name: value for name, value in plain.items() if value}

    @property
    def kept(self) -> dict[str, Any]:
        """As it waits in a draft for its repair."""
        fault = self.fault
        first = fault.inputs.get("first", 0) if fault else 0
        return {**self.line, "number": self.number, "first": first}


def read(data: bytes) -> list[Row]:
    """The lines of a file, not judged yet; raises sheet.NotRead."""
    rows = sheet.rows(data)
    heads = sheet.head_of(rows[0][1], _HEADS)
    if "niss" in heads:
        return [_by_head(number, cells, heads) for number, cells in rows[1:]]
    # A first row without any digit is a head whose words are not known.
    body = rows if any(sign.isdigit() for sign in "".join(rows[0][1])) else rows[1:]
    return [_by_content(number, cells) for number, cells in body]


def judged(rows: Iterable[Row]) -> Iterator[Row]:
    """Each line with its fault, or with its eleven digits."""
    seen: dict[str, int] = {}
    for row in rows:
        digits = identifiers.niss(row.niss, channel=Channel.WEB)
        field = f"lines.{row.number}"
        if digits is None:
            yield replace(row, fault=found("CTW-003", f"{field}.niss", line=row.number))
        elif digits in seen:
            same = found("CTW-005", f"{field}.niss", line=row.number, first=seen[digits])
            yield replace(row, niss=digits, fault=same)
        elif row.day and day_of(row.day) is None:
            yield replace(row, niss=digits, fault=found("CTW-010", f"{field}.first_day"))
        elif row.week and not (is_week(row.week) and "1" in row.week):
            why = "never" if is_week(row.week) else "week"
            yield replace(
                row,
                niss=digits,
                fault=found("CTW-081", f"{field}.usual_days", why, line=row.number),
            )
        else:
            seen[digits] = row.number
            yield replace(row, niss=digits, day=as_day(row.day))


def merged(lines: list[dict[str, Any]], rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The workers of a draft with those of a list: who is in both takes what the list says."""
    places = {one["niss"]: at for at, one in enumerate(lines)}
    joined = [dict(one) for one in lines]
    for row in rows:
        at = places.get(row.niss)
        if at is None:
            places[row.niss] = len(joined)
            joined.append(row.line)
        else:
            joined[at] |= row.line
    return joined


def _by_head(number: int, cells: list[str], heads: Mapping[str, int]) -> Row:
    def cell(name: str) -> str:
        at = heads.get(name)
        return cells[at] if at is not None and at < len(cells) else ""

    return Row(
        number, _digits(cell("niss")), cell("family")[:_LONGEST], cell("given")[:_LONGEST],
        as_day(cell("day")), cell("section")[:_LONGEST],
        _week(cell("week")[:_LONGEST]),
    )  # fmt: skip


def _by_content(number: int, cells: list[str]) -> Row:
    niss, day, texts = "", "", []
    for cell in cells:
        if not niss and _NUMBER.fullmatch(cell) and day_of(cell) is None:
            niss = _digits(cell)
        elif not day and day_of(cell) is not None:
            day = as_day(cell)
        elif cell:
            texts.append(cell[:_LONGEST])
    family, given, section, *_rest = [*texts, "", "", ""]
    if not niss:
        # Whatever was meant as the number stays to be repaired.
        niss, family, given = family, given, section
    return Row(number, niss, family, given, day)


def _week(cell: str) -> str:
    """Seven signs from Monday on; a spreadsheet drops the zeros before the first day of work."""
    bare = cell.strip()
    is_pattern = 0 < len(bare) <= 7 and not bare.strip("01")
    return bare.zfill(7) if is_pattern else bare


def _digits(cell: str) -> str:
    """A spreadsheet drops the leading zero of a number: it is put back."""
    bare = re.sub(r"[ ./\-]", "", cell)
    if bare.isascii() and bare.isdigit() and len(bare) == 10:
        return f"0{bare}"
    return cell
