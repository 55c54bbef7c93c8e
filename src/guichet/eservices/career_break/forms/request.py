"""The steps of a new request: kind, what it asks besides, characteristics, R.T.T., confirmation."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import checks, words
from guichet.eservices.career_break.content import Asked, spanned
from guichet.eservices.career_break.forms.characteristics import CharacteristicsForm
from guichet.eservices.career_break.forms.credit_code import CreditCodeField
from guichet.eservices.career_break.forms.parts import (
    CertifiedField,
    ChoiceField,
    DayField,
    HoursField,
    put,
)
from guichet.rules.career_break.entry import leave_fault
from guichet.rules.career_break.kinds import Leave, Sector, Statute

TYPE, DETAILS, CHARACTERISTICS, REDUCTION = "type", "details", "characteristics", "reduction"
CHECK: Final = "check"
# The box of a worker's code, and what a draft holds of the code that was opened.
CODE: Final = "credit_code"
HELD: Final = ("credit_attestation", "credit_attested_on")
STEPS: Final = (TYPE, DETAILS, CHARACTERISTICS, REDUCTION, CHECK)
_PRIVATE: Final = _("Blood relatives to the second degree, in-laws to the first degree.")
_PUBLIC: Final = _(
    "Blood relatives to the second degree; in the public sector in-laws to the second degree too."
)
_YES_NO: Final = (("no", _("No")), ("yes", _("Yes")))


class TypeForm(forms.Form):
    """Why the worker interrupts his career, as the manual asks it."""

    leave = forms.ChoiceField(
        label=_("The worker would like to interrupt his career, partly or completely *"),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, offered: tuple[Leave, ...], has_care_credit: bool, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.offered, self.has_care_credit = offered, has_care_credit
        self.fields["leave"].choices = [  # type: ignore[attr-defined]  # of a choice field
            (one.value, words.PURPOSES[one]) for one in self.offered
        ]
        # What was not offered is told in the words of the rules, not of the form.
        self.fields["leave"].validate = lambda value: None  # type: ignore[method-assign]  # judged by the rules

    def clean(self) -> dict[str, Any]:
        """One of those that this sector is offered."""
        put(self, [leave_fault(self.cleaned_data.get("leave", ""), offered=self.offered)], {})
        return self.cleaned_data


class CreditForm(forms.Form):
    """What every kind of leave may have besides: the worker shows what is left of his credit."""

    credit_code = CreditCodeField(
        label=_("Code of the worker for his remaining credit, if he gave you one"), required=False
    )


class TimeCreditForm(CreditForm):
    """With a motive, or at the end of a career; the agreement that provides it."""

    kind = ChoiceField(
        label=_("Which time credit?"),
        choices=[
            (Leave.TIME_CREDIT.value, _("Time credit with a motive")),
            (Leave.END_OF_CAREER.value, words.LEAVES[Leave.END_OF_CAREER]),
        ],
    )
    motive = ChoiceField(
        label=_("Motive, for a time credit with a motive"),
        choices=[*words.MOTIVES.items()],
        required=False,
    )
    agreement = ChoiceField(
        label=_("Does a collective agreement provide it?"),
        choices=[
            ("none", _("No agreement")),
            ("sector", _("An agreement of the sector")),
            ("company", _("An agreement of the company")),
        ],
        required=False,
    )
    exception = forms.ChoiceField(
        label=_("Ground of an end of career before 60"),
        choices=[("", _("None")), *words.EXCEPTIONS.items()],
        required=False,
    )
    attested_on = DayField(
        label=_("Attestation of the remaining credit received on"), required=False
    )
    is_balance = forms.BooleanField(
        label=_("By the worker, this is all that is left of the credit, taken in one go"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A motive where one is needed."""
        given = self.cleaned_data
        if given.get("kind") == Leave.TIME_CREDIT and not given.get("motive"):
            self.add_error("motive", _("Choose the motive of the time credit."))
        return given


class ParentalForm(CreditForm):
    """Nothing of the child is asked of an employer; a date of birth allows a warning."""

    child_born_on = DayField(
        label=_("Date of birth of the child, if the worker told you"), required=False
    )


class AssistanceForm(CreditForm):
    """For whom, as far as the employer knows it."""

    relation = ChoiceField(
        label=_("Who is cared for?"),
        choices=[
            ("family", _("A seriously ill member of the household or the family")),
            ("hospital", _("A minor child in hospital, during or just after the stay")),
        ],
    )
    has_attestation = forms.BooleanField(
        label=_("The worker gave me the medical attestation"), required=False
    )

    def says_relatives(self, sector: str) -> None:
        """Who is of the family: in the public sector the circle of in-laws is wider."""
        self.fields["relation"].help_text = _PUBLIC if sector == Sector.PUBLIC else _PRIVATE


class PalliativeForm(CreditForm):
    """When the attestation was handed over, and which month it is."""

    attested_on = DayField(label=_("The attestation was handed over on *"))
    period = ChoiceField(
        label=_("Which period?"),
        choices=[
            ("first", _("First month")),
            ("second", _("First extension")),
            ("third", _("Second extension")),
        ],
    )


class CarerForm(CreditForm):
    """The recognition as informal carer."""

    valid_from = DayField(label=_("Recognition valid from"), required=False)
    valid_until = DayField(label=_("Recognition valid until"), required=False)


class OrdinaryForm(CreditForm):
    """The statute of a public servant."""

    statute = ChoiceField(
        label=_("Statute"),
        help_text=_("Trainees and holders of a mandate have no career break."),
        choices=[
            (Statute.STATUTORY.value, _("Statutory")),
            (Statute.CONTRACTUAL.value, _("Contractual")),
        ],
    )


OF_LEAVE: Final[Mapping[str, type[forms.Form]]] = {
    Leave.TIME_CREDIT: TimeCreditForm,
    Leave.PARENTAL: ParentalForm,
    Leave.MEDICAL_ASSISTANCE: AssistanceForm,
    Leave.PALLIATIVE: PalliativeForm,
    Leave.INFORMAL_CARER: CarerForm,
    Leave.ORDINARY: OrdinaryForm,
}


class ReductionForm(forms.Form):
    """A reduction of working time, R.T.T. or equivalent."""

    has_reduction = ChoiceField(
        label=_("Is there a reduction of working time (R.T.T. or equivalent)?"),
        choices=_YES_NO,
        initial="no",
    )
    reduction_minutes = HoursField(label=_("If so: hours a week on average"), required=False)
    reduction_days = forms.IntegerField(
        label=_("If so: compensatory days a year"),
        required=False,
        min_value=0,
        max_value=99,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Enter a number of days from 0 to 99.")
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "autocomplete": "off"}),
    )


class ConfirmForm(forms.Form):
    """The last boxes before a request is sent."""

    wants_mail = forms.BooleanField(
        label=_("I wish to receive a confirmation by e-mail"), required=False
    )
    certified = CertifiedField(
        _(
            "I certify that all the data on this form are exact. I undertake to communicate each "
            "change of these data at once. *"
        )
    )


def form_of(
    step: str,
    *,
    sector: str,
    typed: Mapping[str, Mapping[str, Any]],
    today: date,
    employer: str = "",
    authority: str = "",
    **given: Any,
) -> forms.Form:
    """The form of a step, which may depend on what was chosen before it.

    ``employer``: who asks, ten digits: he is none of the other employers; ``authority``: which of
    the public sector.
    """
    leave = chosen(typed)
    if step == TYPE:
        return TypeForm(
            offered=checks.offered(sector, authority, on=today),
            has_care_credit=checks.has_care_credit(authority, on=today), **given,
        )  # fmt: skip
    if step == DETAILS:
        made = OF_LEAVE.get(leave, ParentalForm)(**given)
        made.order_fields([name for name in made.fields if name != CODE])
        if isinstance(made, AssistanceForm):
            made.says_relatives(sector)
        return made
    if step == CHARACTERISTICS:
        details = typed.get(DETAILS, {})
        is_hospital_stay = details.get("relation") == "hospital"
        regimes = checks.regimes(
            leave=of_details(typed), on=today, statute=str(details.get("statute", "")),
            is_hospital_stay=is_hospital_stay,
        )  # fmt: skip
        return CharacteristicsForm(
            leave=of_details(typed), regimes=regimes, rows=typed.get(CHARACTERISTICS, {}),
            employer=employer, is_hospital_stay=is_hospital_stay, **given,
        )  # fmt: skip
    return ReductionForm(**given)


def chosen(typed: Mapping[str, Mapping[str, Any]]) -> str:
    """The kind of leave of the first step."""
    return str(typed.get(TYPE, {}).get("leave", ""))


def of_details(typed: Mapping[str, Mapping[str, Any]]) -> str:
    """The kind of leave after the second step: a time credit may be an end of career."""
    kind = str(typed.get(DETAILS, {}).get("kind", ""))
    leave = chosen(typed)
    return kind if leave == Leave.TIME_CREDIT and kind == Leave.END_OF_CAREER else leave


def asked_in(
    typed: Mapping[str, Mapping[str, Any]],
    *,
    worker: Mapping[str, str],
    sector: str,
    today: date,
    wants_mail: bool = False,
) -> Asked:
    """What a draft says; what cannot be read is not there."""
    read: dict[str, Any] = {}
    for step in (CHARACTERISTICS, REDUCTION):
        bound = form_of(
            step, sector=sector, typed=typed, today=today, data=dict(typed.get(step, {}))
        )
        bound.is_valid()
        read |= bound.cleaned_data
        if isinstance(bound, CharacteristicsForm):
            read |= {"others": bound.employers(), "weeks": bound.weeks()}
    said = typed.get(CHARACTERISTICS, {})
    read["has_other_employers"] = bool(said.get("has_other_employers"))
    read["has_reduction"] = read.get("has_reduction") == "yes"
    read["regime"] = str(said.get("regime", ""))
    read |= {name: worker.get(name, "") for name in ("worker_code", "committee", "worker_email")}
    details = _details(typed, sector, today)
    return spanned(Asked(leave=of_details(typed), details=details, wants_mail=wants_mail, **read))


def is_readable(
    typed: Mapping[str, Mapping[str, Any]], *, sector: str, today: date, employer: str
) -> bool:
    """Whether every row of the tables can be read, so that none is left out unseen."""
    bound = form_of(
        CHARACTERISTICS, sector=sector, typed=typed, today=today, employer=employer,
        data=dict(typed.get(CHARACTERISTICS, {})),
    )  # fmt: skip
    return not any(row.errors for row in rows_in(bound))


def rows_in(form: forms.Form) -> tuple[forms.Form, ...]:
    """The rows of the tables of a step, each a form of its own."""
    return form.rows if isinstance(form, CharacteristicsForm) else ()


def _details(typed: Mapping[str, Mapping[str, Any]], sector: str, today: date) -> dict[str, str]:
    given = dict(typed.get(DETAILS, {}))
    bound = form_of(DETAILS, sector=sector, typed=typed, today=today, data=given)
    bound.is_valid()
    found = {}
    for name, value in bound.cleaned_data.items():
        if name != CODE and value not in (None, "", False):
            found[name] = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return found | {name: str(given[name]) for name in HELD if given.get(name)}
