"""What a worker says when he sends a correction to his employer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.presence.words import CORRECTION_KINDS, CORRECTION_REASONS
from guichet.kernel.base34 import MalformedNumber
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.works import LONGEST_CODE, reference_in
from guichet.platform import clock
from guichet.rules.presence_corrections import Kind

LONGEST: Final = 500
# What each kind of mistake asks for.
_ASKS: Final = {
    Kind.CHANGE_TIME: ("time", gettext_lazy("Enter the right time, for example 07:30.")),
    Kind.CHANGE_SITE: ("site", gettext_lazy("Enter the number of the right site.")),
    Kind.CHANGE_EMPLOYER: ("employer", gettext_lazy("Enter the number of the right employer.")),
}


def _words(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Your employer and the NSSO can read this. 500 signs at most."),
        required=required,
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Say in a sentence what happened."),
            "max_length": gettext_lazy("Write at most 500 signs."),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(forms.Form):
    """The words that go along; may be empty."""

    words = _words(required=False)


class MistakeForm(forms.Form):
    """What is wrong with a registration, and what it should be."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=[(str(kind), words) for kind, words in CORRECTION_KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("The right time, on the same day"),
        help_text=gettext_lazy("For example 07:30."),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hh%M", "%H%M"],
        error_messages={"invalid": gettext_lazy("Enter a time, for example 07:30.")},
    )
    site = forms.CharField(
        label=gettext_lazy("The right site number"), required=False, max_length=LONGEST_CODE
    )
    employer = forms.CharField(
        label=gettext_lazy("The right enterprise number"), required=False, max_length=40
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why did it go wrong?"),
        choices=[(str(reason), words) for reason, words in CORRECTION_REASONS.items()],
        error_messages={"required": gettext_lazy("Choose why it went wrong.")},
    )
    words = _words(required=True)

    def __init__(self, *args: Any, occurred_at: datetime, now: datetime, **given: Any) -> None:
        super().__init__(*args, **given)
        self._occurred_at = occurred_at
        self._now = now

    def clean_site(self) -> str:
        """The thirteen signs, or nothing."""
        text = self.cleaned_data["site"]
        try:
            return reference_in(text).signs if text else ""
        except MalformedNumber:
            raise forms.ValidationError(_("This is not the number of a site.")) from None

    def clean_employer(self) -> str:
        """Ten digits, or nothing."""
        text = self.cleaned_data["employer"]
        try:
            return EnterpriseNumber.parse(text).digits if text else ""
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(_("This is not the number of an enterprise.")) from None

    def clean(self) -> dict[str, Any]:
        """Each kind asks for what it should be; a moment to come is no moment of work."""
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        asked = _ASKS.get(Kind(kind)) if kind else None
        if asked and not cleaned.get(asked[0]) and asked[0] not in self.errors:
            self.add_error(asked[0], asked[1])
        if self.moment() > self._now:
            self.add_error("time", _("This time is still to come."))
        return cleaned

    def moment(self) -> datetime:
        """The act's own moment, or the right time on its Brussels day."""
        time = self.cleaned_data.get("time")
        if self.cleaned_data.get("kind") != Kind.CHANGE_TIME or time is None:
            return self._occurred_at
        day = clock.brussels(self._occurred_at).date()
        return datetime.combine(day, time, clock.BRUSSELS)
