"""The forms of notices: what a worker asks, what an employer answers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import checks
from guichet.eservices.career_break import words as general
from guichet.eservices.career_break.forms.parts import (
    CertifiedField,
    ChoiceField,
    DayField,
    HoursField,
    ShortText,
)
from guichet.eservices.career_break.notices import words
from guichet.eservices.career_break.notices.content import Answer, Wish
from guichet.eservices.career_break.notices.judging import FOR_WHOM
from guichet.eservices.career_break.notices.queries import Employer
from guichet.rules.career_break.answers import LONGEST_REASON, Ground
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.kinds import Leave, Regime, Statute
from guichet.rules.career_break.texts import perceived_length

_YES_NO: Final = (("no", _("No")), ("yes", _("Yes")))
_MOST_SCHEDULE: Final = 500
_FIELDS: Final = {
    "contract_hours": "contract_minutes", "full_time_hours": "full_time_minutes",
}  # fmt: skip


class ChoiceForm(forms.Form):
    """Which employer, which leave."""

    employer = ChoiceField(label=_("Which employer do you notify?"))
    leave = ChoiceField(label=_("Which leave do you want to take?"))

    def __init__(self, *args: Any, employers: Iterable[Employer], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["employer"].choices = [  # type: ignore[attr-defined]  # of a choice field
            (one.number, one.name) for one in employers if one.takes_notices
        ]
        self.fields["leave"].choices = [*general.LEAVES.items()]  # type: ignore[attr-defined]  # of a choice field


class WishForm(forms.Form):
    """What the notice says; the fields of the kind of leave are added to it."""

    regime = ChoiceField(label=_("How do you want to reduce your work?"))
    first_day = DayField(label=_("Start date *"))
    last_day = DayField(label=_("End date *"), required=False)
    contract_minutes = HoursField(label=_("Your contract is of *"))
    full_time_minutes = HoursField(label=_("A full-time week there is of *"))
    schedule = forms.CharField(
        label=_("Which days or half days will you not work?"),
        help_text=_("For a full interruption you may leave it empty."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": _MOST_SCHEDULE}),
        max_length=_MOST_SCHEDULE, required=False,
    )  # fmt: skip
    has_other_employers = forms.BooleanField(
        label=_("I also work for another employer"), required=False
    )
    message = ShortText(label=_("What your employer should know besides"))
    email = forms.CharField(
        label=_("Your e-mail address, to be told of the answer"), max_length=200, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, leave: str, today: date, persons: Mapping[str, str] | None = None,
        **given: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **given)
        self.leave = leave
        for name, field in _particulars(leave, persons or {}).items():
            self.fields[name] = field
        chosen = str(self.data.get("statute", "")) if self.is_bound else ""
        is_hospital = self.is_bound and self.data.get("relation") == "hospital"
        self.fields["regime"].choices = [  # type: ignore[attr-defined]  # of a choice field
            (one.value, general.REGIMES[one])
            for one in checks.regimes(
                leave=leave, on=today, statute=chosen, is_hospital_stay=is_hospital
            )
        ]
        first = [*_particulars(leave, persons or {})]
        self.order_fields([*first, *WishForm.base_fields])

    @property
    def particulars(self) -> list[forms.BoundField]:
        """The fields of this kind of leave alone."""
        return [self[name] for name in self.fields if name not in WishForm.base_fields]

    def clean_schedule(self) -> str:
        """A line break is one sign."""
        return str(self.cleaned_data["schedule"]).replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        """Who goes on working says when."""
        given = self.cleaned_data
        regime = given.get("regime", "")
        goes_on = regime in tuple(Regime) and not Regime(regime).is_full
        if goes_on and not given.get("schedule") and "schedule" not in self.errors:
            self.add_error("schedule", _("Say which days or half days you will not work."))
        return given

    def wish(self, *, key: str) -> Wish:
        """What was typed; what cannot be read is not there."""
        given = self.cleaned_data
        details = {}
        for name in self.fields:
            value = given.get(name)
            if name not in WishForm.base_fields and value not in (None, "", False):
                details[name] = value.isoformat() if isinstance(value, date) else str(value)
        return Wish(
            leave=self.leave, details=details, key=key,
            **{name: given[name] for name in WishForm.base_fields if given.get(name) is not None},
        )  # fmt: skip


class SendForm(forms.Form):
    """The box without which nothing is sent."""

    certified = CertifiedField(
        _(
            "I certify that all the data on this form are exact. I undertake to communicate each "
            "change of these data at once. *"
        )
    )


class AnswerForm(forms.Form):
    """The employer's answer, in the order of the manual; each button needs its own fields.

    A page has it twice, for postponing and for the rest: ``auto_id`` keeps them apart.
    """

    new_start = DayField(label=_("New start date"), required=False)
    reasons = forms.CharField(
        label=_("Your reasons"),
        help_text=_("From 20 to 1000 signs. The worker reads them."),
        widget=forms.Textarea(
            attrs={"rows": 4, "maxlength": LONGEST_REASON, "data-count": LONGEST_REASON}
        ),
        required=False,
    )
    alternative_regime = forms.ChoiceField(label=_("Another form"), required=False)
    alternative_first = DayField(label=_("Other days: from"), required=False)
    alternative_last = DayField(label=_("Other days: until"), required=False)
    has_key_function = forms.BooleanField(
        label=_("The function of this worker is essential: up to twelve months"), required=False
    )
    ground = forms.ChoiceField(
        label=_("Ground of a refusal"), widget=forms.RadioSelect, required=False
    )
    ebox_for_all = forms.BooleanField(
        label=_("I agree that all communications take place by my e-Box."), required=False
    )
    certified = forms.BooleanField(label=SendForm.base_fields["certified"].label, required=False)

    def __init__(
        self, *args: Any, grounds: Iterable[Ground], regimes: Iterable[Regime], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["ground"].choices = [(one.value, words.GROUNDS[one]) for one in grounds]  # type: ignore[attr-defined]  # of a choice field
        self.fields["alternative_regime"].choices = [  # type: ignore[attr-defined]  # of a choice field
            ("", _("The same form")), *((one.value, general.REGIMES[one]) for one in regimes),
        ]  # fmt: skip
        # A forged ground is judged by the rules, in their words.
        self.fields["ground"].validate = lambda value: None  # type: ignore[method-assign]  # judged by the rules

    def clean_reasons(self) -> str:
        """A line break is one sign."""
        text = str(self.cleaned_data["reasons"]).replace("\r\n", "\n").replace("\0", "").strip()
        # Far too long is cut; the rules say that it is too long all the same.
        return (
            text if perceived_length(text) <= 10 * LONGEST_REASON else text[: 10 * LONGEST_REASON]
        )

    def answer(self) -> Answer:
        """What was typed; what cannot be read is not there."""
        given = self.cleaned_data
        return Answer(
            reasons=given.get("reasons", ""), ground=given.get("ground", ""),
            regime=given.get("alternative_regime", ""), first_day=given.get("alternative_first"),
            last_day=given.get("alternative_last"),
            has_key_function=given.get("has_key_function", False),
            ebox_for_all=given.get("ebox_for_all", False),
        )  # fmt: skip


def put(form: forms.Form, faults: Iterable[Fault], *, to_worker: bool = False) -> None:
    """Say at each field what blocks, in words for who reads it."""
    names = _FIELDS | {"alternative": "alternative_regime"}
    for one in faults:
        if not one.blocks:
            continue
        text = words.to_worker(one) if to_worker else general.fault(one)
        name = names.get(one.field, one.field)
        at = name if name in form.fields else None
        if text not in form.errors.get(at or "__all__", ()):
            form.add_error(at, text)


def _particulars(leave: str, persons: Mapping[str, str]) -> dict[str, forms.Field]:
    """What the kind of leave asks besides; nothing private goes to the employer."""
    found = _OF_LEAVE.get(leave, dict)()
    if persons:
        found[FOR_WHOM] = forms.ChoiceField(
            label=_("For whom is it, for the check here only"), required=False,
            help_text=_NOT_KEPT,
            choices=[("", _("I do not say")), *persons.items(), ("new", _("Somebody else"))],
        )  # fmt: skip
    return found


def _time_credit() -> dict[str, forms.Field]:
    return {
        "motive": ChoiceField(label=_("Your motive"), choices=[*general.MOTIVES.items()]),
        "is_balance": forms.BooleanField(
            label=_("This is all that is left of my credit, and I take it in one go"),
            required=False,
        ),
    }


def _end_of_career() -> dict[str, forms.Field]:
    choices = [("", _("None")), *general.EXCEPTIONS.items()]
    label = _("Ground of an end of career before 60")
    return {"exception": forms.ChoiceField(label=label, required=False, choices=choices)}


def _parental() -> dict[str, forms.Field]:
    label = _("Date of birth of the child, for the check here only")
    return {"child_born_on": DayField(label=label, required=False, help_text=_NOT_KEPT)}


def _assistance() -> dict[str, forms.Field]:
    return {"relation": ChoiceField(label=_("For whom do you care?"), choices=_RELATIONS)}


def _palliative() -> dict[str, forms.Field]:
    return {
        "attested_on": DayField(label=_("You handed over the attestation on *")),
        "period": ChoiceField(label=_("Which period?"), choices=_PERIODS),
    }


def _carer() -> dict[str, forms.Field]:
    return {
        "valid_from": DayField(label=_("Recognition valid from"), required=False),
        "valid_until": DayField(label=_("Recognition valid until"), required=False),
    }


def _ordinary() -> dict[str, forms.Field]:
    label = _("Is it an extension of a break?")
    return {
        "statute": ChoiceField(label=_("Your statute"), choices=_STATUTES),
        "is_extension": ChoiceField(label=label, choices=_YES_NO, initial="no"),
    }


_OF_LEAVE: Final[Mapping[str, Callable[[], dict[str, forms.Field]]]] = {
    Leave.TIME_CREDIT: _time_credit,
    Leave.END_OF_CAREER: _end_of_career,
    Leave.PARENTAL: _parental,
    Leave.MEDICAL_ASSISTANCE: _assistance,
    Leave.PALLIATIVE: _palliative,
    Leave.INFORMAL_CARER: _carer,
    Leave.ORDINARY: _ordinary,
}
_NOT_KEPT: Final = _("It is not kept, and your employer does not see it.")
_RELATIONS: Final = (
    ("family", _("A seriously ill member of the household or the family")),
    ("hospital", _("A minor child in hospital, during or just after the stay")),
)
_PERIODS: Final = (
    ("first", _("First month")),
    ("second", _("First extension")),
    ("third", _("Second extension")),
)
_STATUTES: Final = (
    (Statute.STATUTORY.value, _("Statutory")),
    (Statute.CONTRACTUAL.value, _("Contractual")),
)
