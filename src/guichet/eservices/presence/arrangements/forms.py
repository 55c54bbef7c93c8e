"""What people fill in of an agreement."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.forms import day_field
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.registers.arrangements.labels import METHODS
from guichet.registers.arrangements.operations import Recorded
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_arrangements import Kind, Method, Registrar, Side

_ROLES: Final = (
    ("principal", gettext_lazy("A subcontractor: its people work on your sites")),
    ("subcontractor", gettext_lazy("Your principal or contractor: your people work on its sites")),
    ("user", gettext_lazy("A temp agency: you use its temporary workers")),
    ("agency", gettext_lazy("A user company: it uses your temporary workers")),
)
_MEANT: Final = {
    "principal": (Kind.SUBCONTRACTOR, Side.ABOVE),
    "subcontractor": (Kind.SUBCONTRACTOR, Side.BELOW),
    "user": (Kind.INTERIM, Side.ABOVE),
    "agency": (Kind.INTERIM, Side.BELOW),
}
_REGISTRARS: Final = (
    ("worker", gettext_lazy("The worker himself")),
    ("us", gettext_lazy("Your enterprise")),
    ("other", gettext_lazy("The other enterprise")),
)


def _radios(label: Any, choices: Any, missing: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class ArrangementForm(forms.Form):
    """The other party, who registers by what, where and when, and the document."""

    role = _radios(
        gettext_lazy("With whom do you agree?"), _ROLES, gettext_lazy("Say with whom you agree.")
    )
    other = forms.CharField(
        label=gettext_lazy("Enterprise number of the other party"),
        help_text=gettext_lazy("Ten digits, for example 0712.345.630."),
        max_length=30,
        error_messages={
            "required": gettext_lazy("Enter the enterprise number of the other party."),
            "max_length": gettext_lazy("An enterprise number has ten digits."),
        },
    )
    site = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a site of the list.")},
    )
    registrar = _radios(
        gettext_lazy("Who registers?"),
        _REGISTRARS,
        gettext_lazy("Say who registers."),
        gettext_lazy("On cleaning sites the law lets only the worker himself register."),
    )
    supplier = _radios(
        gettext_lazy("Who gives the means to register?"),
        _REGISTRARS[1:],
        gettext_lazy("Say who gives the means."),
        gettext_lazy("It costs the worker nothing."),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Method"),
        choices=[("", ""), *((one.value, label) for one, label in METHODS.items())],
        error_messages={
            "required": gettext_lazy("Choose the method."),
            "invalid_choice": gettext_lazy("Choose the method."),
        },
    )
    description = forms.CharField(
        label=gettext_lazy("How it goes"),
        help_text=gettext_lazy("What happens on the site, and what when it does not work."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": gettext_lazy("Describe how people register.")},
    )
    first = day_field(gettext_lazy("First day"), gettext_lazy("Enter the first day."))
    last = day_field(gettext_lazy("Last day, if it is known"), "")
    attached = forms.MultipleChoiceField(
        label=gettext_lazy("Documents that are kept and not yet sent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("A document is gone. Look at the list again.")
        },
    )
    document = forms.FileField(
        label=gettext_lazy("The agreement"),
        help_text=gettext_lazy("PDF or JPEG, at most 10 MB. The other party can read it."),
        required=False,
        allow_empty_file=True,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        own: str,
        sites: Sequence[SiteRecord],
        pending: Sequence[Attachment],
        initial: Any = None,
        is_refused: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        # A document that was refused is told of by its own reason.
        self._own, self._is_refused = own, is_refused
        choices = [(one.reference, f"{one.name}, {one.reference}") for one in sites]
        every = ("", _("Every site where both parties are"))
        self.fields["site"].choices = [every, *choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["last"].required = False
        found = [(str(one.pk), one.name) for one in pending]
        self.fields["attached"].choices = found  # type: ignore[attr-defined]  # a choice field
        if not found:
            del self.fields["attached"]

    def clean_other(self) -> str:
        """A number that checks, of an enterprise of the register, not one's own."""
        try:
            number = EnterpriseNumber.parse(self.cleaned_data["other"]).digits
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(
                _("This is no enterprise number. Look at its ten digits again.")
            ) from None
        if number == self._own:
            raise forms.ValidationError(_("An enterprise makes no agreement with itself."))
        if enterprises.enterprise(number=number) is None:
            raise forms.ValidationError(
                _("The register of enterprises does not know this number. Check its digits.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """The period in order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first one."))
        if not cleaned.get("attached") and not self._is_refused:
            self.add_error("document", _("Attach the agreement."))
        return cleaned

    @property
    def side(self) -> Side:
        """Which party fills it in."""
        return _MEANT[self.cleaned_data["role"]][1]

    def wanted(self) -> Recorded:
        """What is agreed, in the terms of the register."""
        given = self.cleaned_data
        kind, own = _MEANT[given["role"]]
        parties = {own: self._own, own.other: given["other"]}
        sides = {"us": own, "other": own.other}
        registrar = given["registrar"]
        return Recorded(
            above=parties[Side.ABOVE],
            below=parties[Side.BELOW],
            kind=kind,
            registrar=Registrar(sides[registrar].value if registrar in sides else registrar),
            supplier=sides[given["supplier"]],
            method=Method(given["method"]),
            description=given["description"],
            first_day=given["first"],
            last_day=given["last"],
            works_reference=given["site"],
        )

    @property
    def chosen(self) -> list[UUID]:
        """The kept documents that go with it."""
        return [UUID(one) for one in self.cleaned_data.get("attached", [])]


class ContestForm(forms.Form):
    """Why the other party does not agree."""

    reason = forms.CharField(
        label=gettext_lazy("Why you contest it"),
        help_text=gettext_lazy("The other party reads this."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("Say why you contest it.")},
    )
