"""The answer to a question of the office."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_SIGNS = 2000


class AnswerForm(forms.Form):
    """In words; what is sent as a document is told so."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("At most 2000 signs. If you sent a document, say which one."),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write your answer."),
            "max_length": _("Your text has more than 2000 signs: make it shorter."),
        },
    )
