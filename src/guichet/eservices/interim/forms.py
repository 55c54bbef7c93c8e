"""What a worker may look for in his relations."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.interim import words
from guichet.eservices.interim.queries import Party, Wanted
from guichet.platform import wording
from guichet.rules import interim as rules
from guichet.rules.interim import OutsideWindow

_ORDERS: Final = (
    ("", gettext_lazy("Newest first")), ("oldest", gettext_lazy("Oldest first")),
)  # fmt: skip
_INPUTS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})
    errors = {"invalid": gettext_lazy("Write a day as 24/11/2026.")}
    return forms.DateField(
        label=label, required=False, input_formats=_INPUTS, widget=widget, error_messages=errors
    )


class NarrowForm(forms.Form):
    """Agency, user company and type: what the calendar is narrowed by."""

    agency = forms.ChoiceField(label=gettext_lazy("Temp agency"), required=False)
    user = forms.ChoiceField(label=gettext_lazy("User company"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)

    def __init__(
        self, *args: Any, agencies: Sequence[Party], users: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("agency", _("All agencies"), [(one.key, one.name) for one in agencies])
        self._offer("user", _("All companies"), [(one.key, one.name) for one in users])
        kinds = [(kind.value, str(word)) for kind, word in words.KINDS.items()]
        self._offer("kind", _("All types"), kinds)

    def _offer(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", every), *choices]
        field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def wanted(self) -> Wanted:
        """What is looked for."""
        data = self.cleaned_data
        return Wanted(kind=data["kind"], agency=data["agency"], user=data["user"])


class ListForm(NarrowForm):
    """Every filter of the list."""

    first = _day(gettext_lazy("From"))
    last = _day(gettext_lazy("To"))
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    words = forms.CharField(label=gettext_lazy("Part of a name"), required=False, max_length=100)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), choices=_ORDERS, required=False)
    field_order = ("first", "last", "agency", "user", "kind", "state", "words", "sort")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        states = [(state.value, str(word)) for state, word in words.STATES.items()]
        self._offer("state", _("All states"), states)

    def clean(self) -> dict[str, Any]:
        """The days in order and within what is shown."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first one."))
        begin, end = rules.window(self.today)
        for name, day in (("first", first), ("last", last)):
            if isinstance(day, date):
                try:
                    rules.check_window(first=day, last=day, on=self.today)
                except OutsideWindow:
                    said = _(
                        "Interim@Work shows last year, this year and next year: choose a day from "
                        "%(first)s to %(last)s."
                    )
                    shown = {"first": wording.day(begin), "last": wording.day(end)}
                    self.add_error(name, said % shown)
        return cleaned

    def wanted(self) -> Wanted:
        """What is looked for; without days, the whole window."""
        data = self.cleaned_data
        rest = {name: data[name] for name in ("kind", "agency", "user", "state", "words")}
        oldest = data["sort"] == "oldest"
        return Wanted(first=data["first"], last=data["last"], **rest, is_oldest_first=oldest)

    def said(self) -> list[str]:
        """What the list is narrowed to, in words, the days apart."""
        found = []
        for name in ("agency", "user", "kind", "state"):
            field: Any = self.fields[name]
            chosen = self.cleaned_data.get(name)
            found += [str(word) for value, word in field.choices if value and value == chosen]
        return [*found, *filter(None, [self.cleaned_data.get("words")])]
