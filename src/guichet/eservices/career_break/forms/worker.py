"""Choosing a worker: number, code, joint committee, an address to write to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.eservices.career_break.forms.parameters import line
from guichet.rules.career_break.committees import committees
from guichet.rules.career_break.kinds import Sector


class WorkerForm(forms.Form):
    """As the manual shows it; a public employer has no joint committee. The view asks the rules."""

    niss = forms.CharField(
        label=_("National register number *"),
        help_text=_("As 999999/999-99; strokes, points and blanks are optional."),
        max_length=30,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "inputmode": "numeric"}
        ),
    )
    worker_code = forms.ChoiceField(
        label=_("Worker code *"),
        choices=[*words.CODES.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    committee = forms.ChoiceField(label=_("Joint committee *"), required=False)
    worker_email = line(_("Contact e-mail address of the worker"), 200)

    def __init__(self, *args: Any, sector: str, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        if sector == Sector.PUBLIC:
            del self.fields["committee"]
            return
        choices = [(one.code, words.committee(one.code)) for one in committees(on=today)]
        self.fields["committee"].choices = [  # type: ignore[attr-defined]  # of a choice field
            ("", _("Choose a joint committee")), *choices,
        ]  # fmt: skip
