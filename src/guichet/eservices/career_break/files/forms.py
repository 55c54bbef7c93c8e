"""The form that takes one file of a break."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.files import words
from guichet.eservices.career_break.forms.parts import ShortText, said
from guichet.rules.career_break.attachments import Document
from guichet.rules.career_break.faults import blocking

_CHOOSE: Final = _("Choose which document it is.")


class FileForm(forms.Form):
    """Which document it is, the file, and a description where it is another one.

    ``offered``: the documents, the mandatory ones first; ``starred``: those that are mandatory;
    ``is_needed``: a file must be there, because somebody adds one.
    """

    document = forms.ChoiceField(
        label=_("Document *"), error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE}
    )
    file = forms.FileField(
        label=_("Choose a file"),
        required=False,
        allow_empty_file=True,  # said with the other refusals
    )
    description = ShortText(
        label=_("Please describe the attachment *"), help_text=_("Only for the document “Other”.")
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Document],
        starred: frozenset[Document],
        is_needed: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "files-%s", **given})
        self.is_needed = is_needed
        self.fields["document"].choices = [  # type: ignore[attr-defined]  # of a choice field
            (one.value, f"{words.DOCUMENTS[one]} *" if one in starred else words.DOCUMENTS[one])
            for one in offered
        ]

    def clean(self) -> dict[str, Any]:
        """A file, when one is added."""
        if self.is_needed and not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose the file that you want to attach."))
            is_blank = not self.cleaned_data.get("description", "").strip()
            if self.cleaned_data.get("document") == Document.OTHER and is_blank:
                self.add_error("description", said(blocking("V-AT-04", "description")))
        return self.cleaned_data
