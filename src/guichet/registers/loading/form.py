"""A flat form: the columns of a file, how a row enters a register, how rows come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from guichet.audit.actors import Actor
from guichet.registers.addresses import Address
from guichet.registers.changing import Outcome
from guichet.registers.loading.cells import Row

Values = Mapping[str, Any]
Enter = Callable[[Row, Actor, datetime], Outcome]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what belongs in it, in one line."""

    name: str
    what: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One register as one file.

    ``enter``: carries out one row by one operation, inside a transaction; raises CellRefused or
    RegisterRefused with nothing changed. ``rows``: the register in an order in which it can be
    entered again, read as it goes.
    """

    name: str
    columns: tuple[Column, ...]
    enter: Enter
    rows: Callable[[], Iterator[Values]]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in the order of the export."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a file makes no sense."""
        return tuple(column.name for column in self.columns if column.is_required)


ADDRESS_COLUMNS: Final = (
    Column("street", "street"),
    Column("house_number", "house number"),
    Column("box_number", "box"),
    Column("postcode", "postcode"),
    Column("municipality", "municipality, in the language of the address"),
    Column("country", "two capital letters; empty: BE"),
)


def address_in(row: Row) -> Address:
    """The address that a row carries."""
    return Address(
        street=row["street"],
        house_number=row["house_number"],
        box_number=row["box_number"],
        postcode=row["postcode"],
        municipality=row["municipality"],
        country=row["country"] or "BE",
    )
