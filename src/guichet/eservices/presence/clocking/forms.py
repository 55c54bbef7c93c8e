"""What the page of the button takes: the site, the press."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.presence.clocking.operations import Place
from guichet.eservices.presence.clocking.queries import OwnEmployer
from guichet.eservices.presence.models import POSITIONS
from guichet.kernel.base34 import MalformedNumber
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.works import LONGEST_CODE, WorksReference, reference_in
from guichet.presence_log.wire import Address
from guichet.rules.presence_next import Step

_FOREIGN_LEAST: Final = 3
_FOREIGN_MOST: Final = 30
_FARTHEST_METRES: Final = 10_000_000


class SiteForm(forms.Form):
    """The number on the poster, what its QR code holds, or the address that it opens."""

    site = forms.CharField(
        label=gettext_lazy("Site number"),
        help_text=gettext_lazy("Thirteen letters and digits on the poster of the site."),
        max_length=LONGEST_CODE,
        error_messages={
            "required": gettext_lazy("Enter the number of the site."),
            "max_length": gettext_lazy("This is not the code of a site. Type its number."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_site(self) -> str:
        """The thirteen signs."""
        try:
            reference = reference_in(self.cleaned_data["site"])
        except MalformedNumber:
            raise forms.ValidationError(
                _(
                    "This is not the number of a site: it has 13 letters and digits, never the "
                    "letters I and O. Look at the poster, or ask your employer."
                )
            ) from None
        if WorksReference(reference.signs).looks_like_declaration_number:
            raise forms.ValidationError(
                _(
                    "This is the number of the declaration of works. The number of the site "
                    "stands beside it and begins with 1Y1."
                )
            )
        return reference.signs


_DAMAGED: Final = gettext_lazy("Something was lost on the way. Press the button again.")
_WHOLE: Final = {"required": _DAMAGED, "invalid": _DAMAGED, "invalid_choice": _DAMAGED}


class PressForm(forms.Form):
    """One press. Fields of the position are filled by the phone, if it may tell."""

    step = forms.ChoiceField(
        choices=[(str(step), str(step)) for step in Step], error_messages=_WHOLE
    )
    site = forms.RegexField(r"\A[A-HJ-NP-Z0-9]{13}\Z", error_messages=_WHOLE)
    key = forms.UUIDField(error_messages=_WHOLE)
    position = forms.ChoiceField(choices=[(one, one) for one in POSITIONS], required=False)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    accuracy = forms.FloatField(min_value=0, max_value=_FARTHEST_METRES, required=False)
    employer = forms.CharField(
        label=gettext_lazy("For whom do you work here?"),
        required=False,
        max_length=40,
        error_messages={"max_length": gettext_lazy("Enter the number of an enterprise.")},
    )
    postcode = forms.RegexField(
        r"\A[1-9][0-9]{3}\Z",
        label=gettext_lazy("Postcode of the site"),
        required=False,
        error_messages={"invalid": gettext_lazy("A postcode has four digits.")},
    )
    municipality = forms.CharField(
        label=gettext_lazy("Municipality of the site"), required=False, max_length=80
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[OwnEmployer] = (),
        asks_place: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._offered = offered
        self._asks_place = asks_place
        if offered:
            choices = [(one.key, one.name or one.key) for one in offered]
            self.fields["employer"] = forms.ChoiceField(
                label=self.fields["employer"].label,
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of your employers.")},
            )
        else:
            self.fields["employer"].help_text = _(
                "Nobody is known as your employer today. Enter the enterprise number, ten digits, "
                "or the foreign VAT number with its two letters."
            )
        if not asks_place:
            del self.fields["postcode"], self.fields["municipality"]

    def clean(self) -> dict[str, Any]:
        """An IN names an employer; an unknown site without a position names a place."""
        cleaned = super().clean() or self.cleaned_data
        step = cleaned.get("step")
        if step and "in" in Step(step).acts and "employer" not in self.errors:
            self._employer(cleaned)
        if self._asks_place and not self._has_point(cleaned):
            for name, words in (
                ("postcode", _("Enter the postcode: this site is not declared.")),
                ("municipality", _("Enter the municipality: this site is not declared.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    def place(self) -> Place:
        """Where the phone says it is, or what the person wrote."""
        cleaned = self.cleaned_data
        address = None
        if self._asks_place and cleaned.get("postcode"):
            address = Address(
                post_code=cleaned["postcode"], municipality_name=cleaned["municipality"]
            )
        if not self._has_point(cleaned):
            position = cleaned.get("position") or "not_asked"
            return Place("unavailable" if position == "given" else position, address=address)
        accuracy = cleaned.get("accuracy")
        metres = None if accuracy is None else round(accuracy)
        return Place("given", cleaned["longitude"], cleaned["latitude"], metres)

    @staticmethod
    def _has_point(cleaned: dict[str, Any]) -> bool:
        return cleaned.get("longitude") is not None and cleaned.get("latitude") is not None

    def _employer(self, cleaned: dict[str, Any]) -> None:
        key = cleaned.get("employer") or ""
        if not key and len(self._offered) == 1:
            key = self._offered[0].key
        if not key:
            self.add_error("employer", _("Choose for whom you work here."))
            return
        chosen = next((one for one in self._offered if one.key == key), None) or _typed(key)
        if chosen is None:
            self.add_error("employer", _("This is not the number of an enterprise."))
        cleaned["chosen"] = chosen


def new_key() -> str:
    """The key of a page: the same form sent twice is one press."""
    return str(uuid.uuid4())


def _typed(text: str) -> OwnEmployer | None:
    try:
        number = EnterpriseNumber.parse(text)
    except InvalidEnterpriseNumber:
        vat = text.replace(" ", "").upper()
        is_foreign = vat[:2].isalpha() and vat[:2] != "BE" and vat.isascii() and vat.isalnum()
        if is_foreign and _FOREIGN_LEAST <= len(vat) <= _FOREIGN_MOST:
            return OwnEmployer("", vat, "", is_in_chain=False)
        return None
    return OwnEmployer(number.digits, "", "", is_in_chain=False)
