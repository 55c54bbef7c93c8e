"""The two forms of the verifier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guichet.documents.verification import LARGEST
from guichet.kernel.document_code import DocumentCode, InvalidCode


class CodeForm(forms.Form):
    """The code under the square."""

    code = forms.CharField(
        label=_("Verification code"),
        help_text=_(
            "It stands in the frame at the end of the document: four groups of four signs."
        ),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter the verification code."),
            "max_length": _("The verification code has sixteen signs."),
        },
    )

    def clean_code(self) -> DocumentCode:
        """The code itself."""
        try:
            return DocumentCode.parse(self.cleaned_data["code"])
        except InvalidCode as fault:
            text = (
                _("There is a typing error in the verification code. Compare it sign by sign.")
                if fault.mistyped
                else _("The verification code has sixteen signs.")
            )
            raise forms.ValidationError(text) from None


class FileForm(forms.Form):
    """The file itself."""

    document = forms.FileField(
        label=_("The PDF file"),
        help_text=_("At most 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={
            "required": _("Choose the PDF file that you want to verify."),
            "empty": _("The file that you want to verify is empty."),
        },
    )

    def clean_document(self) -> UploadedFile[bytes]:
        """Small enough to be looked at in memory."""
        given: UploadedFile[bytes] = self.cleaned_data["document"]
        if (given.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB: it is not one of ours."))
        return given


def data_of(form: FileForm) -> bytes:
    """The bytes of the file."""
    given: Any = form.cleaned_data["document"]
    return bytes(given.read())
