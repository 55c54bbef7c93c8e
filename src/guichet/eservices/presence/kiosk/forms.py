"""What people fill in to enrol a device or to give a means."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.presence.days.crews import Member
from guichet.eservices.presence.kiosk import signing
from guichet.eservices.presence.kiosk.words import DEVICE_KINDS, MEANS
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_means import may_be_a_badge, plain

_NAME: dict[str, Any] = {
    "label": gettext_lazy("Name of the device"),
    "help_text": gettext_lazy("So that you know it again, for example: Gate north."),
    "max_length": 60,
    "error_messages": {"required": gettext_lazy("Give the device a name.")},
}


class NameForm(forms.Form):
    """Another name for a device."""

    name = forms.CharField(**_NAME)


class DeviceForm(forms.Form):
    """A new device; a reader comes with its public key, a kiosk makes its own."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=list(DEVICE_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of device it is.")},
    )
    site = forms.ChoiceField(
        label=gettext_lazy("Site"),
        error_messages={
            "required": gettext_lazy("Choose the site."),
            "invalid_choice": gettext_lazy("Choose a site of the list: you work there today."),
        },
    )
    name = forms.CharField(**_NAME)
    reads = forms.MultipleChoiceField(
        label=gettext_lazy("What can it read?"),
        choices=[(str(code), word) for code, word in MEANS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one means that it reads.")},
    )
    public_key = forms.CharField(
        label=gettext_lazy("Public key of the badge reader, in PEM"),
        help_text=gettext_lazy("P-256 or Ed25519. A kiosk makes its own key: leave this empty."),
        required=False,
        max_length=signing.LONGEST_KEY,
        widget=forms.Textarea(attrs={"rows": "5", "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, sites: Sequence[SiteRecord]) -> None:
        super().__init__(data)
        choices = [(one.reference, f"{one.name}, {one.reference}") for one in sites]
        self.fields["site"].choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a choice field
        self.key: signing.Key | None = None

    def clean(self) -> dict[str, Any]:
        """A reader needs a key that is one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") != "reader":
            return cleaned
        try:
            self.key = signing.public_key(cleaned.get("public_key") or "")
        except signing.KeyRefused:
            self.add_error(
                "public_key",
                _("Paste the public key of P-256 or Ed25519 that begins with BEGIN PUBLIC KEY."),
            )
        return cleaned


class MeansForm(forms.Form):
    """A means for one person of the own staff."""

    person = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        error_messages={
            "required": gettext_lazy("Choose the person."),
            "invalid_choice": gettext_lazy("Choose somebody who works for you today."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What he gets"),
        choices=[(str(code), word) for code, word in MEANS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the means.")},
    )
    identifier = forms.CharField(
        label=gettext_lazy("Number of the badge"),
        help_text=gettext_lazy(
            "As a reader types it: 6 to 32 letters and digits. Empty for the other means."
        ),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, staff: Iterable[Member]) -> None:
        super().__init__(data)
        choices = [(one.ssin, one.name) for one in staff]
        self.fields["person"].choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A badge has a number that nothing else could have."""
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.get("identifier") or ""
        if cleaned.get("kind") == "badge" and not may_be_a_badge(plain(number)):
            self.add_error(
                "identifier",
                _(
                    "Enter 6 to 32 letters and digits, and no national number or Limosa number: "
                    "the kiosk could take it for one."
                ),
            )
        return cleaned
