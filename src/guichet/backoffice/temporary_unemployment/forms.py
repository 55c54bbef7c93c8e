"""What an officer fills in: what he looks for, an office of a colleague, days and reasons."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import queries
from guichet.eservices.temporary_unemployment.office.queries import Wanted
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.rules.career_break.entry_dates import ImpossibleDate, read_date
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from guichet.rules.temporary_unemployment.offices import OFFICES
from guichet.rules.temporary_unemployment.reasons import is_communicated
from guichet.rules.temporary_unemployment.states import DECIDED, State

MOST_SIGNS: Final = 2000
OWN: Final = "own"
_ANY: Final = ("", gettext_lazy("All"))
_HOLDERS: Final = (
    _ANY,
    (queries.MINE, gettext_lazy("Those that I hold")),
    (queries.NOBODY, gettext_lazy("Those that nobody holds")),
)
_WARNED: Final = (
    _ANY,
    ("no", gettext_lazy("Without warnings")),
    ("yes", gettext_lazy("With warnings")),
)
_DECIDED: Final = "decided"


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


def text(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
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


def choice(label: Any, *, required: bool = False) -> forms.ChoiceField:
    """One from a list that the form fills."""
    wrong = gettext_lazy("Choose from the list.")
    return forms.ChoiceField(
        label=label, required=required,
        error_messages={"invalid_choice": wrong, "required": wrong},
    )  # fmt: skip


def offices() -> list[tuple[str, str]]:
    """Every office by name."""
    named = [(key, words.said(one.label)) for key, one in OFFICES.items()]
    return sorted(named, key=lambda one: one[1])


class FilterForm(forms.Form):
    """What the list shows; empty fields narrow nothing."""

    text = forms.CharField(
        label=gettext_lazy("Ticket, enterprise number or name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    office = choice(gettext_lazy("Office"))
    state = choice(pgettext_lazy("of a communication", "State"))
    reason = choice(pgettext_lazy("temporary unemployment", "Reason"))
    kind = choice(gettext_lazy("Communication"))
    channel = choice(gettext_lazy("Came by"))
    warned = choice(gettext_lazy("Warnings"))
    holder = choice(gettext_lazy("Who holds it"))
    received_from = Day(label=gettext_lazy("Received from"), required=False)
    received_until = Day(label=gettext_lazy("Received until"), required=False)

    def __init__(self, data: Any, *, has_offices: bool) -> None:
        super().__init__(data)
        own = [(OWN, _("My offices"))] if has_offices else []
        self._set("office", [*own, ("all", _("All offices")), *offices()])
        states = [(one.value, words.state(one)) for one in State if one.value in _LISTED]
        self._set("state", [("", _("Waiting")), (_DECIDED, _("Decided")), *states])
        reasons = [(one.value, words.reason(one)) for one in Reason if is_communicated(one)]
        self._set("reason", [_ANY, *reasons])
        self._set("kind", [_ANY, *[(one.value, words.kind(one)) for one in Kind]])
        self._set("channel", [_ANY, *[(one.value, words.channel(one)) for one in Channel]])
        self._set("warned", _WARNED)
        self._set("holder", _HOLDERS)

    def _set(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [*choices]

    def wanted(self, *, own: frozenset[str], officer: int, today: date) -> Wanted:
        """The search behind a valid form."""
        given = self.cleaned_data
        office = given["office"] or (OWN if own else "all")
        chosen = tuple(sorted(own)) if office == OWN else () if office == "all" else (office,)
        # A ticket or an employer is looked for wherever it is.
        return Wanted(
            offices=() if given["text"].strip() and not given["office"] else chosen,
            kinds=(given["kind"],) if given["kind"] else (),
            reasons=(given["reason"],) if given["reason"] else (),
            states=_states(given["state"], is_search=bool(given["text"].strip())),
            channel=given["channel"],
            holder=given["holder"],
            officer=officer,
            warned={"yes": True, "no": False}.get(given["warned"]),
            received_from=given["received_from"],
            received_until=given["received_until"],
            text=given["text"].strip(),
            today=today,
        )


_LISTED: Final = frozenset(
    one.value for one in State if one not in (State.DRAFT, State.SUBMITTED, State.REJECTED)
)


def _states(state: str, *, is_search: bool) -> tuple[str, ...]:
    if state == _DECIDED:
        return tuple(one.value for one in DECIDED)
    if state:
        return (state,)
    return tuple(sorted(_LISTED)) if is_search else queries.WAITING


class PostForm(forms.Form):
    """Who works for which office."""

    niss = forms.CharField(
        label=gettext_lazy("National register number (NISS)"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
        error_messages={"required": gettext_lazy("Enter the number of your colleague.")},
    )
    office = choice(gettext_lazy("Office"), required=True)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["office"]
        field.choices = offices()

    def clean_niss(self) -> str:
        """Eleven digits."""
        try:
            return Niss.parse(self.cleaned_data["niss"]).digits
        except InvalidNiss:
            raise forms.ValidationError(
                _("This is no valid number: eleven digits, for example 85.07.31-002.03.")
            ) from None
