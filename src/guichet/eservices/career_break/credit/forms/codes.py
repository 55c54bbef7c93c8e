"""Making a code, and opening one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.credit import words
from guichet.eservices.career_break.credit.forms.simulator import choices
from guichet.eservices.career_break.credit.remaining import Pot
from guichet.kernel.credit_code import CreditCode
from guichet.kernel.document_code import DocumentCode, InvalidCode


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

    code = forms.CharField(
        label=_("Code of the worker"),
        help_text=_("Twelve signs, as in 7K3M-9QXT-2B4D; blanks, dashes and case do not matter."),
        max_length=40,
        error_messages={"required": _("Type the code that the worker gave you.")},
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-20",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> CreditCode:
        """A code whose check holds; a slip of the pen is told apart from an unknown code."""
        text = self.cleaned_data["code"]
        try:
            return CreditCode.parse(text)
        except InvalidCode as invalid:
            raise forms.ValidationError(_told(text, mistyped=invalid.mistyped)) from None


def _told(text: str, *, mistyped: bool) -> Any:
    if mistyped:
        return _("One sign at least is mistyped: compare it with what the worker gave you.")
    try:
        DocumentCode.parse(text)
    except InvalidCode:
        return _("A code has twelve letters and digits. Compare it with what the worker gave you.")
    return _(
        "This is the code of a document, of sixteen signs. The code for the employer stands above "
        "the table of the attestation and has twelve."
    )
