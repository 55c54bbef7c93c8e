"""What the forms of Dimona say, as messages: IN, OUT, UPDATE, CANCEL."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.eservices.dimona import wire
from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.pages.forms import day_field
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.kernel.niss import Niss
from guichet.rules.dimona import form as rules
from guichet.rules.dimona import kinds
from guichet.rules.dimona.message import NO_END

# The field on which an anomaly of a zone is said; all others are said above the form.
_FIELDS: Final = {
    "00024": "ssin", "00910": "start", "00911": "end", "00777": "start_hour",
    "00778": "end_hour", "01135": "planned", "00046": "committee", "00655": "type",
    "00131": "user", "90107": "user", "00652": "sub_entity", "00663": "card",
    "00664": "next_card", "01231": "nature", "00053": "statute",
}  # fmt: skip
_CHOOSE: Final = {"invalid_choice": gettext_lazy("Choose one of the list.")}


def _text(label: Any, *, most: int = 20, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **given)


def _hour(label: Any) -> forms.CharField:
    return _text(label, help_text=gettext_lazy("As 08:30"), most=5)


def _planned() -> forms.IntegerField:
    errors = {"invalid": gettext_lazy("Write planned hours as a whole number.")}
    return forms.IntegerField(
        label=gettext_lazy("Planned hours"), required=False, error_messages=errors,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class ActForm(forms.Form):
    """A form whose anomalies are said where they belong."""

    def tell(self, codes: list[str]) -> None:
        """Put each anomaly, in the language of the page, on its field or above the form."""
        for code in codes:
            name = _FIELDS.get(code.partition("-")[0])
            where = name if name in self.fields else None
            self.add_error(where, f"{words.anomaly(code)} ({code})")

    def hour(self, name: str) -> str | None:
        """An hour as messages write it, ``0830``, or as it was typed."""
        return self.cleaned_data[name].replace(":", "") or None


class InForm(ActForm):
    """The beginning of an employment."""

    ssin = forms.CharField(
        label=gettext_lazy("National number of the worker"), max_length=20,
        error_messages={"required": gettext_lazy("Write the national number of the worker.")},
    )  # fmt: skip
    type = forms.ChoiceField(
        label=gettext_lazy("Worker type"),
        error_messages={**_CHOOSE, "required": gettext_lazy("Choose the worker type.")},
    )
    committee = _text(
        gettext_lazy("Joint committee"), most=9,
        help_text=gettext_lazy("Such as 302; XXX for one that Dimona does not ask"),
    )  # fmt: skip
    start = day_field(
        gettext_lazy("First day"), errors={"required": gettext_lazy("Write the first day.")}
    )
    end = day_field(gettext_lazy("Last day"), required=False)
    start_hour = _hour(gettext_lazy("Start hour"))
    end_hour = _hour(gettext_lazy("End hour"))
    planned = _planned()
    user = _text(gettext_lazy("Enterprise number of the user company"))
    user_committee = _text(gettext_lazy("Joint committee of the user company"), most=9)
    sub_entity = _text(gettext_lazy("Sub-entity"), most=6)
    card = _text(gettext_lazy("Control card C3.2A of the first month"))
    next_card = _text(gettext_lazy("Control card C3.2A of the next month"))
    nature = forms.ChoiceField(
        label=gettext_lazy("Kind of work of a trainee"), required=False, error_messages=_CHOOSE
    )
    statute = forms.ChoiceField(
        label=gettext_lazy("Small statute of a trainee"), required=False, error_messages=_CHOOSE
    )

    def __init__(self, *args: Any, is_public: bool, is_agency: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, asked in (
            ("user", is_agency), ("user_committee", is_agency), ("sub_entity", is_public),
        ):  # fmt: skip
            if not asked:
                del self.fields[name]
        for name, given in (
            ("type", [(code, f"{code} {word}") for code, word in words.TYPES.items()]),
            ("nature", [(code, str(word)) for code, word in words.NATURES.items()]),
            ("statute", [("F1", "F1"), ("F2", "F2")]),
        ):
            field: Any = self.fields[name]
            field.choices = [("", pgettext_lazy("choice", "Choose")), *given]

    def clean_ssin(self) -> str:
        """Eleven digits of a number that can exist."""
        try:
            return Niss.parse(self.cleaned_data["ssin"]).digits
        except ValueError:
            raise forms.ValidationError(
                _("This is no national number: look at the card of the worker.")
            ) from None

    def body(self, *, employer: str) -> wire.Body:
        """The message."""
        data = self.cleaned_data
        cards = [data["card"] or None, data["next_card"] or None]
        small = [data["nature"] or None, data["statute"] or None]
        act = wire.DimonaIn(
            start_date=data["start"],
            end_date=data["end"],
            start_hour=self.hour("start_hour"),
            end_hour=self.hour("end_hour"),
            planned_hours_number=data["planned"],
            features=wire.Features(
                joint_commission_number=kinds.committee(data["committee"]) or None,
                worker_type=data["type"],
                sub_entity_number=data.get("sub_entity") or None,
                using_employer=self._user(),
            ),
            construction_control_cards=wire.ControlCards(*cards) if any(cards) else None,
            small_statutes_information=wire.SmallStatutes(*small) if any(small) else None,
        )
        return wire.Body(
            employer=wire.Employer(enterprise_number=employer),
            worker=wire.Worker(ssin=data["ssin"]),
            dimona_in=act,
        )

    def judge(self, body: wire.Body, *, is_public: bool, today: date) -> bool:
        """Whether the rules find nothing wrong with the message; what they find is said."""
        message = wire.message_of(body)
        codes = rules.in_faults(message, is_public=is_public, today=today)
        self.tell(list(dict.fromkeys(codes)))
        return not codes

    def _user(self) -> wire.UsingEmployer | None:
        number = self.cleaned_data.get("user", "").replace(".", "").replace(" ", "")
        committee = kinds.committee(self.cleaned_data.get("user_committee", ""))
        if not (number or committee):
            return None
        return wire.UsingEmployer(
            enterprise_number=number or None, joint_commission_number=committee or None
        )


class OutForm(ActForm):
    """The end of an employment."""

    end = day_field(
        gettext_lazy("Last day"), errors={"required": gettext_lazy("Write the last day.")}
    )

    def body(self, *, one: PeriodRecord) -> wire.Body:
        """The message."""
        act = wire.DimonaOut(period_id=one.id, end_date=self.cleaned_data["end"])
        return wire.Body(employer=wire.Employer(enterprise_number=one.employer), dimona_out=act)


class UpdateForm(ActForm):
    """Other days, hours or planned hours; the rest of a period never changes."""

    start = day_field(
        gettext_lazy("First day"), errors={"required": gettext_lazy("Write the first day.")}
    )
    end = day_field(gettext_lazy("Last day"), required=False)
    start_hour = _hour(gettext_lazy("Start hour"))
    end_hour = _hour(gettext_lazy("End hour"))
    planned = _planned()

    def body(self, *, one: PeriodRecord) -> wire.Body | None:
        """The message with what changes; None when nothing does."""
        data = self.cleaned_data
        found = {
            "start_date": (data["start"], one.first_day),
            "end_date": (data["end"] or (NO_END if one.last_day else None), one.last_day),
            "start_hour": (self.hour("start_hour"), one.start_hour or None),
            "end_hour": (self.hour("end_hour"), one.end_hour or None),
            "planned_hours_number": (data["planned"], one.planned_hours),
        }
        changed: dict[str, Any] = {name: new for name, (new, old) in found.items() if new != old}
        if not changed:
            return None
        act = wire.DimonaUpdate(period_id=one.id, **changed)
        return wire.Body(employer=wire.Employer(enterprise_number=one.employer), dimona_update=act)


def known(one: PeriodRecord) -> dict[str, Any]:
    """The values of a period, as a form begins with them."""
    return {
        "start": one.first_day,
        "end": one.last_day,
        "start_hour": words.hour(one.start_hour),
        "end_hour": words.hour(one.end_hour),
        "planned": one.planned_hours,
    }


def cancelling(one: PeriodRecord) -> wire.Body:
    """The message that takes a period back."""
    return wire.Body(
        employer=wire.Employer(enterprise_number=one.employer),
        dimona_cancel=wire.DimonaCancel(period_id=one.id),
    )
