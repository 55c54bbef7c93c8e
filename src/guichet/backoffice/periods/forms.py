"""What the desk types: the number of a period, and why it is taken over or given back."""

from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.access.counter.forms import LongText
from guichet.kernel.dimona import LARGEST

_BLANKS: Final = str.maketrans("", "", " .-/")


class FindForm(forms.Form):
    """The number of a period, with blanks or without."""

    number = forms.CharField(
        label=gettext_lazy("Number of the period"),
        help_text=gettext_lazy("Up to twelve digits, as the employer has it."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        max_length=20,
        error_messages={
            "required": gettext_lazy("Enter the number of a period."),
            "max_length": gettext_lazy("The number of a period has at most twelve digits."),
        },
    )

    def clean_number(self) -> int:
        """The number."""
        text = self.cleaned_data["number"].translate(_BLANKS)
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST):
            raise forms.ValidationError(_("The number of a period has at most twelve digits."))
        return int(text)


class ReasonForm(forms.Form):
    """Why; kept with the name of who decided."""

    reason = LongText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept with your name; the employer does not read it."),
        error_messages={
            "required": gettext_lazy("Write the reason: it is kept with your name."),
            "max_length": gettext_lazy("Your text has more than 2000 signs: make it shorter."),
        },
    )
