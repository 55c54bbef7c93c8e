"""What the pages of files have in common: the form, the answer, whose a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy

from guichet.registers.exchanges import queries
from guichet.registers.exchanges.frames import LARGEST, FileRefused
from guichet.registers.exchanges.operations import Received, ReferenceReused
from guichet.registers.exchanges.queries import FileRecord

R = TypeVar("R", bound=HttpResponseBase)
XML: Final = "application/xml"


class SendForm(forms.Form):
    """One file; a service says after which schema."""

    file = forms.FileField(
        label=gettext_lazy("File of declarations"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
            "invalid": gettext_lazy("Choose a file."),
        },
    )

    def __init__(self, *args: Any, schema: Any, **kwargs: Any) -> None:
        """``schema``: a sentence that names it and how much a file may hold."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = schema


def sent(
    form: SendForm, *, take: Callable[[bytes], Received], faults: Mapping[str, Any]
) -> Received | None:
    """The file of the form as ``take`` received it; None when the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return take(form.cleaned_data["file"].read(LARGEST + 1))
    except FileRefused as refusal:
        form.add_error("file", str(faults[refusal.fault]))
    except ReferenceReused:
        form.add_error(
            "file",
            gettext_lazy(
                "The reference of this file stands for another file that you sent. Give the "
                "file a reference of its own."
            ),
        )
    return None


def own_file(*, service: str, sender: str, ticket: str) -> FileRecord:
    """A sender's own file; raises Http404 for another's and for none."""
    file = queries.file(service=service, sender=sender, ticket=ticket[:40])
    if file is None:
        raise Http404
    return file


def saved(answer: R, name: str) -> R:
    """The same answer, saved under a name and kept by no cache."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
