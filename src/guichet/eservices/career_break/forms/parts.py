"""Fields of several boxes: a day in three, hours and minutes in two; a short text; faults put."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.rules.career_break.entry_dates import ImpossibleDate, read_date
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.hours import ImpossibleHours, weekly_minutes

MOST_SIGNS: Final = 200
_CHOOSE: Final = _("Choose one of the answers.")


class Boxes(forms.Widget):
    """Boxes ``name_0``, ``name_1``, …; the value is a list of what stands in them."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """What was typed in each box."""
        return [str(data.get(f"{name}_{at}", "")).strip() for at in range(self.count)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no box was sent."""
        return all(f"{name}_{at}" not in data for at in range(self.count))


class DayField(forms.Field):
    """A day, month and year in three boxes; the value is a day, or None where it may lack."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=Boxes(3), **given)

    def clean(self, value: Any) -> date | None:
        """The day; one message for what lacks and for what is no day of a calendar."""
        parts = [str(one) for one in value or ()]
        if not any(parts) and not self.required:
            return None
        try:
            return read_date("/".join(parts))
        except ImpossibleDate:
            raise said(blocking("V-DT-01", "")) from None


class HoursField(forms.Field):
    """Hours and minutes a week in two boxes; the value is minutes, or None where they may lack."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=Boxes(2), **given)

    def clean(self, value: Any) -> int | None:
        """The minutes; empty minutes are none."""
        hours, minutes, *_rest = [*(str(one) for one in value or ()), "", ""]
        if not hours and not minutes and not self.required:
            return None
        try:
            return weekly_minutes(hours=hours, minutes=minutes)
        except ImpossibleHours:
            raise said(blocking("V-HR-01", "")) from None


class ChoiceField(forms.ChoiceField):
    """One of a few answers."""

    def __init__(self, **given: Any) -> None:
        errors = {"required": _CHOOSE, "invalid_choice": _CHOOSE}
        super().__init__(widget=forms.RadioSelect, **{"error_messages": errors, **given})


class ShortText(forms.CharField):
    """A text of which the rules count the signs; a page counts along."""

    def __init__(self, *, rows: int = 2, **given: Any) -> None:
        attrs = {"rows": rows, "maxlength": MOST_SIGNS, "data-count": MOST_SIGNS}
        super().__init__(required=False, widget=forms.Textarea(attrs=attrs), **given)

    def to_python(self, value: Any) -> str:
        """A line break is one sign."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class CertifiedField(forms.BooleanField):
    """The box without which nothing is sent."""

    def __init__(self, label: Any, *, unticked: Any = None, **given: Any) -> None:
        super().__init__(label=label, required=False, **given)
        self.unticked = unticked

    def clean(self, value: Any) -> bool:
        """True, or the words of who forgot it; ``unticked``: where it certifies no data."""
        if not super().clean(value):
            if self.unticked is not None:
                raise forms.ValidationError(self.unticked, code="V-CF-01")
            raise said(blocking("V-CF-01", ""))
        return True


def said(fault: Fault) -> forms.ValidationError:
    """A fault as a form says it."""
    return forms.ValidationError(words.fault(fault), code=fault.code)


def put(form: forms.Form, faults: Iterable[Fault | None], names: Mapping[str, str]) -> None:
    """Say at each field what blocks; ``names``: the form's own name of a field of the rules."""
    for one in faults:
        if one is None or not one.blocks:
            continue
        name = names.get(one.field, one.field)
        text = words.fault(one)
        at = name if name in form.fields else None
        if text not in form.errors.get(at or "__all__", ()):
            form.add_error(at, text)


def filled(form: type[forms.Form], typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the initial values of a form's fields."""
    return {
        name: field.widget.value_from_datadict(typed, {}, name)
        for name, field in form.base_fields.items()
    }
