"""A postal address as a plain value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from guichet.registers.columns import Addressed


@dataclass(frozen=True, slots=True)
class Address:
    """What is not known is empty; ``country``: two letters, ISO 3166."""

    street: str = ""
    house_number: str = ""
    box_number: str = ""
    postcode: str = ""
    municipality: str = ""
    country: str = "BE"

    @classmethod
    def of(cls, row: Addressed) -> Address:
        """The address that a row of a register carries."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def as_columns(self) -> dict[str, str]:
        """By the names of the columns."""
        return asdict(self)

    def in_one_line(self) -> str:
        """``Rue du Moulin 4 bte 2, 5000 Namur``, as on an envelope; empty when nothing is known."""
        number = " ".join(part for part in (self.house_number, self.box_number) if part)
        lines = (f"{self.street} {number}".strip(), f"{self.postcode} {self.municipality}".strip())
        return ", ".join(line for line in lines if line)
