"""What an officer fills in: what he looks for, a question, a reason, an office of a colleague."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.backoffice.career_breaks.entrance import language
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.forms.parts import ShortText
from guichet.eservices.career_break.office import queries, words
from guichet.eservices.career_break.office.operations import Asking
from guichet.eservices.career_break.office.queries import Wanted
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.platform.pages import LANGUAGE_NAMES
from guichet.rules.career_break.entry_dates import ImpossibleDate, read_date
from guichet.rules.career_break.offices import OFFICES

MOST_SIGNS: Final = 2000
_ANY: Final = ("", gettext_lazy("All"))
_HOLDERS: Final = (
    _ANY,
    (queries.MINE, gettext_lazy("My files")),
    (queries.NOBODY, gettext_lazy("Files that nobody holds")),
)
_PRIORITIES: Final = (
    _ANY,
    ("started", gettext_lazy("The break has begun")),
    ("ready", gettext_lazy("Documents complete")),
    ("both", gettext_lazy("The break has begun, documents complete")),
)
OWN: Final = "own"


class Day(forms.Field):
    """A day in one box, as people write it."""

    def __init__(self, **given: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-10"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **given)

    def to_python(self, value: Any) -> date | None:
        """The day, or None for an empty box."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_date(text[:40])
        except ImpossibleDate:
            raise forms.ValidationError(
                _("Enter a day as day/month/year, for example 20/11/2025.")
            ) from None


def reason(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    """A text in several lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write the reason."),
            "max_length": gettext_lazy("Your text has more than 2000 signs: make it shorter."),
        },
    )


def _choice(label: Any) -> forms.ChoiceField:
    wrong = {"invalid_choice": gettext_lazy("Choose from the list.")}
    return forms.ChoiceField(label=label, required=False, error_messages=wrong)


class FilterForm(forms.Form):
    """What the list shows; empty fields narrow nothing."""

    office = _choice(gettext_lazy("Office"))
    leave = _choice(gettext_lazy("Type of interruption"))
    state = _choice(gettext_lazy("State of the file"))
    holder = _choice(gettext_lazy("Who holds it"))
    priority = _choice(gettext_lazy("Priority"))
    language = _choice(gettext_lazy("Language of the file"))
    days = forms.IntegerField(
        label=gettext_lazy("Complete for at least (days)"),
        required=False,
        min_value=0,
        max_value=3650,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "invalid": gettext_lazy("Enter a whole number of days."),
            "min_value": gettext_lazy("Enter a whole number of days."),
            "max_value": gettext_lazy("Enter a whole number of days."),
        },
    )

    def __init__(self, data: Any, *, has_offices: bool) -> None:
        super().__init__(data)
        offices = [(code, one.label.in_language(language())) for code, one in OFFICES.items()]
        own = [(OWN, _("My offices"))] if has_offices else []
        self._set("office", [*own, ("all", _("All offices")), *sorted(offices, key=_name)])
        self._set("leave", [_ANY, *service.LEAVES.items()])
        states = [(str(one), words.STATES[one]) for one in words.STATES]
        self._set("state", [("", _("At the office")), *states])
        self._set("holder", _HOLDERS)
        self._set("priority", _PRIORITIES)
        self._set("language", [_ANY, *LANGUAGE_NAMES.items()])

    def _set(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [*choices]

    def wanted(self, *, own: frozenset[str], officer: int, today: date) -> Wanted:
        """The search behind a valid form."""
        given = self.cleaned_data
        office = given["office"] or (OWN if own else "all")
        offices = tuple(sorted(own)) if office == OWN else () if office == "all" else (office,)
        return Wanted(
            offices=offices,
            leave=given["leave"],
            states=(given["state"],) if given["state"] else queries.AT_THE_OFFICE,
            language=given["language"],
            holder=given["holder"],
            officer=officer,
            days=given["days"],
            has_started=given["priority"] in ("started", "both"),
            is_ready=given["priority"] in ("ready", "both"),
            today=today,
        )


class AskForm(forms.Form):
    """What is asked, of whom, until when."""

    addressee = forms.ChoiceField(
        label=gettext_lazy("Who is asked"),
        choices=[*words.ADDRESSEES.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who is asked."),
            "invalid_choice": gettext_lazy("Choose who is asked."),
        },
    )
    template = forms.ChoiceField(
        label=gettext_lazy("What is missing"),
        choices=[*words.TEMPLATES.items()],
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )
    text = reason(
        gettext_lazy("Your words"),
        gettext_lazy("In the language of who reads it. At most 2000 signs."),
        required=False,
    )
    answer_by = Day(
        label=gettext_lazy("Answer by"),
        error_messages={"required": gettext_lazy("Say until when you wait for the answer.")},
    )

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self._today = today

    def clean_answer_by(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["answer_by"]
        if day <= self._today:
            raise forms.ValidationError(_("Choose a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """A question without a template says what it asks."""
        given = super().clean() or self.cleaned_data
        if given.get("template") == "other" and not given.get("text", "").strip():
            self.add_error("text", _("Say what you ask."))
        return given

    def asking(self) -> Asking:
        """The question of a valid form."""
        given = self.cleaned_data
        return Asking(given["addressee"], given["template"], given["text"], given["answer_by"])


class ReasonForm(forms.Form):
    """Why a file is looked at again, or a decision sent back."""

    reason = reason(
        gettext_lazy("Reason"), gettext_lazy("Your colleagues read it. At most 2000 signs.")
    )


class RejectForm(forms.Form):
    """Why a document is rejected, in a few words."""

    reason = ShortText(
        label=gettext_lazy("Why it is rejected"),
        help_text=gettext_lazy("Whoever sent it reads it. At most 200 signs."),
    )

    def clean_reason(self) -> str:
        """Never empty."""
        text = str(self.cleaned_data["reason"]).strip()
        if not text:
            raise forms.ValidationError(_("Write the reason."))
        return text


class PostForm(forms.Form):
    """Who works for which office."""

    niss = forms.CharField(
        label=gettext_lazy("National register number (NISS)"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
        error_messages={"required": gettext_lazy("Enter the number of your colleague.")},
    )
    office = forms.ChoiceField(
        label=gettext_lazy("Office"),
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["office"]
        offices = [(code, one.label.in_language(language())) for code, one in OFFICES.items()]
        field.choices = sorted(offices, key=_name)

    def clean_niss(self) -> str:
        """Eleven digits."""
        try:
            return Niss.parse(self.cleaned_data["niss"]).digits
        except InvalidNiss:
            raise forms.ValidationError(
                _("This is no valid number: eleven digits, for example 85.07.31-002.03.")
            ) from None


def _name(choice: tuple[str, str]) -> str:
    return choice[1]
