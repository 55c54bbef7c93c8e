"""Addresses in the forms of Dimona: their fields, the member of the message, the town looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.dimona import places, wire
from guichet.eservices.dimona.places import BELGIUM
from guichet.registers.works.municipalities import by_postcode, is_elsewhere, postcode_fits

# The zone of each part, for a firm or a workplace, and for a person.
PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "street": ("00517", "00030"),
    "house": ("00518", "00031"),
    "box": ("00519", "00032"),
    "postcode": ("00520", "00033"),
    "town": ("00522", "00034"),
    "country": ("00523", "00035"),
}
_LONGEST: Final = {"street": 42, "house": 10, "box": 4, "postcode": 9, "town": 40}
# 150 stands in the glossary; the neighbours' codes are from memory.
COUNTRY_HINT: Final = _(
    "Code of three digits: 150 Belgium, 103 Germany, 111 France, 113 Luxembourg, 129 Netherlands"
)


def code_field(label: Any, **given: Any) -> forms.IntegerField:
    """The code of a country or a nationality."""
    errors = {
        "invalid": _("Write the code of the country in three digits, 150 for Belgium."),
        "min_value": _("Write the code of the country in three digits, 150 for Belgium."),
        "max_value": _("Write the code of the country in three digits, 150 for Belgium."),
    }
    return forms.IntegerField(
        label=label, required=False, min_value=100, max_value=999, error_messages=errors,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        **given,
    )  # fmt: skip


def address_fields(prefix: str) -> dict[str, forms.Field]:
    """The fields of an address; their names begin with the prefix."""
    labels = {
        "street": _("Street"), "house": _("House number"), "box": _("Box"),
        "postcode": _("Postcode"), "town": _("Town"),
    }  # fmt: skip
    found: dict[str, forms.Field] = {
        f"{prefix}_{part}": forms.CharField(
            label=label, required=False, max_length=_LONGEST[part], widget=_text(part)
        )
        for part, label in labels.items()
    }
    found[f"{prefix}_country"] = code_field(_("Country"), help_text=COUNTRY_HINT, initial=BELGIUM)
    return found


def _text(part: str) -> forms.TextInput:
    is_short = part in ("house", "box", "postcode")
    return forms.TextInput(attrs={"class": "govuk-input--width-5"} if is_short else {})


@dataclass(frozen=True, slots=True)
class WrongTown:
    """A postcode of Belgium belongs to other municipalities than the town that was written.

    ``is_certain``: the town has other postcodes; otherwise it may be a part of a municipality.
    """

    field: str
    postcode: str
    town: str
    names: tuple[str, ...]
    is_certain: bool


def address_of(data: Mapping[str, Any], prefix: str) -> wire.Address | None:
    """The member of the message; None when nothing but the country was written."""
    given = {part: data.get(f"{prefix}_{part}") or None for part in PARTS}
    if not any(value for part, value in given.items() if part != "country"):
        return None
    return wire.Address(
        street=given["street"],
        house_number=given["house"],
        box_number=given["box"],
        post_code=given["postcode"],
        municipality=_municipality(given),
        country=given["country"],
    )


def _municipality(given: Mapping[str, Any]) -> wire.Municipality | None:
    town, code = given["town"], None
    if town and given["country"] == BELGIUM:
        towns = by_postcode(postcode=given["postcode"] or "")
        fitting = [one for one in towns if _is_named(one, town)]
        code = int(fitting[0].nis_code) if len(fitting) == 1 else None
    return wire.Municipality(code=code, name=town) if town else None


def _is_named(place: Any, town: str) -> bool:
    names = {place.name_nl.casefold(), place.name_fr.casefold(), place.name_de.casefold()}
    return town.strip().casefold() in names


def is_unknown_postcode(data: Mapping[str, Any], prefix: str) -> bool:
    """Whether an address in Belgium has a postcode that no town has."""
    postcode: str = data.get(f"{prefix}_postcode") or ""
    is_belgian = data.get(f"{prefix}_country") == BELGIUM
    return bool(postcode) and is_belgian and places.is_unknown(postcode)


def wrong_town(data: Mapping[str, Any], prefix: str, language: str) -> WrongTown | None:
    """The town that does not go with its postcode: a mistake, or only something to look at."""
    postcode, town = data.get(f"{prefix}_postcode"), data.get(f"{prefix}_town")
    if not postcode or not town or data.get(f"{prefix}_country") != BELGIUM:
        return None
    if postcode_fits(postcode=postcode, municipality=town):
        return None
    names = tuple(place.name(language) for place in by_postcode(postcode=postcode))
    is_certain = is_elsewhere(postcode=postcode, municipality=town)
    return WrongTown(f"{prefix}_town", postcode, town, names, is_certain) if names else None
