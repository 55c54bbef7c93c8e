"""The plan of a site as people fill it in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from guichet.platform.wording import weekdays
from guichet.registers.persons.models import Person


class PlanForm(forms.Form):
    """Who is expected on which weekdays, and when he usually begins."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Tick at least one person."),
            "invalid_choice": gettext_lazy("Choose among the people whom Dimona knows here."),
        },
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which weekdays"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one weekday.")},
    )
    starts_at = forms.TimeField(
        label=gettext_lazy("Usual hour of the start"),
        help_text=gettext_lazy("For example 06:30."),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the usual hour of the start."),
            "invalid": gettext_lazy("Write an hour as 06:30."),
        },
    )

    def __init__(self, *args: Any, staff: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.choices = [(one.pk, one.sort_key) for one in staff]
        days: Any = self.fields["weekdays"]
        days.choices = [(at, name) for at, (_letter, name) in enumerate(weekdays())]

    def planned(self) -> dict[str, Any]:
        """What the operation takes."""
        return {name: self.cleaned_data[name] for name in ("people", "weekdays", "starts_at")}
