"""What a worker says to an allowance that may be asked back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_LONGEST = 2000


class DefenceForm(forms.Form):
    """His words, an appointment, and over how many months he would pay back."""

    defence = forms.CharField(
        label=_("What you want to say"),
        help_text=_("What is not right, or what we should know. You can leave it empty."),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": _("Your text has more than 2000 signs: make it shorter.")},
    )
    wants_hearing = forms.BooleanField(
        label=_("I want to be heard at the office; it proposes a day"), required=False
    )
    months_asked = forms.IntegerField(
        label=_("If I must pay back: over how many months"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={
            "invalid": _("Enter a whole number of months."),
            "min_value": _("Enter a whole number of months."),
        },
    )

    def __init__(self, *args: Any, most: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.most = most

    def clean_months_asked(self) -> int | None:
        """No more months than there may be."""
        count: int | None = self.cleaned_data["months_asked"]
        if count is not None and count > self.most:
            text = _("It can be spread over %(most)s months at most.")
            raise forms.ValidationError(text, params={"most": self.most})
        return count

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        given = self.cleaned_data
        if not self.errors and not any(given.values()):
            self.add_error("defence", _("Write something, or choose one of the answers below."))
        return given
