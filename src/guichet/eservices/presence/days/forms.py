"""What people fill in to announce presences of days."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.presence.days import words
from guichet.eservices.presence.days.crews import Member
from guichet.eservices.presence.forms import day_field
from guichet.eservices.presence.words import CODE_FAULTS
from guichet.kernel import base34
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.limosa import LONGEST_CODE, UnreadableLimosaCode, limosa_number_in
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_days import Reason

LONGEST_PERIOD: Final = timedelta(days=31)
_PUNCTUATION: Final = str.maketrans("", "", " .-/")
_VAT: Final = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,28}")
_POSTER: Final = re.compile(r"/s/([0-9A-Za-z]{13})(?:[/?#]|$)")


def site_in(text: str) -> str:
    """The number of a site in what somebody typed or scanned; raises ValidationError."""
    found = _POSTER.search(text)
    bare = (found[1] if found else text.translate(_PUNCTUATION)).upper()
    if not base34.is_well_formed(bare):
        raise forms.ValidationError(
            _("The number of a site has thirteen signs, for example 1Y103CF8204TZ.")
        )
    return bare


class PersonField(forms.CharField):
    """A national number, a Limosa number, or what the QR code of an L1 holds."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            max_length=LONGEST_CODE,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            **given,
        )

    def clean(self, value: Any) -> tuple[str, str]:
        """The number of the person and the Limosa number, one of them empty."""
        text = super().clean(value)
        bare = text.translate(_PUNCTUATION)
        if bare.isascii() and bare.isdigit() and len(bare) <= 11:
            try:
                return Niss.parse(bare).digits, ""
            except InvalidNiss:
                raise forms.ValidationError(
                    _("This is no national number: it has eleven digits, the last two check it.")
                ) from None
        try:
            number = limosa_number_in(text).text
        except UnreadableLimosaCode as fault:
            raise forms.ValidationError(CODE_FAULTS[fault.fault]) from None
        if len(number) != 17:
            raise forms.ValidationError(_("A Limosa number has seventeen digits."))
        return "", number


class EnterForm(forms.Form):
    """One presence, typed or scanned."""

    person = PersonField(
        label=gettext_lazy("National number, or Limosa number"),
        help_text=gettext_lazy("Also what the QR code of the L1 holds."),
        error_messages={
            "required": gettext_lazy("Enter the number of the person."),
            "max_length": gettext_lazy("This is too long for the QR code of an L1."),
        },
    )
    employer = forms.CharField(
        label=gettext_lazy("Employer"),
        help_text=gettext_lazy(
            "Enterprise number or foreign VAT number; a Limosa number needs none."
        ),
        required=False,
        max_length=40,
    )
    site = forms.CharField(
        label=gettext_lazy("Number of the site"),
        help_text=gettext_lazy("Thirteen signs on the poster; its QR code may be scanned."),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter the number of the site.")},
    )
    day = day_field(gettext_lazy("Day"), gettext_lazy("Enter the day."))

    def clean_site(self) -> str:
        """Thirteen signs, out of whatever was given."""
        return site_in(self.cleaned_data["site"])

    def clean_employer(self) -> tuple[str, str]:
        """An enterprise number and a foreign VAT number, one of them at most."""
        text = self.cleaned_data["employer"].strip()
        if not text:
            return "", ""
        vat = text.translate(_PUNCTUATION).upper()
        if _VAT.fullmatch(vat) and not vat.startswith("BE"):
            return "", vat
        try:
            return EnterpriseNumber.parse(text).digits, ""
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(
                _("This is no enterprise number: it has ten digits, the last two check it.")
            ) from None

    def clean(self) -> dict[str, Any]:
        """Somebody with a national number has an employer."""
        cleaned = super().clean() or self.cleaned_data
        person, employer = cleaned.get("person"), cleaned.get("employer")
        if person and person[0] and employer == ("", ""):
            self.add_error("employer", _("Enter the number of the employer."))
        return cleaned


class SiteForm(forms.Form):
    """On which site; one of those that are known, or its number."""

    chosen = forms.ChoiceField(label=gettext_lazy("Site"), required=False, widget=forms.RadioSelect)
    number = forms.CharField(
        label=gettext_lazy("Another site: its number"), required=False, max_length=300
    )

    def __init__(self, *args: Any, sites: Iterable[SiteRecord] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.reference, one.name or one.reference) for one in sites]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not choices:
            del self.fields["chosen"]

    def clean_number(self) -> str:
        """Thirteen signs, or nothing."""
        text = self.cleaned_data["number"].strip()
        return site_in(text) if text else ""

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("chosen") or cleaned.get("number")):
            self.add_error("number", _("Choose a site, or enter its number."))
        return cleaned


class CrewForm(forms.Form):
    """Who is announced."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Crew"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose people of this list.")},
    )
    limosa = forms.CharField(
        label=gettext_lazy("Posted workers: their Limosa numbers"),
        help_text=gettext_lazy("One number a line, or what the QR code of the L1 holds."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, members: Iterable[Member] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {one.key: one for one in members}
        choices = [(key, one.name) for key, one in self._members.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_limosa(self) -> list[str]:
        """The numbers, each once."""
        found = []
        for at, line in enumerate(self.cleaned_data["limosa"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                number = limosa_number_in(line).text
            except UnreadableLimosaCode:
                number = ""
            if len(number) != 17:
                raise forms.ValidationError(
                    _("Line %(number)d holds no Limosa number of seventeen digits.")
                    % {"number": at}
                )
            found.append(number)
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """Somebody at least."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("people") and not cleaned.get("limosa"):
            self.add_error("people", _("Choose at least one person."))
        return cleaned

    def members(self) -> list[Member]:
        """Those who were chosen, in the order of the list, then the posted ones."""
        chosen = set(self.cleaned_data["people"])
        posted = [Member(None, number, None, None, "") for number in self.cleaned_data["limosa"]]
        return [one for key, one in self._members.items() if key in chosen] + posted


class DaysForm(forms.Form):
    """On which days: a period and the days of the week in it."""

    first = day_field(gettext_lazy("First day"), gettext_lazy("Enter the first day."))
    last = day_field(gettext_lazy("Last day"), gettext_lazy("Enter the last day."))
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        choices=[(str(at), text) for at, text in enumerate(words.WEEKDAYS)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one day of the week.")},
    )

    def __init__(self, *args: Any, today: date, furthest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._furthest = furthest

    def clean(self) -> dict[str, Any]:
        """In order, not past, not too far ahead, and not empty."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and first < self._today:
            self.add_error("first", _("A past day cannot be registered. Begin today or later."))
        if isinstance(last, date) and last > self._furthest:
            self.add_error("last", words.too_far(self._furthest))
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day is before the first one."))
            elif not self.errors and not self.days():
                self.add_error("weekdays", _("None of these days of the week is in the period."))
        return cleaned

    def days(self) -> list[date]:
        """The days, in order."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        every = (first + timedelta(days=at) for at in range((last - first).days + 1))
        return [day for day in every if day.weekday() in self.cleaned_data["weekdays"]]


class ListForm(forms.Form):
    """Which presences a list shows."""

    first = day_field(gettext_lazy("From"), gettext_lazy("Enter the first day."))
    last = day_field(gettext_lazy("To"), gettext_lazy("Enter the last day."))
    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=words.STATE_CHOICES
    )

    def __init__(self, *args: Any, sites: Iterable[SiteRecord] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("All sites"))]
        choices += [(one.reference, one.name or one.reference) for one in sites]
        self.fields["site"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """In order, and 31 days at most."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day is before the first one."))
            elif last - first >= LONGEST_PERIOD:
                self.add_error("last", _("A period has at most 31 days. Choose a shorter one."))
        return cleaned


class CancelForm(forms.Form):
    """Why presences are withdrawn."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose a reason")), *words.REASONS.items()],
        error_messages={
            "required": gettext_lazy("Choose why you withdraw it."),
            "invalid_choice": gettext_lazy("Choose why you withdraw it."),
        },
    )

    def clean_reason(self) -> Reason:
        """One of the codes."""
        return Reason(self.cleaned_data["reason"])
