"""The steps of the worker's part: identity, household, activities, pension, payment, sending."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.forms.parts import (
    CertifiedField,
    ChoiceField,
    ShortText,
    put,
)
from guichet.eservices.career_break.worker import words
from guichet.eservices.career_break.worker.cases import Case
from guichet.eservices.career_break.worker.forms.fields import (
    YesNoField,
    line,
    past_day,
    rows_in,
)
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.entry import account_fault, mail_fault, phone_fault, text_fault


class StepForm(forms.Form):
    """A step of one request."""

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, **given)
        self.case = case


class IdentityForm(StepForm):
    """How the worker is reached, and in which language."""

    email = line(_("E-mail address"), most=200, autocomplete="email", required=False)
    mobile = line(_("Mobile number"), most=40, autocomplete="tel", required=False)
    language = ChoiceField(
        label=_("In which language do you want your letters? *"),
        choices=[*words.LANGUAGES.items()],
    )

    def clean(self) -> dict[str, Any]:
        """By the rules."""
        given = self.cleaned_data
        put(
            self,
            [
                mail_fault(given.get("email", ""), field="email", is_needed=False),
                phone_fault(given.get("mobile", ""), field="mobile"),
            ],
            {},
        )
        return given


class EmployerForm(StepForm):
    """The employer's part is read, not changed."""


class HouseholdForm(StepForm):
    """With whom the worker lives; the children one by one."""

    household = ChoiceField(
        label=_("With whom do you live? *"), choices=[*words.HOUSEHOLDS.items()]
    )
    is_in_charge = YesNoField(
        label=_("Are you their parent, or in charge of their daily education?"), required=False
    )

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, case=case, **given)
        self.rows = rows_in(case.of_step("household"), least=1)
        for at in range(self.rows):
            self.fields[f"child_{at}_name"] = line(_("First name"), most=60, required=False)
            self.fields[f"child_{at}_born_on"] = past_day(_("Date of birth"))
            self.fields[f"child_{at}_is_disabled"] = forms.BooleanField(
                label=_("The child has a recognised disability"), required=False
            )

    @property
    def children(self) -> list[list[forms.BoundField]]:
        """The fields of each row."""
        names = ("name", "born_on", "is_disabled")
        return [[self[f"child_{at}_{name}"] for name in names] for at in range(self.rows)]

    def clean(self) -> dict[str, Any]:
        """A child has a date of birth that is not to come; who lives with children names one."""
        given = self.cleaned_data
        for at in range(self.rows):
            name, born = f"child_{at}_name", f"child_{at}_born_on"
            if given.get(name) and born not in self.errors and given.get(born) is None:
                self.add_error(born, _("Enter the date of birth of this child."))
            if given.get(born) and given[born] > self.case.today:
                self.add_error(born, _("This day is still to come."))
        has_child = any(given.get(f"child_{at}_born_on") for at in range(self.rows))
        if given.get("household") == Household.WITH_CHILDREN and not has_child and not self.errors:
            self.add_error("child_0_born_on", _("Enter at least one child."))
        return given


class ActivitiesForm(StepForm):
    """What the worker does besides, which may exclude the allowance."""

    activity = ChoiceField(
        label=_("Do you have another paid activity? *"), choices=[*words.ACTIVITIES.items()]
    )
    activity_since = past_day(_("If so: since when?"))
    others_reduce = YesNoField(
        label=_("Do you also interrupt or reduce your work with your other employers?"),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, case=case, **given)
        if not case.asked.has_other_employers:
            del self.fields["others_reduce"]

    def clean(self) -> dict[str, Any]:
        """An activity has a beginning."""
        given = self.cleaned_data
        is_active = given.get("activity", "none") != "none"
        if is_active and "activity_since" not in self.errors and not given.get("activity_since"):
            self.add_error("activity_since", _("Enter the day on which this activity began."))
        return given


class PensionForm(StepForm):
    """A pension may exclude the allowance."""

    pension = ChoiceField(label=_("Do you receive a pension? *"), choices=[*words.PENSIONS.items()])
    cumulates_survivor = YesNoField(
        label=_("If it is a survivor's pension: do you want to receive both?"),
        help_text=_("You may receive both for twelve months at most, once in your career."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who has a survivor's pension chooses."""
        given = self.cleaned_data
        if given.get("pension") == "survivor" and given.get("cumulates_survivor") is None:
            self.add_error("cumulates_survivor", _("Choose whether you want to receive both."))
        return given


class PaymentForm(StepForm):
    """Where the allowance is paid."""

    iban = line(
        _("Account number (IBAN) *"),
        most=50,
        css="govuk-input--width-20",
        required=False,
        help_text=_("For example BE68 5390 0754 7034."),
    )
    holder = line(
        _("Name of the holder or holders of the account *"),
        autocomplete="name",
        required=False,
        help_text=_("The account must be yours, or yours and somebody else's."),
    )
    by_cheque = forms.BooleanField(
        label=_("I have no account: pay me by circular cheque"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """An account unless a cheque is wanted."""
        given = self.cleaned_data
        if given.get("by_cheque"):
            return given
        text = given.get("iban", "")
        put(self, [account_fault(text, field="iban", on=self.case.today)], {})
        if not given.get("holder"):
            self.add_error("holder", _("Enter the name of the holder of the account."))
        return given


class DocumentsForm(StepForm):
    """The documents have a page of their own; nothing is typed here."""


class CheckForm(StepForm):
    """The last boxes before the part is sent."""

    reason = ShortText(label=_("If you go on all the same, say why"))
    ebox_for_all = forms.BooleanField(
        label=_("I agree that every communication about this file comes to my e-Box"),
        required=False,
    )
    certified = CertifiedField(
        _(
            "I certify that what I say here is exact and complete. I undertake to report each "
            "change to ONEM at once. *"
        )
    )

    def clean(self) -> dict[str, Any]:
        """A reason is short."""
        reason = self.cleaned_data.get("reason", "")
        put(self, [text_fault(reason, field="reason", on=self.case.today)], {})
        return self.cleaned_data


OF_STEP: Final[dict[str, type[StepForm]]] = {
    "identity": IdentityForm,
    "employer": EmployerForm,
    "household": HouseholdForm,
    "activities": ActivitiesForm,
    "pension": PensionForm,
    "payment": PaymentForm,
    "documents": DocumentsForm,
    "check": CheckForm,
}
