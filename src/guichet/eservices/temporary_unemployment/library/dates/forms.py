"""One small form for each question about days; they are sent by GET and keep nothing.

The age is asked and not the day of birth, since addresses are kept in many places.
"""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.eservices.temporary_unemployment.library.dates import answers, without_message
from guichet.eservices.temporary_unemployment.library.dates.answers import Answer
from guichet.eservices.temporary_unemployment.library.derogations import Row
from guichet.eservices.temporary_unemployment.library.derogations import rows as derogation_rows
from guichet.kernel.period import months_before
from guichet.rules.temporary_unemployment import findings
from guichet.rules.temporary_unemployment.force_majeure import Medical, MedicalCase
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

# The rules of these days are known; before, other ones held.
FIRST: Final = date(2014, 3, 1)
LAST: Final = date(2099, 12, 31)
_MEDICAL_FROM: Final = date(2022, 11, 28)
_WAYS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
_MOST_DAYS_OFF: Final = 60


class DayField(forms.DateField):
    """A day of the time whose rules are known, in the usual ways to write it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})
    default_error_messages = {
        "required": gettext_lazy("Enter a day."),
        "invalid": gettext_lazy("Write a day as 24/11/2026."),
        "outside": gettext_lazy("Choose a day from 1 March 2014 to 31 December 2099."),
    }

    def __init__(self, **given: Any) -> None:
        super().__init__(input_formats=_WAYS, **given)

    def clean(self, value: Any) -> Any:
        """The day; far ones are refused before anything is reckoned."""
        day = super().clean(value)
        if day is not None and not FIRST <= day <= LAST:
            raise forms.ValidationError(self.error_messages["outside"], code="outside")
        return day


class DaysOffField(forms.CharField):
    """Several days in one line."""

    def clean(self, value: Any) -> Any:
        """The days as a set; raises ValidationError at what is none."""
        field = DayField(required=True)
        words = [word for word in re.split(r"[\s,;]+", super().clean(value)) if word]
        if len(words) > _MOST_DAYS_OFF:
            raise forms.ValidationError(_("Enter at most sixty days."))
        return frozenset(field.clean(word) for word in words)


def _days_off() -> DaysOffField:
    return DaysOffField(
        label=gettext_lazy("Bridge days and replacement holidays of the enterprise"),
        help_text=gettext_lazy("If there are any: 02/05/2025, 10/11/2025"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "text"}),
    )


def _number(label: Any, *, least: int = 0, most: int = 99, **given: Any) -> forms.IntegerField:
    said = format_lazy(
        gettext_lazy("Enter a whole number from {least} to {most}."), least=least, most=most
    )
    names = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(names, said),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        **given,
    )


class Question(forms.Form):
    """What every question shares; ``answer`` asks the rules."""

    @property
    def calendar(self) -> OnemCalendar:
        """The working days of the enterprise."""
        return OnemCalendar(bridge_days=self.cleaned_data.get("off") or frozenset())

    def answer(self) -> Answer:
        """The days; only for a form without fault."""
        raise NotImplementedError


class Announce(Question):
    """When must I announce economic unemployment, and how long may it last?"""

    start = DayField(label=gettext_lazy("First day of the suspension"))
    posted = DayField(
        label=gettext_lazy("Day of the notice to the workers"),
        help_text=gettext_lazy("If it was given already: you see whether it was in time."),
        required=False,
    )
    committee = forms.ChoiceField(
        label=gettext_lazy("Joint committee with a decree of its own"), required=False
    )
    off = _days_off()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["committee"]
        field.choices = [("", _("none of these: the law")), *_committees()]
        field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def answer(self) -> Answer:
        """Notice, longest durations, week of work, what a late notice costs."""
        data = self.cleaned_data
        return answers.announced(
            start=data["start"],
            committee=data["committee"],
            posted_on=data["posted"],
            calendar=self.calendar,
        )


class FirstEffective(Question):
    """When may I send the first effective day?"""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        error_messages={
            "required": gettext_lazy("Choose one of the list."),
            "invalid_choice": gettext_lazy("Choose one of the list."),
        },
    )
    day = DayField(label=gettext_lazy("First effective day"))
    sent = DayField(
        label=gettext_lazy("Day of the sending"),
        help_text=gettext_lazy("If you want to know whether a day is in time."),
        required=False,
    )
    off = _days_off()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = get_language() or "en"
        field: Any = self.fields["reason"]
        field.choices = [
            (reason.value, findings.word(reason).in_language(language))
            for reason in FIRST_DAY_REASONS
        ]

    def answer(self) -> Answer:
        """The window, and how the sending lies to it."""
        data = self.cleaned_data
        return answers.first_effective(
            reason=Reason(data["reason"]),
            day=data["day"],
            sent_on=data["sent"],
            calendar=self.calendar,
        )


class Accident(Question):
    """What is due after a technical accident?"""

    day = DayField(label=gettext_lazy("Day of the accident"))
    showed_up = forms.BooleanField(
        label=gettext_lazy("Workers who were not warned came that day"), required=False
    )
    off = _days_off()

    def answer(self) -> Answer:
        """Messages, guaranteed wage, suspension."""
        data = self.cleaned_data
        return answers.after_accident(
            day=data["day"], showed_up=data["showed_up"], calendar=self.calendar
        )


class WhiteCollars(Question):
    """From when may white collars be suspended, and how long does the credit last?"""

    form = DayField(label=gettext_lazy("Form C106A sent on"), required=False)
    start = DayField(label=gettext_lazy("First day of the suspension"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two days at least."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("form") or data.get("start")):
            self.add_error("form", _("Enter one of the two days."))
        return data

    def answer(self) -> Answer:
        """What the form allows, how long the credit of the year lasts."""
        data = self.cleaned_data
        return answers.of_white_collars(form_on=data["form"], start=data["start"])


class ForceMajeure(Question):
    """How long does one communication of force majeure cover?"""

    day = DayField(label=gettext_lazy("First day of the force majeure"))

    def answer(self) -> Answer:
        """The last day that it covers."""
        return answers.of_force_majeure(day=self.cleaned_data["day"])


class Card(Question):
    """From when may the control card of a month be sent?"""

    day = DayField(label=gettext_lazy("A day of the month"))

    def answer(self) -> Answer:
        """The last working day but one."""
        return answers.of_card(day=self.cleaned_data["day"])


class Closure(Question):
    """How many days of unemployment does a closure for annual holidays give?"""

    day = DayField(label=gettext_lazy("First day of the closure"))
    days = _number(gettext_lazy("Working days of the closure"), least=1, most=60)
    left = _number(
        gettext_lazy("Days of holiday that the worker has left"),
        help_text=gettext_lazy(
            "Own days, youth and senior holidays; days that he freely took with you count as left, "
            "days taken with an earlier employer do not."
        ),
    )
    week = _number(gettext_lazy("Working days a week"), least=1, most=6, initial=5)
    used = _number(
        gettext_lazy("Days of unemployment for annual closure that he had with you this year"),
        initial=0,
    )

    def answer(self) -> Answer:
        """What holidays cover, what unemployment, what nothing."""
        data = self.cleaned_data
        return without_message.of_closure(
            first_day=data["day"],
            closure_days=data["days"],
            holidays_left=data["left"],
            days_a_week=data["week"],
            used_days=data["used"],
        )


class Rest(Question):
    """Does a closure for compensatory rest give unemployment?"""

    entered = DayField(label=gettext_lazy("First day in service"))
    day = DayField(label=gettext_lazy("First day of the closure"))
    construction = forms.BooleanField(
        label=gettext_lazy("Construction sector (joint committee 124)"), required=False
    )

    def answer(self) -> Answer:
        """Yes or no, and why."""
        data = self.cleaned_data
        return without_message.of_rest(
            entered_on=data["entered"], closed_on=data["day"], is_construction=data["construction"]
        )


_MEDICAL_CASES: Final = {
    MedicalCase.TEMPORARY: gettext_lazy("Unfit for the agreed work for a time"),
    MedicalCase.PERMANENT: gettext_lazy("Unfit for the agreed work for good"),
    MedicalCase.APPEAL: gettext_lazy("Appeal before the labour court against being found fit"),
}


class MedicalForceMajeure(Question):
    """Is medical force majeure possible?"""

    day = DayField(label=gettext_lazy("First day of unemployment"))
    case = forms.ChoiceField(
        label=gettext_lazy("What is the case?"),
        choices=list(_MEDICAL_CASES.items()),
        error_messages={
            "required": gettext_lazy("Choose one of the list."),
            "invalid_choice": gettext_lazy("Choose one of the list."),
        },
    )
    since = DayField(label=gettext_lazy("First day of the incapacity"))
    age = _number(gettext_lazy("Age of the worker on that day"), least=15, most=99)
    doctor = forms.BooleanField(
        label=gettext_lazy("Established by the occupational doctor or a doctor of the office"),
        required=False,
    )
    other = forms.BooleanField(
        label=gettext_lazy("There is other work that the worker can do"), required=False
    )
    path = forms.BooleanField(
        label=gettext_lazy("A path of reintegration is running"), required=False
    )

    def clean_day(self) -> date:
        """A day whose rules are known."""
        day: date = self.cleaned_data["day"]
        if day < _MEDICAL_FROM:
            raise forms.ValidationError(_("Choose a day from 28 November 2022 on."))
        return day

    def clean(self) -> dict[str, Any]:
        """Unemployment follows the incapacity."""
        data = super().clean() or self.cleaned_data
        if not self.errors and data["since"] > data["day"]:
            self.add_error("since", _("The incapacity begins before the unemployment."))
        return data

    def answer(self) -> Answer:
        """The conditions that are missing."""
        data = self.cleaned_data
        medical = Medical(
            case=MedicalCase(data["case"]),
            born_on=months_before(data["day"], months=12 * data["age"]),
            incapable_since=data["since"],
            by_doctor=data["doctor"],
            has_other_work=data["other"],
            reintegrating=data["path"],
        )
        return without_message.of_medical(medical=medical, on=data["day"])


QUESTIONS: Final[dict[str, type[Question]]] = {
    "announce": Announce,
    "first-day": FirstEffective,
    "accident": Accident,
    "white-collars": WhiteCollars,
    "force-majeure": ForceMajeure,
    "closure": Closure,
    "rest": Rest,
    "medical": MedicalForceMajeure,
    "card": Card,
}
TITLES: Final[dict[str, Any]] = {
    "announce": gettext_lazy("Announce economic causes"),
    "first-day": gettext_lazy("First effective day"),
    "accident": gettext_lazy("Technical accident"),
    "white-collars": gettext_lazy("White collars"),
    "force-majeure": gettext_lazy("Force majeure"),
    "closure": gettext_lazy("Annual closure"),
    "rest": gettext_lazy("Closure for compensatory rest"),
    "medical": gettext_lazy("Medical force majeure"),
    "card": gettext_lazy("Control card"),
}


def _committees() -> list[tuple[str, str]]:
    """Every committee that had a derogation at some time whose rules are known."""
    rows = derogation_rows(today=FIRST)
    named = {row.code: row.name for row in rows if row.code and _matters(row)}
    return [(code, f"{code} {named[code]}") for code in sorted(named)]


def _matters(row: Row) -> bool:
    return row.last_day is None or row.last_day >= FIRST
