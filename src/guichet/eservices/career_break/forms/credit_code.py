"""The code with which a worker shows what is left of his credit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.kernel.credit_code import CreditCode
from guichet.kernel.document_code import DocumentCode, InvalidCode


class CreditCodeField(forms.CharField):
    """A code whose check holds, or None; a slip of the pen is told apart from an unknown code."""

    def __init__(self, **given: Any) -> None:
        attrs = {
            "class": "govuk-input--width-20", "autocomplete": "off",
            "autocapitalize": "characters", "spellcheck": "false",
        }  # fmt: skip
        usual = {
            "label": _("Code of the worker"),
            "help_text": _(
                "Twelve signs, as in 7K3M-9QXT-2B4D; blanks, dashes and case do not matter."
            ),
            "error_messages": {"required": _("Type the code that the worker gave you.")},
        }
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **{**usual, **given})

    def clean(self, value: Any) -> CreditCode | None:
        """The code as the kernel reads it."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
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
