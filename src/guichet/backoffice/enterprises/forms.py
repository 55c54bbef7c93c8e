"""What the agent fills in: the enterprise by its papers, the person who represents it."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.backoffice.enterprises.operations import ForeignEnterprise, Representative
from guichet.csam.outside import countries
from guichet.csam.outside.forms import SEXES, check_birth_date, text
from guichet.kernel.niss import InvalidNiss, Niss, Sex
from guichet.platform.pages import LANGUAGE_NAMES
from guichet.registers.addresses import Address
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.foreign_access import EIDAS_COUNTRIES

ABROAD: Final = tuple(code for code in countries.COUNTRIES if code != "BE")
NOBODY: Final = "new"
FUNCTIONS: Final = (
    ("director", gettext_lazy("Director")),
    ("manager", gettext_lazy("Manager")),
    ("founder", gettext_lazy("Founder")),
    ("self_employed", gettext_lazy("Self-employed, in his own name")),
)
_SHORT: Final = "govuk-input--width-10"
_MIDDLE: Final = "govuk-input--width-20"
_VAT: Final = re.compile(r"[A-Z0-9+*]{2,20}")
_PUNCTUATION: Final = str.maketrans("", "", " .-/")


def _short() -> forms.TextInput:
    return forms.TextInput(attrs={"class": _SHORT})


def _country(label: Any, *, missing: Any = None) -> forms.ChoiceField:
    missing = missing or gettext_lazy("Choose a country of the list.")
    return forms.ChoiceField(
        label=label,
        required=False,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class RegistrationForm(forms.Form):
    """Enterprise and representative on one page, as the papers lie on the desk."""

    name = text(
        gettext_lazy("Name of the enterprise"),
        gettext_lazy("Enter the name of the enterprise."),
        longest=200,
    )
    country = _country(
        gettext_lazy("Country of establishment"),
        missing=gettext_lazy("Choose the country of establishment."),
    )
    vat_number = forms.CharField(
        label=gettext_lazy("VAT number in that country (may stay empty)"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": _MIDDLE}),
    )
    street = text(gettext_lazy("Street"), gettext_lazy("Enter the street."), longest=200)
    house_number = text(
        gettext_lazy("House number"),
        gettext_lazy("Enter the house number."),
        longest=20,
        widget=_short(),
    )
    postcode = text(
        gettext_lazy("Postcode"), gettext_lazy("Enter the postcode."), longest=20, widget=_short()
    )
    municipality = text(gettext_lazy("Municipality"), gettext_lazy("Enter the municipality."))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the enterprise and of the person"),
        choices=tuple(LANGUAGE_NAMES.items()),
        error_messages={"required": gettext_lazy("Choose a language.")},
    )
    given_name = text(
        gettext_lazy("Given name as on the document"),
        gettext_lazy("Enter the given name as on the document."),
    )
    family_name = text(
        gettext_lazy("Family name as on the document"),
        gettext_lazy("Enter the family name as on the document."),
    )
    birth_date = forms.DateField(
        label=gettext_lazy("Date of birth as on the document"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": _SHORT}),
        error_messages={
            "required": gettext_lazy("Enter the date of birth as on the document."),
            "invalid": gettext_lazy("Enter the date of birth as a date."),
        },
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex, if the document says it"),
        choices=SEXES,
        required=False,
        widget=forms.RadioSelect,
    )
    nationality = _country(
        gettext_lazy("Nationality"), missing=gettext_lazy("Choose the nationality.")
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the person"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter an e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address like name@example.org."),
        },
    )
    function = forms.ChoiceField(
        label=gettext_lazy("Function in the enterprise"),
        choices=FUNCTIONS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the function.")},
    )
    niss = forms.CharField(
        label=gettext_lazy("Belgian number that the person has already (may stay empty)"),
        help_text=gettext_lazy("Empty: a new BIS number is created."),
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": _MIDDLE}
        ),
    )
    card_country = _country(gettext_lazy("Electronic identity card of (may stay empty)"))
    means_country = _country(
        gettext_lazy("Electronic identification recognised in Europe, of (may stay empty)")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offered = {
            "country": ABROAD,
            "nationality": countries.COUNTRIES,
            "card_country": countries.COUNTRIES,
            "means_country": EIDAS_COUNTRIES,
        }
        for name, codes in offered.items():
            first = ("", _("Choose a country") if name in _NEEDED else _("None"))
            field: Any = self.fields[name]
            field.choices = [first, *countries.choices(codes, get_language() or "en")]
            field.required = name in _NEEDED

    def clean_vat_number(self) -> str:
        """Letters and figures, without what separates them."""
        given = str(self.cleaned_data["vat_number"]).upper().translate(_PUNCTUATION)
        if given and not _VAT.fullmatch(given):
            raise forms.ValidationError(
                _("Enter the VAT number in letters and figures, such as PL5260001246.")
            )
        return given

    def clean_birth_date(self) -> date:
        """A day on which somebody who is alive can be born."""
        return check_birth_date(self.cleaned_data["birth_date"], today=self.today)

    def clean_niss(self) -> str:
        """Eleven digits, or nothing."""
        given = str(self.cleaned_data["niss"]).strip()
        if not given:
            return ""
        try:
            return Niss.parse(given).digits
        except InvalidNiss:
            raise forms.ValidationError(_("This is not a number of a person.")) from None

    def wanted(self, *, niss: str) -> ForeignEnterprise:
        """The cleaned data as the operation takes it, with the person's number or none."""
        data = self.cleaned_data
        return ForeignEnterprise(
            name=data["name"],
            country=data["country"],
            vat_number=data["vat_number"],
            address=Address(
                street=data["street"],
                house_number=data["house_number"],
                postcode=data["postcode"],
                municipality=data["municipality"],
                country=data["country"],
            ),
            language=data["language"],
            representative=Representative(
                given_name=data["given_name"],
                family_name=data["family_name"],
                birth_date=data["birth_date"],
                sex=Sex(data["sex"]) if data["sex"] else None,
                nationality=data["nationality"],
                language=data["language"],
                email=data["email"],
                function=data["function"],
                card_country=data["card_country"],
                means_country=data["means_country"],
                niss=niss,
            ),
        )


_NEEDED: Final = frozenset({"country", "nationality"})


class SameForm(forms.Form):
    """Whether the representative is one of the people whom the register knows."""

    same = forms.ChoiceField(
        label=gettext_lazy("Is it one of these people?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether it is one of these people."),
            "invalid_choice": gettext_lazy("Say whether it is one of these people."),
        },
    )

    def __init__(self, *args: Any, people: tuple[PersonRecord, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["same"]
        field.choices = [
            *((one.niss, f"{one.given_name} {one.family_name}, {one.niss}") for one in people),
            (NOBODY, _("None of them: somebody new")),
        ]

    def niss(self) -> str:
        """The number of the person chosen; empty for somebody new."""
        chosen = str(self.cleaned_data["same"])
        return "" if chosen == NOBODY else chosen
