"""What people fill in to declare an alternative method."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.forms import day_field
from guichet.registers.works.queries import SiteRecord


def _words(label: Any, hint: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": missing},
    )


class MethodForm(forms.Form):
    """The method, its guarantees in words, its period and its documents."""

    site = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a site of the list.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the method"),
        help_text=gettext_lazy("For example: track and trace of the vans."),
        max_length=100,
        error_messages={"required": gettext_lazy("Give the method a name.")},
    )
    description = _words(
        gettext_lazy("How it registers"),
        gettext_lazy("Which machine registers what, and when it sends it."),
        gettext_lazy("Describe how the method registers."),
    )
    guarantees = _words(
        gettext_lazy("Equal guarantees"),
        gettext_lazy(
            "Why it guarantees as much as a device with a personal means: at a distance, ahead of "
            "the work, with the same data."
        ),
        gettext_lazy("Say why the guarantees are equal."),
    )
    origin = _words(
        gettext_lazy("Origin of the data"),
        gettext_lazy("How it can be traced from which machine and from whom a registration comes."),
        gettext_lazy("Say how the origin of the data can be traced."),
    )
    proof = _words(
        gettext_lazy("Proof on site"),
        gettext_lazy("How you show an inspector that who stands there is registered."),
        gettext_lazy("Say how you prove on site who is registered."),
    )
    first = day_field(gettext_lazy("First day"), gettext_lazy("Enter the first day."))
    last = day_field(gettext_lazy("Last day, if it is known"), "")
    is_equal = forms.BooleanField(
        label=gettext_lazy("I declare that this is true and that the guarantees are equal"),
        error_messages={"required": gettext_lazy("Tick this: without it nothing is declared.")},
    )
    attached = forms.MultipleChoiceField(
        label=gettext_lazy("Documents that are kept and not yet sent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("A document is gone. Look at the list again.")
        },
    )
    document = forms.FileField(
        label=gettext_lazy("Document that proves it"),
        help_text=gettext_lazy("PDF or JPEG, at most 10 MB. More documents: one after the other."),
        required=False,
        allow_empty_file=True,
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        sites: Sequence[SiteRecord],
        pending: Sequence[Attachment],
        initial: Any = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        choices = [(one.reference, f"{one.name}, {one.reference}") for one in sites]
        every = ("", _("Every site of the firm"))
        self.fields["site"].choices = [every, *choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["last"].required = False
        found = [(str(one.pk), one.name) for one in pending]
        self.fields["attached"].choices = found  # type: ignore[attr-defined]  # a choice field
        if not found:
            del self.fields["attached"]

    def clean(self) -> dict[str, Any]:
        """The period in order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first one."))
        return cleaned

    @property
    def chosen(self) -> list[UUID]:
        """The kept documents that go with it."""
        return [UUID(one) for one in self.cleaned_data.get("attached", [])]
