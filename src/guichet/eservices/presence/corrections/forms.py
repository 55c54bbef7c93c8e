"""What a worker says when he sends a correction to his employer."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy

LONGEST: Final = 500


class ReportForm(forms.Form):
    """The words that go along; may be empty."""

    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Your employer and the NSSO can read this. 500 signs at most."),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": gettext_lazy("Write at most 500 signs.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
