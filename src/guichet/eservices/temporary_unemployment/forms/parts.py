"""Boxes of the steps: a day, a text whose signs are counted, a grid of a week, rows of closures.

Nothing is compulsory here: what must be there, the rules say.
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

DAY_HINT: Final = _("dd/mm/yyyy")
_NARROW: Final = {"autocomplete": "off", "class": "govuk-input--width-10"}


def day(label: Any, *, hint: Any = DAY_HINT) -> forms.CharField:
    """A day in one box."""
    attrs = {**_NARROW, "inputmode": "numeric"}
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=20,
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


def line(label: Any, most: int, *, hint: Any = "") -> forms.CharField:
    """A text of one line; the rules count its signs."""
    return forms.CharField(
        label=label, help_text=hint, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": str(most)}),
    )  # fmt: skip


def text(label: Any, most: int, *, hint: Any = "", rows: int = 4) -> forms.CharField:
    """A longer text; a page counts along."""
    attrs = {"rows": str(rows), "data-count": str(most)}
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.Textarea(attrs=attrs)
    )


def radios(label: Any, choices: Any, *, hint: Any = "") -> forms.ChoiceField:
    """One of a few answers."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, required=False, widget=forms.RadioSelect
    )


def select(label: Any, choices: Any, *, hint: Any = "") -> forms.ChoiceField:
    """One of many answers."""
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False)


class Drawn(forms.Widget):
    """Boxes that a template draws by itself; ``part``: which."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part


def drawn(label: Any, part: str, *, hint: Any = "") -> forms.Field:
    """A field whose boxes a template draws."""
    return forms.Field(label=label, help_text=hint, required=False, widget=Drawn(part))
