"""What an inspector states and asks: the purpose always, the criteria with a window."""

import re
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.backoffice.inspection.people import Meant, NotClear, meant
from guichet.backoffice.inspection.purposes import KINDS
from guichet.eservices.presence.day_queries import ANY_REMARK
from guichet.eservices.presence.days.words import STATES
from guichet.eservices.presence.forms import PeriodForm
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.works import InvalidNumber, reference_in
from guichet.rules.remarks import ACTIVITIES, REMARKS

_VAT: Final = re.compile(r"\A[A-Z]{2}[0-9A-Z+*.\- ]{1,28}\Z")
_LOGS: Final = {
    "": gettext_lazy("Both"),
    "acts": gettext_lazy("Acts IN and OUT"),
    "days": gettext_lazy("Presences of a day"),
}
# Without a site, a person or an enterprise, the whole country is read: one day at a time.
_WIDE: Final = timedelta(days=1)


def plain(widget: Any = forms.TextInput) -> Any:
    """A field of which a browser remembers and corrects nothing."""
    return widget(attrs={"autocomplete": "off", "spellcheck": "false"})


class PurposeForm(forms.Form):
    """Why: a kind from the list, the reference of the file, and words if they help."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Purpose"),
        choices=[("", gettext_lazy("Choose")), *KINDS.items()],
        error_messages={
            "required": gettext_lazy("Choose the purpose of the look-up."),
            "invalid_choice": gettext_lazy("Choose a purpose from the list."),
        },
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference of the file"),
        max_length=60,
        widget=plain(),
        error_messages={
            "required": gettext_lazy("Enter the reference of the file, or why there is none."),
            "max_length": gettext_lazy("The reference has more than 60 signs: make it shorter."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words (may stay empty)"),
        max_length=200,
        required=False,
        widget=plain(),
        error_messages={
            "max_length": gettext_lazy("The words have more than 200 signs: make them shorter."),
        },
    )

    def purpose(self) -> dict[str, str]:
        """What the operations take."""
        return {name: self.cleaned_data[name] for name in ("kind", "reference", "words")}


class SiteAndEnterprise(forms.Form):
    """How the numbers of a site and an enterprise are read, in every form that has both."""

    def clean_site(self) -> str:
        """Thirteen signs, also out of the QR code of a poster; or nothing."""
        text = str(self.cleaned_data["site"]).strip()
        if not text:
            return ""
        try:
            return reference_in(text).signs
        except InvalidNumber:
            raise forms.ValidationError(
                _("A site number has thirteen signs, for example 1Y103CF8203SZ.")
            ) from None

    def clean_enterprise(self) -> str:
        """Ten digits, or a foreign VAT number; or nothing."""
        text = str(self.cleaned_data["enterprise"]).strip().upper()
        if not text:
            return ""
        try:
            return EnterpriseNumber.parse(text.removeprefix("BE")).digits
        except InvalidEnterpriseNumber:
            if _VAT.match(text) and not text.startswith("BE"):
                return text
        raise forms.ValidationError(
            _("Enter ten digits, for example 0712.345.630, or a VAT number with its country.")
        )


class CriteriaForm(SiteAndEnterprise, PeriodForm):
    """What is searched: a window always, and at least one thing that narrows it."""

    site = forms.CharField(
        label=gettext_lazy("Site number"), required=False, max_length=200, widget=plain()
    )
    worker = forms.CharField(
        label=gettext_lazy("Person (name or number)"),
        required=False,
        max_length=80,
        widget=plain(),
    )
    enterprise = forms.CharField(
        label=gettext_lazy("Enterprise or foreign VAT number"),
        required=False,
        max_length=40,
        widget=plain(),
    )
    activity = forms.ChoiceField(label=gettext_lazy("Activity"), required=False)
    validity = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    remark = forms.ChoiceField(label=gettext_lazy("Remark"), required=False)
    log = forms.ChoiceField(label=gettext_lazy("Log"), required=False, choices=list(_LOGS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        language = get_language() or "en"
        activities = [(code, one.in_language(language)) for code, one in ACTIVITIES.items()]
        remarks = [(ANY_REMARK, _("Any remark"))]
        remarks += [(code, one.label.in_language(language)) for code, one in REMARKS.items()]
        self.fields["activity"].choices = every + activities  # type: ignore[attr-defined]  # a choice field
        self.fields["validity"].choices = every + list(STATES.items())  # type: ignore[attr-defined]  # a choice field
        self.fields["remark"].choices = every + remarks  # type: ignore[attr-defined]  # a choice field
        self.meant: Meant | None = None

    def clean_worker(self) -> str:
        """Somebody the register knows by this number or name, not too many; or nothing."""
        text = str(self.cleaned_data["worker"]).replace("\x00", "").strip()
        if not text:
            return ""
        try:
            self.meant = meant(text=text)
        except NotClear as doubt:
            raise forms.ValidationError(_DOUBTS[doubt.code]) from None
        return text

    def clean(self) -> dict[str, Any]:
        """Never everybody of everywhere for weeks."""
        cleaned = super().clean()
        asked = ("site", "worker", "enterprise")
        if self.errors or any(cleaned.get(name) for name in asked):
            return cleaned
        if not any(cleaned.get(name) for name in ("activity", "validity", "remark")):
            self.add_error(
                "site", _("Enter a site, a person or an enterprise, or choose a remark.")
            )
        elif cleaned["last"] - cleaned["first"] >= _WIDE:
            self.add_error(
                "last", _("Without a site, a person or an enterprise, search one day at a time.")
            )
        return cleaned

    def kept(self) -> dict[str, str]:
        """The criteria as they are kept: texts only."""
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }


_DOUBTS: Final = {
    "unknown": gettext_lazy("No register knows a person by this name or number."),
    "many": gettext_lazy("More than 50 people have this name: enter the number, or more of it."),
}
