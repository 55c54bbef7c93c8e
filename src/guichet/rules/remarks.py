"""Remarks on acts of presence, and activities: the catalogues that the service publishes.

A remark never undoes a registration: it says what a register contradicts, and how to mend it.
The texts stand in ``catalogues/presence_remarks.yaml``. The numbers caw_2 to caw_17 follow the
order of the predecessor's schema (inferred); ciao_901 and higher are ours, because the real
numbers are not public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from guichet.kernel.label import Label
from guichet.rules import yaml_text


class MalformedCatalogue(ValueError):
    """The catalogue of remarks has a gap."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark with its official label and, for people, its meaning and the way to repair it.

    ``soap`` is the text of the predecessor's schema, None where it has none. A remark that
    ``only_informs`` leaves the act validated.
    """

    code: str
    label: Label
    meaning: Label
    repair: Label
    soap: str | None
    only_informs: bool


def read(text: str) -> dict[str, Remark]:
    """The remarks of a catalogue in YAML, in its order; raises MalformedCatalogue."""
    try:
        return {code: _remark(code, fields) for code, fields in yaml_text.plain(text).items()}
    except (KeyError, TypeError, ValueError) as gap:
        raise MalformedCatalogue(str(gap)) from gap


def _remark(code: str, fields: dict[str, Any]) -> Remark:
    return Remark(
        code=code,
        label=Label(**fields["label"]),
        meaning=Label(**fields["meaning"]),
        repair=Label(**fields["repair"]),
        soap=fields.get("soap"),
        only_informs=bool(fields.get("informs", False)),
    )


REMARKS: Final[Mapping[str, Remark]] = MappingProxyType(
    read(
        files("guichet.rules")
        .joinpath("catalogues", "presence_remarks.yaml")
        .read_text(encoding="utf-8")
    )
)

ACTIVITIES: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "cleaning": Label("Schoonmaak", "Nettoyage", "Reinigung", "Cleaning"),
        "construction": Label("Bouw", "Construction", "Bau", "Construction"),
        "meat": Label("Vleessector", "Secteur de la viande", "Fleischsektor", "Meat sector"),
        "moving": Label("Verhuizingen", "Déménagement", "Umzüge", "Removals"),
        "guarding": Label("Bewaking", "Gardiennage", "Bewachung", "Guarding"),
    }
)
