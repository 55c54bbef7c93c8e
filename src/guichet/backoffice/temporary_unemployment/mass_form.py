"""Which communications are decided in one go."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.backoffice.temporary_unemployment.forms import OWN, Day, choice, offices
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office.queries import Wanted
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.reasons import is_communicated

_ANY: Final = ("", gettext_lazy("All"))


class ManyForm(forms.Form):
    """The days of receipt, and what else narrows it; ``shown``: how many the preview showed."""

    office = choice(gettext_lazy("Office"))
    reason = choice(pgettext_lazy("temporary unemployment", "Reason"))
    kind = choice(gettext_lazy("Communication"))
    received_from = Day(
        label=gettext_lazy("Received from"),
        error_messages={"required": gettext_lazy("Say from which day on.")},
    )
    received_until = Day(
        label=gettext_lazy("Received until"),
        error_messages={"required": gettext_lazy("Say until which day.")},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=10)

    def __init__(self, data: Any, *, own: frozenset[str]) -> None:
        super().__init__(data)
        self._own = own
        chosen = [one for one in offices() if one[0] in own]
        self._set("office", [(OWN, _("My offices")), *chosen])
        reasons = [(one.value, words.reason(one)) for one in Reason if is_communicated(one)]
        self._set("reason", [_ANY, *reasons])
        self._set("kind", [_ANY, *[(one.value, words.kind(one)) for one in Kind]])

    def _set(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [*choices]

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("received_from"), given.get("received_until")
        if first and last and last < first:
            self.add_error("received_until", _("The last day lies before the first one."))
        return given

    def wanted(self, *, today: date) -> Wanted:
        """The search behind a valid form: only communications without warnings."""
        given = self.cleaned_data
        office = given["office"] or OWN
        return Wanted(
            offices=tuple(sorted(self._own)) if office == OWN else (office,),
            reasons=(given["reason"],) if given["reason"] else (),
            kinds=(given["kind"],) if given["kind"] else (),
            received_from=given["received_from"],
            received_until=given["received_until"],
            today=today,
        )
