"""The form of the parameters: whom to ask, which sector, electronic notices."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.eservices.career_break.forms.parts import put
from guichet.rules.career_break.employers import Parameters, parameter_faults

_NAMES: Final = {"mail": "email"}


def line(label: Any, most: int, autocomplete: str = "off") -> forms.CharField:
    """One line; the rules say when it is missing."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class ParametersForm(forms.Form):
    """As the manual shows it: contact, sector, notices."""

    name = line(_("Name (service or person) *"), 200, "organization")
    given_name = line(_("First name"), 40, "given-name")
    phone = line(_("Telephone number"), 40, "tel")
    mobile = line(_("Mobile number"), 40, "tel")
    email = line(_("E-mail address *"), 200, "email")
    sector = forms.ChoiceField(
        label=_("Select your sector *"),
        choices=[*words.SECTORS.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    takes_notices = forms.BooleanField(
        label=_("Workers may send me electronic notices"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """By the rules, all of them at once."""
        given = self.cleaned_data
        parameters = Parameters(
            name=given.get("name", ""), phone=given.get("phone", ""),
            mobile=given.get("mobile", ""), mail=given.get("email", ""),
            sector=given.get("sector", ""), takes_notices=given.get("takes_notices", False),
        )  # fmt: skip
        put(self, parameter_faults(parameters), _NAMES)
        return given
