"""For whom the leave is, and why: what each kind asks, and nothing more."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.forms.parts import ChoiceField
from guichet.eservices.career_break.worker import words
from guichet.eservices.career_break.worker.cases import Case
from guichet.eservices.career_break.worker.forms.fields import YesNoField, line, number, past_day
from guichet.eservices.career_break.worker.forms.steps import StepForm
from guichet.platform import wording
from guichet.rules.career_break.kinds import Exception55, HospitalBond, Leave, Motive, Parentage

NEW: Final = "new"


class PersonForm(StepForm):
    """Somebody known from an earlier break, or somebody new."""

    who = ChoiceField(label=_("For whom is this break? *"), choices=[])
    name = line(_("First name and name *"), required=False)
    born_on = past_day(_("Date of birth *"))

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, case=case, **given)
        if not case.people:
            del self.fields["who"]
            return
        known = [(key, _shown(one.name, one.born_on)) for key, one in case.people.items()]
        self.fields["who"].choices = [  # type: ignore[attr-defined]  # of a choice field
            *known, (NEW, _("Somebody else")),
        ]  # fmt: skip

    @property
    def is_new(self) -> bool:
        """Whether somebody is typed, so that a name and a day are needed."""
        return bool(self.cleaned_data.get("who", NEW) == NEW)

    def clean(self) -> dict[str, Any]:
        """Somebody new has a name and a date of birth."""
        given = self.cleaned_data
        if self.is_new and "who" not in self.errors:
            if not given.get("name"):
                self.add_error("name", _("Enter the name."))
            if not given.get("born_on") and "born_on" not in self.errors:
                self.add_error("born_on", _("Enter the date of birth."))
        if given.get("born_on") and given["born_on"] > self.case.today:
            self.add_error("born_on", _("This day is still to come."))
        return given


class ChildForm(PersonForm):
    """The child of a parental leave."""

    parentage = ChoiceField(
        label=_("What are you to the child? *"), choices=[*words.PARENTAGES.items()]
    )
    registered_on = past_day(
        _("For adoption or foster care: since when is the child registered in your household?")
    )
    placed_months = number(
        _("For foster care: for how many months is the child placed with you?"), most=240
    )
    is_disabled = YesNoField(
        label=_("Does the child have a recognised disability? *"),
        help_text=_(
            "66 per cent of incapacity, or 4 points in pillar 1 of the medico-social scale."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Adoption and foster care have a day of registration."""
        given = super().clean()
        parentage = given.get("parentage")
        is_entered = parentage in (Parentage.ADOPTIVE, Parentage.LONG_TERM_FOSTER)
        if is_entered and not given.get("registered_on") and "registered_on" not in self.errors:
            self.add_error("registered_on", _("Enter the day of the registration."))
        is_foster = parentage == Parentage.LONG_TERM_FOSTER
        if is_foster and given.get("placed_months") is None and "placed_months" not in self.errors:
            self.add_error("placed_months", _("Enter the number of months."))
        return given


class CreditChildForm(PersonForm):
    """The child of a time credit."""

    is_adopted = forms.BooleanField(label=_("I adopted the child"), required=False)
    registered_on = past_day(
        _("For adoption: since when is the child registered in your household?")
    )
    is_disabled = YesNoField(
        label=_("Does the child have a recognised disability?"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """An adopted child has a day of registration."""
        given = super().clean()
        lacks = given.get("is_adopted") and not given.get("registered_on")
        if lacks and "registered_on" not in self.errors:
            self.add_error("registered_on", _("Enter the day of the registration."))
        return given


class PatientForm(PersonForm):
    """The patient of medical assistance, or the ill relative of a time credit."""

    relation = ChoiceField(
        label=_("Who is this person to you? *"), choices=[*words.RELATIONS.items()]
    )
    is_single_parent = YesNoField(
        label=_("Is it your child of 16 or younger, and do you live alone with your children?"),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, case=case, **given)
        if case.leave is not Leave.MEDICAL_ASSISTANCE:
            del self.fields["is_single_parent"]


class HospitalForm(PersonForm):
    """A minor child in hospital, and who of its family comes first."""

    bond = ChoiceField(label=_("What are you to the child? *"), choices=[*words.BONDS.items()])
    nobody_before = YesNoField(
        label=_("Is it so that those who come before you cannot take this leave?"),
        help_text=_(
            "Who lives with the child comes first, then the other parent, then a brother, sister "
            "or grandparent. Whoever lives with the child does not answer this."
        ),
        required=False,
    )
    is_single_parent = YesNoField(
        label=_("Is it your child of 16 or younger, and do you live alone with your children?"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who comes later says whether nobody who comes before can take the leave."""
        given = super().clean()
        comes_later = given.get("bond") in (HospitalBond.OTHER_PARENT, HospitalBond.RELATIVE)
        if not comes_later:
            given["nobody_before"] = None
        elif given.get("nobody_before") is None and "nobody_before" not in self.errors:
            self.add_error("nobody_before", _("Say whether those who come before you cannot."))
        return given


class CarerForm(PersonForm):
    """The person whom an informal carer helps, and the recognition."""

    recognised_from = past_day(_("Your recognition is valid from *"), required=True)
    recognised_until = past_day(_("Your recognition is valid until *"), required=True)
    has_social_rights = YesNoField(
        label=_("Is it the recognition that opens social rights? *"),
        help_text=_("Your health fund gives two kinds; the attestation says which one."),
    )
    lives_in_belgium = YesNoField(label=_("Does this person live in Belgium? *"))

    def clean(self) -> dict[str, Any]:
        """The recognition does not end before it begins."""
        given = super().clean()
        first, last = given.get("recognised_from"), given.get("recognised_until")
        if first and last and last < first:
            self.add_error("recognised_until", _("The end lies before the beginning."))
        return given


class TrainingForm(StepForm):
    """The training of a time credit."""

    training_recognised = YesNoField(label=_("Is the training recognised by a Community? *"))
    training_basic = forms.BooleanField(
        label=_("It is basic or secondary education"), required=False
    )
    training_hours = number(_("Hours a year"), most=5_000)
    training_credits = number(_("Or credits a year"), most=240)
    training_quarter = forms.BooleanField(
        label=_("The training is shorter than a year: the figures are those of a quarter"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Hours or credits."""
        given = self.cleaned_data
        names = ("training_hours", "training_credits")
        if all(given.get(name) is None for name in names) and not set(names) & set(self.errors):
            self.add_error("training_hours", _("Enter the hours or the credits of a year."))
        return given


class CareerForm(StepForm):
    """The career of an end-of-career time credit."""

    career_years = number(_("Years that you worked as an employee *"), most=60)
    heavy_years_of_ten = number(_("Years of heavy work in the last ten years"), most=10)
    heavy_years_of_fifteen = number(_("Years of heavy work in the last fifteen years"), most=15)
    night_years = number(_("Years of night or shift work"), most=60)
    has_incapacity_certificate = YesNoField(
        label=_("Do you have a certificate of incapacity of the occupational physician?"),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, case=case, **given)
        for name in _CAREER - _OF_EXCEPTION.get(case.exception, frozenset()):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The years are needed."""
        given = self.cleaned_data
        if given.get("career_years") is None and "career_years" not in self.errors:
            self.add_error("career_years", _("Enter the number of years."))
        return given


class NothingForm(StepForm):
    """This leave asks nothing about a person."""


_CAREER: Final = frozenset(
    {"heavy_years_of_ten", "heavy_years_of_fifteen", "night_years", "has_incapacity_certificate"}
)
_OF_EXCEPTION: Final[dict[Exception55 | None, frozenset[str]]] = {
    Exception55.HEAVY_JOB: frozenset({"heavy_years_of_ten", "heavy_years_of_fifteen"}),
    Exception55.NIGHT_WORK: frozenset({"night_years"}),
    Exception55.CONSTRUCTION_INCAPACITY: frozenset({"has_incapacity_certificate"}),
}
_OF_LEAVE: Final[dict[Leave, type[StepForm]]] = {
    Leave.PARENTAL: ChildForm,
    Leave.MEDICAL_ASSISTANCE: PatientForm,
    Leave.INFORMAL_CARER: CarerForm,
    Leave.END_OF_CAREER: CareerForm,
}
_OF_MOTIVE: Final[dict[Motive | None, type[StepForm]]] = {
    Motive.CHILD: CreditChildForm,
    Motive.DISABLED_CHILD: CreditChildForm,
    Motive.ILL_CHILD: PersonForm,
    Motive.ILL_RELATIVE: PatientForm,
    Motive.TRAINING: TrainingForm,
}


def form_class(case: Case) -> type[StepForm]:
    """The form of the leave, or of the motive of a time credit."""
    if case.leave is Leave.TIME_CREDIT:
        return _OF_MOTIVE.get(case.motive, NothingForm)
    if case.is_hospital_stay:
        return HospitalForm
    return _OF_LEAVE.get(case.leave, NothingForm)


def _shown(name: str, born_on: Any) -> str:
    if born_on is None:
        return name
    return gettext("%(name)s, born on %(day)s") % {"name": name, "day": wording.day(born_on)}
