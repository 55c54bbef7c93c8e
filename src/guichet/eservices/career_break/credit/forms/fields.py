"""Fields of the simulator: a day within reach of the rules, yes-no-unknown, numbers, choices."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# No request may begin earlier; nobody plans beyond the end of the century.
EARLIEST: Final = date(2002, 1, 1)
LATEST: Final = date(2099, 12, 31)
_OLDEST: Final = date(1900, 1, 1)
_ANSWERS: Final = (
    ("yes", _("Yes")),
    ("no", _("No")),
    ("", pgettext_lazy("an answer", "I do not know")),
)


class DayField(forms.DateField):
    """A day, as the browser's calendar writes it or as people do."""

    def __init__(self, *, since: date = EARLIEST, until: date = LATEST, **given: Any) -> None:
        self._since, self._until = since, until
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"}),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
            error_messages={
                "required": _("Enter a day."),
                "invalid": _("This is not a day of the calendar."),
            },
            **given,
        )

    def clean(self, value: Any) -> date | None:
        """The day, or None where it may lack."""
        # A forged text may hold a sign that PostgreSQL and calendars do not know.
        day: date | None = super().clean(str(value).replace("\x00", "?") if value else value)
        if day is not None and not self._since <= day <= self._until:
            raise forms.ValidationError(
                _("Enter a day from %(first)s to %(last)s."),
                params={"first": self._since.year, "last": self._until.year},
            )
        return day


def birthday(label: Any, **given: Any) -> DayField:
    """The day on which somebody was born."""
    return DayField(since=_OLDEST, label=label, required=False, **given)


def past(label: Any, **given: Any) -> DayField:
    """A day that may lie long ago."""
    return DayField(since=_OLDEST, label=label, required=False, **given)


class AnswerField(forms.ChoiceField):
    """Yes, no, or not known: True, False, None."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(
            label=label,
            choices=_ANSWERS,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of the answers.")},
            **given,
        )

    def clean(self, value: Any) -> Any:
        """True, False, or None for whoever does not know."""
        return {"yes": True, "no": False}.get(super().clean(value))


class NumberField(forms.IntegerField):
    """A whole number within bounds."""

    def __init__(self, label: Any, *, most: int, least: int = 0, **given: Any) -> None:
        self._bounds = {"least": least, "most": most}
        super().__init__(
            label=label,
            required=False,
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
            **given,
        )

    def clean(self, value: Any) -> int | None:
        """The number, or None where it may lack; one sentence whatever is wrong."""
        try:
            number: int | None = super().clean(value)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("Enter a whole number from %(least)s to %(most)s."), params=self._bounds
            ) from None
        return number


def one_of(label: Any, choices: Iterable[tuple[str, Any]], **given: Any) -> forms.ChoiceField:
    """One of a list, or nothing."""
    return forms.ChoiceField(
        label=label,
        choices=[("", pgettext_lazy("an answer", "I do not know")), *choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
        **given,
    )
