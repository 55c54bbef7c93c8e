"""The steps of a declaration; the rules say what is missing, the fields only what is unreadable."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.limosa import words
from guichet.kernel import base34
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.rules.limosa_declarations import Declared, Place

_PUNCTUATION: Final = str.maketrans("", "", " .-/")
_DAYS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
_HOURS: Final = re.compile(r"([0-9]{1,3})(?:[:hH.,]([0-9]{1,2}))?")
_VAT: Final = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,28}")
_POSTER: Final = re.compile(r"/s/([0-9A-Za-z]{13})(?:[/?#]|$)")
_LONGEST_LINE: Final = 200
_CHOOSE: Final = {
    "required": gettext_lazy("Choose one of the answers."),
    "invalid_choice": gettext_lazy("Choose one of the answers."),
}


class DayField(forms.DateField):
    """A day, in the usual ways to write it; the rules say when it is missing."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})

    def __init__(self, **given: Any) -> None:
        errors = {"invalid": gettext_lazy("Write a day as 24/11/2026.")}
        super().__init__(required=False, input_formats=_DAYS, error_messages=errors, **given)


class LineField(forms.CharField):
    """One line; the rules say when it is missing."""

    def __init__(self, *, autocomplete: str = "off", **given: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        errors = {"max_length": gettext_lazy("This is too long: at most 200 signs.")}
        super().__init__(
            required=False, max_length=_LONGEST_LINE, widget=widget, error_messages=errors, **given
        )


class WhoForm(forms.Form):
    """Who works, for whom, with whom."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who is declared?"),
        choices=[*words.KINDS.items()],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    niss = LineField(
        label=gettext_lazy("National number or BIS number"),
        help_text=gettext_lazy("Eleven digits. Without one, give names and date of birth."),
    )
    family_name = LineField(label=gettext_lazy("Family name"))
    given_name = LineField(label=gettext_lazy("First name"))
    birth_date = DayField(label=gettext_lazy("Date of birth"))
    employer_vat = LineField(
        label=gettext_lazy("Foreign VAT number of the employer"),
        help_text=gettext_lazy(
            "With the two letters of its country. Leave it empty when your own enterprise is the "
            "employer, and for a self-employed person."
        ),
    )
    employer_name = LineField(label=gettext_lazy("Name of the employer abroad"))
    client = LineField(
        label=gettext_lazy("Enterprise number of the client in Belgium"),
        help_text=gettext_lazy("For whom the work is done: ten digits."),
    )
    client_contact = LineField(label=gettext_lazy("Whom to ask at the client, if you know"))
    liaison_name = LineField(
        label=gettext_lazy("Person of contact in Belgium"),
        help_text=gettext_lazy("Whom the inspection asks for documents. Not for self-employed."),
    )
    liaison_reach = LineField(label=gettext_lazy("His telephone number or e-mail address"))

    def clean_niss(self) -> str:
        """Digits alone."""
        return str(self.cleaned_data["niss"]).translate(_PUNCTUATION)

    def clean_client(self) -> str:
        """Ten digits where it is a number; the rules judge what is not."""
        text = str(self.cleaned_data["client"]).strip()
        try:
            return EnterpriseNumber.parse(text).digits
        except InvalidEnterpriseNumber:
            return text

    def clean_employer_vat(self) -> str:
        """Two letters of another country and what follows."""
        text = str(self.cleaned_data["employer_vat"]).translate(_PUNCTUATION).upper()
        if text and (text.startswith("BE") or not _VAT.fullmatch(text)):
            raise forms.ValidationError(
                _("A foreign VAT number begins with the two letters of its country, not BE.")
            )
        return text


class WorkForm(forms.Form):
    """What is done, where and when."""

    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=[*words.SECTORS.items()],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    service = LineField(label=gettext_lazy("What work is done?"))
    places = forms.CharField(
        label=gettext_lazy("Places of work"),
        help_text=gettext_lazy(
            "One a line, at most twenty: the number of a site, an address, or a route in words."
        ),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("Twelve months at most.")
    )
    weekly_minutes = forms.CharField(
        label=gettext_lazy("Hours a week"),
        help_text=gettext_lazy("For example 38 or 38:30. Not for self-employed."),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    schedule = LineField(
        label=gettext_lazy("Schedule"),
        help_text=gettext_lazy("For example Monday to Friday, 7:00 to 15:30."),
    )

    def clean_places(self) -> tuple[Place, ...]:
        """Each line a place."""
        lines = (line.strip() for line in str(self.cleaned_data["places"]).splitlines())
        return tuple(_place(line) for line in lines if line)

    def clean_weekly_minutes(self) -> int | None:
        """Minutes."""
        text = str(self.cleaned_data["weekly_minutes"]).strip()
        if not text:
            return None
        found = _HOURS.fullmatch(text)
        if found is None or int(found[2] or 0) >= 60:
            raise forms.ValidationError(_("Enter the hours a week as 38 or 38:30, at most 80."))
        return int(found[1]) * 60 + int(found[2] or 0)


class CancelForm(forms.Form):
    """Why the posting does not take place."""

    reason = forms.CharField(
        label=gettext_lazy("Why does it not take place?"),
        help_text=gettext_lazy("The inspection can read this. At most 250 signs."),
        max_length=250,
        error_messages={
            "required": gettext_lazy("Write why it does not take place."),
            "max_length": gettext_lazy("At most 250 signs: make it shorter."),
        },
    )


FORMS: Final[dict[str, type[forms.Form]]] = {"who": WhoForm, "work": WorkForm}


def typed_of(declared: Declared) -> dict[str, dict[str, str]]:
    """A declaration as somebody would have typed it."""
    minutes = declared.weekly_minutes
    hours = "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"
    whole: dict[str, Any] = {name: getattr(declared, name) for name in Declared.__slots__}
    whole |= {
        "places": "\n".join(one.reference or one.text for one in declared.places),
        "weekly_minutes": hours,
    }
    return {
        step: {name: _text(whole[name]) for name in form.base_fields}
        for step, form in FORMS.items()
    }


def declared_in(typed: dict[str, dict[str, str]], *, own: str, holder: str) -> Declared:
    """What a draft says; what cannot be read is not there.

    ``own``: the enterprise that declares, employer where no other is given; ``holder``: the number
    of a person who declares himself.
    """
    read: dict[str, Any] = {}
    for step, form in FORMS.items():
        bound = form(typed.get(step, {}))
        bound.is_valid()
        read |= bound.cleaned_data
    if holder:
        read |= {"kind": "self_employed", "niss": holder, "employer_vat": ""}
    is_own = read.get("kind") == "employee" and not read.get("employer_vat")
    return Declared(**read, employer=own if is_own else "")


def _place(line: str) -> Place:
    poster = _POSTER.search(line)
    bare = (poster[1] if poster else line.translate(_PUNCTUATION)).upper()
    if base34.is_well_formed(bare) and any(sign.isdigit() for sign in bare):
        return Place(reference=bare)
    return Place(text=line[:_LONGEST_LINE])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
