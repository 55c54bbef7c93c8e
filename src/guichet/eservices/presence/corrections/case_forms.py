"""What is filled in to ask the NSSO for a correction: what it should be, why, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.access.counter.forms import LongText
from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.corrections.cases import Asked
from guichet.eservices.presence.corrections.filing import Wanted
from guichet.eservices.presence.day_queries import ActRow
from guichet.eservices.presence.forms import day_field
from guichet.eservices.presence.words import CASE_KINDS, CASE_REASONS, DOCUMENT_NEEDED, TYPES
from guichet.kernel.base34 import MalformedNumber
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.works import LONGEST_CODE, reference_in
from guichet.platform import clock, wording
from guichet.rules.presence_corrections import Kind, Reason

_TIMES: Final = ["%H:%M", "%H.%M", "%Hh%M", "%H%M"]
_OF_AN_ACT: Final = (Kind.CHANGE_TIME, Kind.CHANGE_SITE, Kind.CHANGE_EMPLOYER, Kind.CANCEL)
_ASKS: Final = {
    Kind.ADD: ("time", gettext_lazy("Enter the time of the missing registration.")),
    Kind.CHANGE_TIME: ("time", gettext_lazy("Enter the right time, for example 07:30.")),
    Kind.CHANGE_SITE: ("site", gettext_lazy("Enter the number of the right site.")),
    Kind.CHANGE_EMPLOYER: ("employer", gettext_lazy("Enter the number of the right employer.")),
}


def type_field() -> forms.ChoiceField:
    """IN or OUT."""
    return forms.ChoiceField(
        label=gettext_lazy("Which registration is missing?"),
        choices=list(TYPES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose IN or OUT."),
            "invalid_choice": gettext_lazy("Choose IN or OUT."),
        },
    )


def time_field(label: Any) -> forms.TimeField:
    """A time of the day, as people write it."""
    return forms.TimeField(
        label=label,
        help_text=gettext_lazy("For example 07:30."),
        required=False,
        input_formats=_TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "p-input-day"}),
        error_messages={"invalid": gettext_lazy("Enter a time, for example 07:30.")},
    )


def site_field(label: Any) -> forms.CharField:
    """The number of a site, or what its code holds."""
    return forms.CharField(label=label, required=False, max_length=LONGEST_CODE)


def employer_field(label: Any) -> forms.CharField:
    """An enterprise number."""
    return forms.CharField(label=label, required=False, max_length=40)


def read_site(text: str) -> str:
    """The thirteen signs, or nothing; raises ValidationError."""
    try:
        return reference_in(text).signs if text else ""
    except MalformedNumber:
        raise forms.ValidationError(_("This is not the number of a site.")) from None


def read_employer(text: str) -> str:
    """Ten digits, or nothing; raises ValidationError."""
    try:
        return EnterpriseNumber.parse(text).digits if text else ""
    except InvalidEnterpriseNumber:
        raise forms.ValidationError(_("This is not the number of an enterprise.")) from None


class RequestForm(forms.Form):
    """A request; ``attached``: the pending attachments that the page showed."""

    type = type_field()
    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=[(str(kind), CASE_KINDS[kind]) for kind in _OF_AN_ACT],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what is wrong."),
            "invalid_choice": gettext_lazy("Choose what is wrong."),
        },
    )
    day = day_field(gettext_lazy("Day"), gettext_lazy("Enter the day of the registration."))
    time = time_field(gettext_lazy("The right time, on the same day"))
    site = site_field(gettext_lazy("The right site number"))
    employer = employer_field(gettext_lazy("The right enterprise number"))
    also = forms.MultipleChoiceField(
        label=gettext_lazy("The same is wrong with these registrations"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose registrations of the list.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why did it go wrong?"),
        choices=[(str(reason), text) for reason, text in CASE_REASONS.items()],
        error_messages={
            "required": gettext_lazy("Choose why it went wrong."),
            "invalid_choice": gettext_lazy("Choose why it went wrong."),
        },
    )
    words = LongText(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy(
            "The NSSO and the worker can read this. At most 2000 signs; leave out numbers of "
            "other persons."
        ),
        error_messages={
            "required": gettext_lazy("Say in a sentence what happened."),
            "max_length": gettext_lazy("Your text has more than 2000 signs: make it shorter."),
        },
    )
    attached = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": DOCUMENT_NEEDED,
            "invalid_choice": gettext_lazy(
                "A file that was attached is gone. Look at the list, and attach it again."
            ),
        },
    )

    def __init__(
        self,
        *args: Any,
        asked: Asked,
        beside: Sequence[ActRow],
        pending: Sequence[Attachment],
        now: datetime,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._asked, self._now = asked, now
        attached: Any = self.fields["attached"]
        attached.choices = [(str(one.pk), one.name) for one in pending]
        also: Any = self.fields["also"]
        also.choices = [
            (str(one.receipt), f"{TYPES[one.type]} {wording.hour(one.occurred_at)}")
            for one in beside
        ]
        gone: tuple[str, ...] = (
            ("kind", "employer", "also") if asked.is_missing else ("type", "day")
        )
        if not asked.is_missing and not beside:
            gone += ("also",)
        for name in gone:
            del self.fields[name]
        if asked.is_missing:
            self.fields["time"].label = _("Time")
            self.fields["site"].label = _("Site number")

    def clean_site(self) -> str:
        """The thirteen signs, or nothing."""
        return read_site(self.cleaned_data["site"])

    def clean_employer(self) -> str:
        """Ten digits, or nothing."""
        return read_employer(self.cleaned_data["employer"])

    def clean(self) -> dict[str, Any]:
        """Each kind asks for what it should be, which differs from what is registered."""
        cleaned = super().clean() or self.cleaned_data
        kind = self.chosen_kind
        if kind is None:
            return cleaned
        needed = _ASKS.get(kind)
        if needed and not cleaned.get(needed[0]) and needed[0] not in self.errors:
            self.add_error(needed[0], needed[1])
        if kind is Kind.ADD and not cleaned.get("site") and "site" not in self.errors:
            self.add_error("site", _("Enter the number of the site."))
        if not self.errors:
            self._compare(kind)
        return cleaned

    @property
    def chosen_kind(self) -> Kind | None:
        """What is wrong; None while nothing is chosen."""
        if self._asked.is_missing:
            return Kind.ADD
        kind = self.cleaned_data.get("kind")
        return Kind(kind) if kind else None

    def moment(self) -> datetime:
        """What should have been: the right time on the day, else that of the act."""
        chosen: time | None = self.cleaned_data.get("time")
        act = self._asked.act
        if act is not None and (chosen is None or self.chosen_kind is not Kind.CHANGE_TIME):
            return act.occurred_at
        day = self.cleaned_data["day"] if act is None else clock.brussels(act.occurred_at).date()
        return datetime.combine(day, chosen or time(), clock.BRUSSELS)

    def wanted(self) -> Wanted:
        """The cleaned data as the operation takes it."""
        asked, data, kind = self._asked, self.cleaned_data, self.chosen_kind or Kind.ADD
        act = asked.act
        number, vat = asked.enterprise_number, asked.foreign_vat_number
        if kind is Kind.CHANGE_EMPLOYER:
            number, vat = data["employer"], None
        also = () if kind is Kind.CHANGE_TIME else data.get("also", ())
        moment = self.moment()
        new_site = kind in (Kind.CHANGE_SITE, Kind.ADD)
        return Wanted(
            ssin=asked.ssin,
            kind=kind,
            reason=Reason(data["reason"]),
            words=data["words"],
            receipts=() if act is None else (act.receipt, *(int(one) for one in also)),
            registered_on=clock.brussels(moment).date() if act is None else asked.registered_on,
            activity=asked.activity,
            type=data["type"] if act is None else act.type,
            occurred_at=moment,
            site=data["site"] if new_site else asked.works_reference,
            enterprise_number=number,
            foreign_vat_number=vat,
            files=tuple(UUID(one) for one in data["attached"]),
            report=asked.report.pk if asked.report else None,
        )

    def _compare(self, kind: Kind) -> None:
        act = self._asked.act
        if self.moment() > self._now:
            self.add_error("time", _("This time is still to come."))
        if act is None:
            return
        same = {
            Kind.CHANGE_TIME: ("time", self.moment() == act.occurred_at),
            Kind.CHANGE_SITE: ("site", self.cleaned_data["site"] == act.works_reference),
            Kind.CHANGE_EMPLOYER: (
                "employer",
                self.cleaned_data["employer"] == act.enterprise_number,
            ),
        }
        name, is_same = same.get(kind, ("", False))
        if is_same:
            self.add_error(name, _("This is what is registered already."))
