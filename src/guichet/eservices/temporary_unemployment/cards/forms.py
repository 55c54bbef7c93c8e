"""What a worker fills in: a day, a sending, a correction, his choices, what is wrong."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment.cards import words
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.marking import Wanted
from guichet.eservices.temporary_unemployment.cards.sheets import Preferred, Sheet
from guichet.platform import wording
from guichet.rules.temporary_unemployment.card_days import MARKS, WORKED, DayState
from guichet.rules.temporary_unemployment.card_sending import Early

LONGEST: Final = 200
_HOUR: Final = re.compile(r"([01]?[0-9]|2[0-3])(?: ?[:.hHuU] ?([0-5][0-9])?)?")
_FOUR: Final = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])")
_DURATION: Final = re.compile(r"([0-9]{1,2})(?: ?[:hHuU] ?([0-5][0-9])?|[.,]([0-9]{1,2}))?")
_CHOOSE: Final = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class HourField(forms.CharField):
    """An hour of the day as people write it: 7, 7:30, 7h30, 0730; the value is a time or None."""

    def __init__(self, **given: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-5"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **given)

    def to_python(self, value: Any) -> Any:
        """The time; empty: None."""
        text = str(super().to_python(value) or "").strip()
        found = _FOUR.fullmatch(text) or _HOUR.fullmatch(text)
        if not text:
            return None
        if found is None:
            raise forms.ValidationError(_("Write the hour as 7:30."))
        return time(int(found[1]), int(found[2] or 0))


class DurationField(forms.CharField):
    """Hours and minutes: 38, 38:00, 7h36, 7,6; the value is minutes or None."""

    def __init__(self, *, most: int, **given: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **given)
        self.most = most

    def to_python(self, value: Any) -> Any:
        """The minutes; empty: None."""
        text = str(super().to_python(value) or "").strip()
        if not text:
            return None
        found = _DURATION.fullmatch(text)
        minutes = 0
        if found:
            part = round(int(found[3]) * 60 / 10 ** len(found[3])) if found[3] else 0
            minutes = int(found[1]) * 60 + int(found[2] or 0) + part
        if not 0 < minutes <= self.most * 60:
            said = _("Write hours and minutes as 38:00, at most %(most)d hours.")
            raise forms.ValidationError(said % {"most": self.most})
        return minutes


def _text(label: Any, help_text: Any = "", *, rows: int = 3, most: int = LONGEST) -> Any:
    attrs = {"rows": rows, "data-count": most}
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=most,
        widget=forms.Textarea(attrs=attrs),
        error_messages={"max_length": _("Your text is too long: make it shorter.")},
    )  # fmt: skip


class DayForm(forms.Form):
    """What a day says; ``reason`` is asked for when the mark comes late or corrects another."""

    state = forms.ChoiceField(
        label=_("What do you do this day?"),
        choices=[(state.value, words.STATES[state]) for state in MARKS],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    starts_at = HourField(
        label=_("At what time does the work begin?"),
        help_text=_("For work only. For example 7:30."),
    )
    until = forms.ChoiceField(
        label=_("Until which day?"),
        help_text=_("For several days at once: a week of holiday, for instance."),
        required=False,
        error_messages=_CHOOSE,
    )
    reason = _text(
        _("Why?"), _("For a late mark or a correction. Your payment body reads it."), rows=2
    )

    def __init__(self, *args: Any, sheet: Sheet, day: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.day = day
        later = [one.day for one in sheet.days if one.day > day and one.is_applicable]
        until: Any = self.fields["until"]
        until.choices = [
            ("", _("This day only")),
            *((str(one.day), wording.long_day(one, year=False)) for one in later),
        ]

    def clean(self) -> dict[str, Any]:
        """Work has an hour."""
        state = self.cleaned_data.get("state")
        if state in WORKED and self.cleaned_data.get("starts_at", ...) is None:
            self.add_error("starts_at", _("Write at what time the work begins."))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """What is marked."""
        given = self.cleaned_data
        until = given["until"]
        return Wanted(
            day=self.day,
            state=DayState(given["state"]),
            starts_at=given["starts_at"],
            reason=given["reason"].strip(),
            last_day=self.day.replace(day=int(until)) if until else None,
        )

    def radios(self) -> list[tuple[str, Any, Any, str]]:
        """Value, words, hint and sign of each choice."""
        return [(one.value, words.STATES[one], words.HINTS[one], words.SIGNS[one]) for one in MARKS]


class SendForm(forms.Form):
    """The last look: who pays, why it goes early, and that it is true."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    early = forms.ChoiceField(
        label=_("Why do you send it before its date?"),
        choices=[(one.value, words.EARLY[one]) for one in (Early.NOTHING_MORE, Early.ALLOWED)],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    permission = forms.CharField(
        label=_("Which letter of ONEM allows it?"),
        help_text=_("Its date and its number. Only if ONEM allowed you an early payment."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.ChoiceField(
        label=_("Who pays you?"),
        choices=[(one.value, words.BODIES[one]) for one in Body],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    certified = forms.BooleanField(
        label=_("I looked at every day. The card is true and complete."),
        error_messages={"required": _("Tick the box if the card is true and complete.")},
    )

    def __init__(self, *args: Any, is_early: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not is_early:
            del self.fields["early"], self.fields["permission"]

    def clean(self) -> dict[str, Any]:
        """A permission is named."""
        given = self.cleaned_data
        if given.get("early") == Early.ALLOWED and not given.get("permission", "").strip():
            self.add_error("permission", _("Write the date and the number of the letter."))
        return given

    @property
    def ground(self) -> Early:
        """Why it goes early."""
        return Early(self.cleaned_data.get("early") or Early.NOT)


class ReopenForm(forms.Form):
    """Why a card that was sent is corrected."""

    reason = _text(_("What is wrong in the card that you sent?"), _("Your payment body reads it."))

    def clean_reason(self) -> str:
        """Some words."""
        text = str(self.cleaned_data["reason"]).strip()
        if not text:
            raise forms.ValidationError(_("Write what is wrong in the card."))
        return text


class ChoiceForm(forms.Form):
    """Who pays, when work usually begins, the hours of the contract."""

    body = forms.ChoiceField(
        label=_("Who pays your allowances?"),
        choices=[(one.value, words.BODIES[one]) for one in Body],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    usual_start = HourField(
        label=_("At what time does your work usually begin?"),
        help_text=_("For example 7:30. The button “I work today” uses it."),
    )
    weekly = DurationField(
        most=50,
        label=_("Hours a week in your contract"),
        help_text=_("For example 38:00. You may leave it empty: we then count no allowances."),
    )
    daily = DurationField(
        most=12, label=_("Hours of a usual day"), help_text=_("For example 7:36.")
    )

    def clean(self) -> dict[str, Any]:
        """An hour, and a day not longer than the week."""
        given = self.cleaned_data
        if given.get("usual_start", ...) is None:
            self.add_error("usual_start", _("Write at what time your work usually begins."))
        weekly, daily = given.get("weekly"), given.get("daily")
        if weekly and daily and daily > weekly:
            self.add_error("daily", _("A day has not more hours than the week."))
        return given

    def chosen(self) -> Preferred:
        """What is kept."""
        given = self.cleaned_data
        return Preferred(given["body"], given["usual_start"], given["weekly"], given["daily"])


class WrongForm(forms.Form):
    """What is wrong in what an employer communicated."""

    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=words.WRONGS.items,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    text = _text(
        _("What should your employer know?"),
        _("Name the days. Your employer reads it with your name."),
        rows=5,
        most=1000,
    )

    def clean_text(self) -> str:
        """Some words."""
        text = str(self.cleaned_data["text"]).strip().replace("\r\n", "\n")
        if not text:
            raise forms.ValidationError(_("Write what is wrong, with the days."))
        return text
