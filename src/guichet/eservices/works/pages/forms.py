"""The steps of a declaration: who, what and when, where, by whom."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.works import words
from guichet.eservices.works.pages.fields import CentsField, DayField, TextField
from guichet.platform.pages import LANGUAGE_NAMES

_KINDS: Final = (
    ("enterprise", gettext_lazy("An enterprise, with a Belgian enterprise number")),
    ("person", gettext_lazy("A natural person without an enterprise number")),
    ("foreign", gettext_lazy("A foreign firm, with a VAT number of its country")),
)
_CHOOSE: Final = {
    "required": gettext_lazy("Choose one of the answers."),
    "invalid_choice": gettext_lazy("Choose one of the answers."),
}


def _radios(label: Any, choices: Any, **given: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=_CHOOSE, **given
    )


class WhoForm(forms.Form):
    """The principal, and whom the office may ask."""

    principal_kind = _radios(gettext_lazy("Who is the principal?"), _KINDS)
    principal_number = TextField(
        label=gettext_lazy("Enterprise number of the principal"),
        help_text=gettext_lazy("Ten digits."),
    )
    principal_vat = TextField(
        label=gettext_lazy("VAT number of the foreign principal"),
        help_text=gettext_lazy("With the two letters of its country."),
    )
    principal_name = TextField(
        label=gettext_lazy("Name of the principal"),
        help_text=gettext_lazy("Only without an enterprise number."),
    )
    principal_language = forms.ChoiceField(
        label=gettext_lazy("Language of the principal"),
        choices=[*LANGUAGE_NAMES.items()],
        error_messages=_CHOOSE,
    )
    contact_first_name = TextField(
        label=gettext_lazy("First name"), widget=forms.TextInput({"autocomplete": "given-name"})
    )
    contact_name = TextField(
        label=gettext_lazy("Family name"), widget=forms.TextInput({"autocomplete": "family-name"})
    )
    contact_phone = TextField(
        label=gettext_lazy("Telephone"), widget=forms.TextInput({"autocomplete": "tel"})
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail address, for the messages about this declaration"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address like name@example.org.")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class WorksForm(forms.Form):
    """Kind, amount and days of the works."""

    sector = _radios(gettext_lazy("Sector"), [(str(k), v) for k, v in words.SECTORS.items()])
    work_type = forms.ChoiceField(
        label=gettext_lazy("Kind of works"),
        required=False,
        choices=[("", gettext_lazy("Choose")), *((str(k), v) for k, v in words.WORK_TYPES.items())],
        help_text=gettext_lazy("For works on immovables."),
        error_messages=_CHOOSE,
    )
    purpose = _radios(
        gettext_lazy("Do the works end?"),
        [
            ("1", gettext_lazy("Yes, they have one specific end")),
            ("2", gettext_lazy("No, they go on: upkeep, cleaning each week")),
        ],
    )
    site_name = TextField(
        label=gettext_lazy("Name of the site"),
        help_text=gettext_lazy("As workers know it. Without one, the address is its name."),
    )
    site = TextField(
        label=gettext_lazy("Number of a site that exists already"),
        help_text=gettext_lazy(
            "Only when another contractor of the same principal declared this site: thirteen "
            "signs, 1Y1… Leave it empty for a new site."
        ),
    )
    cents = CentsField(
        label=gettext_lazy("Amount of the contract in euro, without VAT"),
        help_text=gettext_lazy("For works that go on: the amount of a year."),
    )
    is_cost_plus = forms.BooleanField(
        label=gettext_lazy("The works are paid by cost-plus; the amount is an estimate"),
        required=False,
    )
    signed_on = DayField(label=gettext_lazy("Contract signed on"))
    first_day = DayField(label=gettext_lazy("First day of the works"))
    last_day = DayField(label=gettext_lazy("Last day of the works, as foreseen"))
    dangerous = _radios(
        gettext_lazy("Are there dangerous works?"),
        [(str(k), v) for k, v in words.DANGEROUS.items()],
    )
    late_reason = _radios(
        gettext_lazy("Is there a reason why you declare late?"),
        [("1", gettext_lazy("Yes, it stands in the comment")), ("0", gettext_lazy("No"))],
        required=False,
    )
    own_reference = TextField(label=gettext_lazy("Your own reference"))
    comment = TextField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("At most 200 signs."),
        widget=forms.Textarea({"rows": "3"}),
    )


class PlacesForm(forms.Form):
    """Whether the works stand still, and where they are."""

    is_mobile = _radios(
        gettext_lazy("Where are the works?"),
        [
            ("0", gettext_lazy("At fixed addresses")),
            ("1", gettext_lazy("On a route or in a zone: they move")),
        ],
    )
    address_details = TextField(
        label=gettext_lazy("Description of the place"),
        help_text=gettext_lazy(
            "Needed for a route or a zone, and where a street or a number is missing: kilometre "
            "marks, plots, the round of the week. At most 1000 signs."
        ),
        widget=forms.Textarea({"rows": "4"}),
    )


class PlaceForm(forms.Form):
    """An address, or a point of a route."""

    use_required_attribute = False
    street = TextField(label=gettext_lazy("Street"))
    house_number = TextField(
        label=gettext_lazy("Number"), widget=forms.TextInput({"class": "govuk-input--width-5"})
    )
    box_number = TextField(
        label=gettext_lazy("Box"), widget=forms.TextInput({"class": "govuk-input--width-4"})
    )
    postcode = TextField(
        label=gettext_lazy("Postcode"), widget=forms.TextInput({"class": "govuk-input--width-5"})
    )
    municipality = TextField(label=gettext_lazy("Town"))


class LinkForm(forms.Form):
    """A subcontractor: who, for whom, when, for how much."""

    use_required_attribute = False
    firm = TextField(
        label=gettext_lazy("Enterprise number, or foreign VAT number"),
    )
    name = TextField(label=gettext_lazy("Name, for a foreign firm"))
    employer = forms.ChoiceField(
        label=gettext_lazy("Works for"), required=False, error_messages=_CHOOSE
    )
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))
    cents = CentsField(label=gettext_lazy("Amount without VAT, if you know it"))
    known_as = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, earlier: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        employer: Any = self.fields["employer"]
        others = [(str(at), f"{at + 1}. {firm}") for at, firm in earlier]
        employer.choices = [("", _("the declarant")), *others]


class CancelForm(forms.Form):
    """Why a declaration is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why are the works not carried out?"),
        help_text=gettext_lazy("The inspection can read this. At most 250 signs."),
        max_length=250,
        error_messages={
            "required": gettext_lazy("Write why the works are not carried out."),
            "max_length": gettext_lazy("At most 250 signs: make it shorter."),
        },
    )


class ListForm(forms.Form):
    """What the list is narrowed to."""

    text = forms.CharField(
        label=gettext_lazy("Number, name, place or subcontractor"), required=False, max_length=100
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("running", gettext_lazy("Going on today")),
            *words.STATES.items(),
        ],
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )


def empty(form: forms.BaseForm, but: Iterable[str] = ()) -> bool:
    """Whether nothing was typed in a row."""
    return not any(str(bound.value() or "").strip() for bound in form if bound.name not in {*but})
