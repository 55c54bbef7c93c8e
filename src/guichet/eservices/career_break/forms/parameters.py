"""The form of the parameters: whom to ask, which sector, electronic notices."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.eservices.career_break.forms.parts import put
from guichet.rules.career_break.employers import (
    Parameters,
    asks_to_confirm,
    authority_fault,
    parameter_faults,
)
from guichet.rules.career_break.kinds import Sector

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
    authority = forms.ChoiceField(
        label=_("Public sector: which authority are you? *"),
        choices=[*words.AUTHORITIES.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    sector_changes = forms.BooleanField(
        label=_("I change the sector; requests that run keep the one they were made in"),
        required=False,
    )
    takes_notices = forms.BooleanField(
        label=_("Workers may send me electronic notices"), required=False
    )

    def __init__(self, *args: Any, sector: str = "", running: int = 0, **given: Any) -> None:
        super().__init__(*args, **given)
        self.former, self.running = sector, running

    @property
    def asks_to_confirm(self) -> bool:
        """Whether the sector changes while requests run, so that a box is asked for."""
        new = str(self.data.get("sector", ""))
        return asks_to_confirm(sector=self.former, new_sector=new, open_requests=self.running)

    def clean(self) -> dict[str, Any]:
        """By the rules, all of them at once."""
        given = self.cleaned_data
        parameters = Parameters(
            name=given.get("name", ""), phone=given.get("phone", ""),
            mobile=given.get("mobile", ""), mail=given.get("email", ""),
            sector=given.get("sector", ""), takes_notices=given.get("takes_notices", False),
        )  # fmt: skip
        authority = authority_fault(sector=parameters.sector, authority=given.get("authority", ""))
        put(self, [*parameter_faults(parameters), authority], _NAMES)
        if parameters.sector != Sector.PUBLIC:
            given["authority"] = ""
        if self.asks_to_confirm and not given.get("sector_changes"):
            self.add_error("sector_changes", _("Requests run: tick that you change the sector."))
        return given

    def contact(self) -> dict[str, Any]:
        """What is kept of a sound form."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "sector_changes"
        }
