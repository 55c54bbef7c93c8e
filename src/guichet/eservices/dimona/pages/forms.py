"""What may be looked for in the personnel file."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.dimona.pages import kept, words
from guichet.eservices.dimona.queries import Wanted
from guichet.rules.dimona import kinds

_INPUTS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
_CHOOSE: Final = {"invalid_choice": gettext_lazy("Choose one of the list.")}


def day_field(label: Any, **given: Any) -> forms.DateField:
    """A day, written as people write one."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})
    errors = {"invalid": gettext_lazy("Write a day as 24/11/2026.")} | given.pop("errors", {})
    return forms.DateField(
        label=label, input_formats=_INPUTS, widget=widget, error_messages=errors, **given
    )


class PersonnelForm(forms.Form):
    """Worker, days, features and flags; everything may stay empty."""

    worker = forms.CharField(
        label=gettext_lazy("Worker"),
        help_text=gettext_lazy("National number or part of the name"),
        required=False,
        max_length=100,
    )
    first = day_field(gettext_lazy("From"), required=False)
    last = day_field(gettext_lazy("To"), required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("Worker type"), required=False, error_messages=_CHOOSE
    )
    committee = forms.CharField(label=gettext_lazy("Joint committee"), required=False, max_length=9)
    late = forms.ChoiceField(
        label=gettext_lazy("Declared in time"), required=False, error_messages=_CHOOSE
    )
    cancelled = forms.ChoiceField(
        label=gettext_lazy("Cancelled periods"), required=False, error_messages=_CHOOSE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(code, f"{code} {word}") for code, word in words.TYPES.items()]
        self._offer("type", _("All types"), types)
        self._offer(
            "late", _("Late or in time"), [("yes", _("Late only")), ("no", _("In time only"))]
        )
        self._offer(
            "cancelled",
            _("With the others"),
            [("yes", _("Cancelled only")), ("no", _("Without cancelled ones"))],
        )

    def _offer(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", every), *choices]

    def clean(self) -> dict[str, Any]:
        """The days in order; no sign that a database cannot hold."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first one."))
        return cleaned

    def wanted(self, *, employer: str) -> Wanted:
        """What is looked for."""
        data = self.cleaned_data
        return Wanted(
            employer,
            first=data["first"],
            last=data["last"],
            niss=kept.number_in(data["worker"]),
            name=kept.name_in(data["worker"]),
            worker_type=data["type"] or None,
            joint_committee=kinds.committee(data["committee"]) or None,
            is_late=_flag(data["late"]),
            is_cancelled=_flag(data["cancelled"]),
        )


def _flag(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)
