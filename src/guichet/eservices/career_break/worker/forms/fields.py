"""Fields of the worker's part: yes or no, rows that one may add to."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.forms.parts import ChoiceField, DayField

MOST_ROWS: Final = 8
_YES_NO: Final = (("yes", _("Yes")), ("no", _("No")))


class YesNoField(ChoiceField):
    """True, False, or None where it may stay open."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=_YES_NO, **given)

    def clean(self, value: Any) -> bool | None:
        """The answer."""
        found = super().clean(value)
        return None if not found else found == "yes"


def line(label: Any, *, most: int = 100, **given: Any) -> forms.CharField:
    """One line of text."""
    css = given.pop("css", "")
    attrs = {"autocomplete": given.pop("autocomplete", "off")} | ({"class": css} if css else {})
    return forms.CharField(
        label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **given
    )


def number(label: Any, *, most: int, **given: Any) -> forms.IntegerField:
    """A whole number from 0 on."""
    said = _("Enter a whole number from 0 to %(most)d.") % {"most": most}
    names = ("invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most,
        error_messages=dict.fromkeys(names, said),
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-4", "autocomplete": "off", "inputmode": "numeric"}
        ),
        **given,
    )  # fmt: skip


def rows_in(typed: Mapping[str, Any], *, least: int) -> int:
    """How many rows a page shows."""
    text = str(typed.get("rows", ""))
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return max(least, min(count, MOST_ROWS))


def past_day(label: Any, **given: Any) -> DayField:
    """A day that may lack unless it is asked for."""
    return DayField(label=label, **({"required": False} | given))
