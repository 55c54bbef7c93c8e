"""A file or a text to be checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.temporary_unemployment.library.techlib.validating import LARGEST


class ValidatorForm(forms.Form):
    """One of the two; a text counts in UTF-8."""

    file = forms.FileField(
        label=gettext_lazy("File of communications (XML)"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("At most 2 MB and 200 forms. Drop it here or choose it."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste its content"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one content that is not too large; its bytes in ``content``."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        given = data.get("file")
        content = given.read() if given else (data.get("text") or "").encode("utf-8", "replace")
        if not content:
            self.add_error("file", _("Choose a file, or paste its content."))
        elif len(content) > LARGEST:
            self.add_error("file" if given else "text", _("The content is larger than 2 MB."))
        return data | {"content": content}
