"""Fields that several steps of the declaration share."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.money import InvalidAmount, Money
from guichet.rules.works.declared import Party

_DAYS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
_BLANKS: Final = str.maketrans("", "", " \u00a0\u202f'\N{EURO SIGN}")
_PUNCTUATION: Final = str.maketrans("", "", " .-/")
_LONGEST: Final = 1_000
# The mark itself and two digits.
_DECIMALS: Final = 3


class DayField(forms.DateField):
    """A day, in the usual ways to write it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})

    def __init__(self, **given: Any) -> None:
        errors = {"invalid": gettext_lazy("Write a day as 24/11/2026.")}
        super().__init__(required=False, input_formats=_DAYS, error_messages=errors, **given)


class CentsField(forms.CharField):
    """Euro with or without cents, as people write them; whole cents out."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-10"})
        super().__init__(required=False, widget=widget, max_length=40, **given)

    def clean(self, value: Any) -> int | None:
        """The cents, None for nothing."""
        text = _plain(super().clean(value))
        if not text:
            return None
        try:
            return Money.parse(text).cents
        except InvalidAmount:
            raise ValidationError(
                _("Write an amount in euro, for instance 620 000 or 620000,50.")
            ) from None


class TextField(forms.CharField):
    """One line; the rules say when it is too long or missing."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=_LONGEST, **given)


def whole_number(field: str, cleaned: dict[str, Any]) -> int | None:
    """The number of a choice, None for no choice."""
    text = cleaned.get(field) or ""
    return int(text) if text else None


def party_of(text: str, *, name: str = "", language: str = "nl") -> Party:
    """The firm behind one field: an enterprise number, else a foreign VAT number.

    What is neither stays a number, so that the rules say what is wrong with it.
    """
    bare = text.translate(_PUNCTUATION).upper()
    try:
        return Party(number=EnterpriseNumber.parse(text).digits, name=name, language=language)
    except InvalidEnterpriseNumber:
        pass
    is_foreign = bare[:2].isalpha() and bare[:2] != "BE"
    if is_foreign:
        return Party(vat_number=bare, name=name, language=language)
    return Party(number=bare, name=name, language=language)


def _plain(text: str) -> str:
    """Without the marks between thousands: a dot or comma before one or two last digits is the
    decimal mark, any other one stands between thousands."""
    bare = text.strip().translate(_BLANKS)
    at = max(bare.rfind("."), bare.rfind(","))
    if at >= 0 and len(bare) - at <= _DECIMALS:
        head, tail = bare[:at], bare[at + 1 :]
        return f"{head.replace('.', '').replace(',', '')}.{tail}"
    return bare.replace(".", "").replace(",", "")
