"""What the desk fills in: what it looks for, and a decision with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.access.counter.forms import LongText
from guichet.eservices.presence.corrections import case_forms, deciding
from guichet.eservices.presence.corrections.deciding import Granted
from guichet.eservices.presence.day_queries import ActRow
from guichet.eservices.presence.models import Case
from guichet.eservices.presence.words import CASE_KINDS, TYPES
from guichet.platform import clock, wording
from guichet.rules.presence_corrections import Kind, Step

_OUTCOMES: Final = {
    Step.ACCEPT: gettext_lazy("Grant it as asked"),
    Step.ACCEPT_PARTLY: gettext_lazy("Grant something else: what stands below"),
    Step.REFUSE: gettext_lazy("Do not grant it"),
}
_FIELDS: Final = {
    Kind.ADD: ("type", "time", "site"),
    Kind.CHANGE_TIME: ("time",),
    Kind.CHANGE_SITE: ("site",),
    Kind.CHANGE_EMPLOYER: ("employer",),
    Kind.CANCEL: (),
}


class FilterForm(forms.Form):
    """What the queue shows."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a kind of the list.")},
    )
    enterprise = case_forms.employer_field(gettext_lazy("Enterprise number of who asked"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Everything")), *((str(k), w) for k, w in CASE_KINDS.items())]

    def clean_enterprise(self) -> str:
        """Ten digits, or nothing."""
        return case_forms.read_employer(self.cleaned_data["enterprise"])


class DecisionForm(forms.Form):
    """A decision: granted, granted in part with other values, or refused; always with a reason."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a decision."),
            "invalid_choice": gettext_lazy("Choose a decision."),
        },
    )
    receipts = forms.MultipleChoiceField(
        label=gettext_lazy("Registrations for which it is granted"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose registrations of the list.")},
    )
    type = case_forms.type_field()
    time = case_forms.time_field(gettext_lazy("Time granted"))
    site = case_forms.site_field(gettext_lazy("Site granted"))
    employer = case_forms.employer_field(gettext_lazy("Employer granted"))
    reason = LongText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Both sides read it. At most 2000 signs."),
        error_messages={
            "required": gettext_lazy("Write the reason: both sides read it."),
            "max_length": gettext_lazy("Your text has more than 2000 signs: make it shorter."),
        },
    )

    def __init__(
        self, *args: Any, row: Case, acts: Sequence[ActRow], now: datetime, **given: Any
    ) -> None:
        initial = {
            "receipts": [str(one) for one in row.receipts],
            "type": row.type,
            "time": clock.brussels(row.occurred_at).time(),
            "site": row.works_reference,
            "employer": row.employer_number or row.employer_vat,
        }
        super().__init__(*args, **{"initial": initial, **given})
        self._row, self._now = row, now
        kept = _FIELDS[Kind(row.kind)]
        has_several = len(row.receipts) > 1
        for name in ("type", "time", "site", "employer"):
            if name not in kept:
                del self.fields[name]
        if "type" in kept:
            self.fields["type"].required = False  # read only when something else is granted
        receipts: Any = self.fields["receipts"]
        receipts.choices = [
            (str(one.receipt), f"{TYPES[one.type]} {wording.hour(one.occurred_at)}") for one in acts
        ]
        if not has_several:
            del self.fields["receipts"]
        outcome: Any = self.fields["outcome"]
        outcome.choices = [
            (str(step), text)
            for step, text in _OUTCOMES.items()
            if kept or has_several or step is not Step.ACCEPT_PARTLY
        ]

    def clean_site(self) -> str:
        """The thirteen signs, or nothing."""
        return case_forms.read_site(self.cleaned_data["site"])

    def clean_employer(self) -> str:
        """Ten digits, or nothing; a foreign number that was asked stays as it is."""
        text = self.cleaned_data["employer"]
        if text and text == self._row.employer_vat:
            return str(text)
        return case_forms.read_employer(text)

    def clean(self) -> dict[str, Any]:
        """What is granted in part is whole, possible, and not what was asked."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") != Step.ACCEPT_PARTLY:
            return cleaned
        for name in ("time", "site", "employer", "receipts"):
            if name in self.fields and name not in self.errors and not cleaned.get(name):
                self.add_error(name, _("Say what is granted."))
        if self.errors:
            return cleaned
        granted = self.granted()
        if granted.occurred_at > self._now:
            self.add_error("time", _("This time is still to come."))
        elif granted == deciding.asked(self._row):
            self.add_error("outcome", _("This is what was asked: grant it as asked."))
        return cleaned

    @property
    def step(self) -> Step:
        """What is decided."""
        return Step(self.cleaned_data["outcome"])

    def granted(self) -> Granted:
        """What stands in the form, on the day of the request."""
        row, data = self._row, self.cleaned_data
        moment = row.occurred_at
        chosen: time | None = data.get("time")
        if chosen is not None and chosen != _to_the_minute(moment):
            day = clock.brussels(moment).date()
            moment = datetime.combine(day, chosen, clock.BRUSSELS)
        number, vat = row.employer_number, row.employer_vat
        if data.get("employer") and data["employer"] not in (number, vat):
            number, vat = data["employer"], None
        receipts = tuple(int(one) for one in data.get("receipts", ())) or tuple(row.receipts)
        return Granted(
            receipts,
            data.get("type") or row.type,
            moment,
            data.get("site") or row.works_reference,
            number,
            vat,
        )


def _to_the_minute(moment: datetime) -> time:
    return clock.brussels(moment).time().replace(second=0, microsecond=0)
