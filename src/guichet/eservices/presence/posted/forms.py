"""What the holder of an L1 fills in: where, and which of two days."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.presence.days.forms import site_in
from guichet.platform import wording


class HolderForm(forms.Form):
    """One presence of the posting of the session."""

    site = forms.CharField(
        label=gettext_lazy("Number of the site"),
        help_text=gettext_lazy("Thirteen signs on the poster; its QR code may be scanned."),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Enter the number of the site."),
            "max_length": gettext_lazy("Enter the number of the site: thirteen signs."),
        },
    )
    day = forms.TypedChoiceField(
        label=gettext_lazy("Day"),
        coerce=date.fromisoformat,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose today or tomorrow."),
            "invalid_choice": gettext_lazy("Choose today or tomorrow."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        days = ((_("Today"), today), (_("Tomorrow"), today + timedelta(days=1)))
        choices = [(day.isoformat(), f"{name}, {wording.day_words(day)}") for name, day in days]
        self.fields["day"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["day"].initial = today.isoformat()
        self.fields["key"].initial = uuid4

    def clean_site(self) -> str:
        """Thirteen signs, out of whatever was given."""
        return site_in(self.cleaned_data["site"])
