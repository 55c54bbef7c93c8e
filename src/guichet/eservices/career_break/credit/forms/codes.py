"""Making a code, and opening one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.credit import words
from guichet.eservices.career_break.credit.forms.simulator import choices
from guichet.eservices.career_break.credit.remaining import Pot
from guichet.eservices.career_break.forms.credit_code import CreditCodeField


class ChooseForm(forms.Form):
    """Which credits the code tells of: nothing is ticked for the worker."""

    pots = forms.MultipleChoiceField(
        label=_("What may your employer see?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one credit."),
            "invalid_choice": _("Choose among the credits of this page."),
        },
    )

    def __init__(self, *args: Any, pots: Sequence[Pot], **given: Any) -> None:
        super().__init__(*args, **given)
        choices(self, "pots", [(one.key, words.pot_of(one)) for one in pots])


class CodeForm(forms.Form):
    """The code as the worker gave it."""

    code = CreditCodeField()
