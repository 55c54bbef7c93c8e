"""The questions of the simulator; only the leave, the régime and the first day are needed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words as terms
from guichet.eservices.career_break.credit import words
from guichet.eservices.career_break.credit.forms.fields import (
    LATEST,
    AnswerField,
    DayField,
    NumberField,
    birthday,
    one_of,
    past,
)
from guichet.eservices.career_break.credit.lefts import offered
from guichet.eservices.career_break.credit.remaining import OTHER
from guichet.eservices.career_break.forms.parts import HoursField
from guichet.eservices.career_break.said import Cared
from guichet.rules.career_break.committees import Committee, UnknownCommittee
from guichet.rules.career_break.kinds import Leave, Regime

_CHOOSE: Final = _("Choose one of the answers.")
_MOST_MONTHS: Final = 480
# As the page shows them: the leave first, then how much of it, the work, the home.
_ORDER: Final = (
    "leave", "motive", "provides", "given_months", "whom", "child_born_on", "is_disabled",
    "parentage", "relation", "is_hospital_stay", "recognised_from", "recognised_until",
    "social_rights", "in_belgium", "training_recognised", "training_basic", "training_hours",
    "training_credits", "training_quarter", "career_years", "exception", "opens_exception",
    "heavy_of_ten", "heavy_of_fifteen", "night_years", "incapacity", "restructuring", "own_born_on",
    "sex", "registered_on", "placed_months", "parental_used", "regime", "first_day", "count",
    "last_day", "notice_on", "consent", "sector", "authority", "statute", "contract", "full_time",
    "since", "same_hours", "former", "changed_on", "committee", "head_count", "days", "few_days",
    "elsewhere", "other_contract", "other_full_time", "household", "youngest_born_on",
    "has_disabled_child", "activity", "in_area", "before",
)  # fmt: skip


class WorkForm(forms.Form):
    """The employer, the contract, and how long it lasts."""

    sector = forms.ChoiceField(
        label=_("Sector of the employer"),
        choices=list(terms.SECTORS.items()),
        widget=forms.RadioSelect,
        required=False,
        initial="private",
        error_messages={"invalid_choice": _CHOOSE},
    )
    authority = one_of(_("Which authority?"), words.AUTHORITIES.items())
    statute = one_of(_("Statute"), words.STATUTES.items())
    committee = forms.CharField(
        label=_("Joint committee"),
        help_text=_("Its number, for instance 200 or 121."),
        max_length=6,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
        ),
    )
    contract = HoursField(label=_("Hours of the contract"), required=False)
    full_time = HoursField(label=_("Hours of a full-timer there"), required=False)
    days = NumberField(_("Days worked a week"), least=1, most=7)
    since = past(_("In service with this employer since"))
    same_hours = AnswerField(_("Did you have these hours for the last two years?"))
    former = HoursField(label=_("Otherwise: hours before"), required=False)
    changed_on = past(_("Until"))
    elsewhere = AnswerField(_("Do you work for another employer too?"))
    other_contract = HoursField(label=_("If so: hours of that contract"), required=False)
    other_full_time = HoursField(label=_("Hours of a full-timer there"), required=False)
    head_count = NumberField(
        _("Workers of the employer on 30 June of the year before"), most=999_999
    )


class LeaveForm(forms.Form):
    """Which leave, why, and for whom."""

    leave = forms.ChoiceField(
        label=_("Which leave?"),
        choices=list(terms.LEAVES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a leave."), "invalid_choice": _CHOOSE},
    )
    motive = one_of(_("Motive"), terms.MOTIVES.items())
    provides = AnswerField(_("Does an agreement of the sector or the company provide it?"))
    given_months = NumberField(_("If it gives fewer months: how many?"), least=1, most=51)
    few_days = AnswerField(_("Over fewer than five days: does an agreement allow 1/5?"))
    exception = one_of(_("Ground of an end of career before 60"), terms.EXCEPTIONS.items())
    opens_exception = AnswerField(_("Does the sector execute the national agreement?"))
    career_years = NumberField(_("Years as an employee"), most=60)
    heavy_of_ten = NumberField(_("Years of heavy work in the last ten"), most=10)
    heavy_of_fifteen = NumberField(_("Years of heavy work in the last fifteen"), most=15)
    night_years = NumberField(_("Years of night or shift work"), most=60)
    incapacity = AnswerField(_("Do you have a certificate of incapacity?"))
    restructuring = AnswerField(_("Is the enterprise recognised in difficulty?"))
    whom = forms.ChoiceField(label=_("For whom?"), choices=[], required=False)
    child_born_on = birthday(_("Born on"))
    is_disabled = AnswerField(_("Does the child have a disability (66 %, or 4 points)?"))
    parentage = one_of(_("Your link with the child"), words.PARENTAGES.items())
    registered_on = past(_("If adopted or placed: in your household since"))
    placed_months = NumberField(_("If placed: for how many months?"), most=240)
    relation = one_of(_("Your link with the patient"), words.RELATIONS.items())
    is_hospital_stay = forms.BooleanField(
        label=_("A minor child in hospital, during or just after the stay"), required=False
    )
    recognised_from = past(_("Recognised as an informal carer from"))
    recognised_until = past(_("until"))
    social_rights = AnswerField(_("Does the recognition open social rights?"))
    in_belgium = AnswerField(_("Does the person helped live in Belgium?"))
    training_recognised = AnswerField(_("Is the training recognised by a Community?"))
    training_basic = forms.BooleanField(label=_("Secondary or basic education"), required=False)
    training_hours = NumberField(_("Hours a year"), most=9_999)
    training_credits = NumberField(_("Credits a year"), most=300)
    training_quarter = forms.BooleanField(
        label=_("The training is shorter than a year: the figures are those of a quarter"),
        required=False,
    )


class TimeForm(forms.Form):
    """In which régime, from when, for how long."""

    regime = forms.ChoiceField(
        label=_("By how much?"),
        choices=list(terms.REGIMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a régime."), "invalid_choice": _CHOOSE},
    )
    first_day = DayField(label=_("From"))
    count = NumberField(_("For how many months (or weeks, if by weeks)?"), least=1,
                        most=_MOST_MONTHS)  # fmt: skip
    last_day = DayField(label=_("Or until"), required=False)
    notice_on = DayField(label=_("Day on which you tell the employer in writing"), required=False)
    consent = AnswerField(_("Does the employer agree, where the law asks it?"))


class HomeForm(forms.Form):
    """Who lives with whom, and what else decides over the money."""

    household = one_of(_("With whom do you live?"), words.HOUSEHOLDS.items())
    youngest_born_on = birthday(_("The youngest dependent child was born on"))
    has_disabled_child = forms.BooleanField(
        label=_("A dependent child has a disability"), required=False
    )
    own_born_on = birthday(_("You were born on"))
    sex = one_of(_("Sex in the register"), terms.SEXES.items())
    activity = AnswerField(_("Will you have another activity that is not allowed beside it?"))
    in_area = AnswerField(_("Do you live in the European Economic Area or Switzerland?"))
    parental_used = AnswerField(_("Is the parental leave for all your children used up?"))
    before = forms.ChoiceField(
        label=_("Did you have breaks before?"),
        choices=[("none", _("No")), ("some", _("Yes, I list them")), ("", _("I do not know"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _CHOOSE},
    )


class SimulatorForm(WorkForm, LeaveForm, TimeForm, HomeForm):
    """All questions on one page; ``people``: for whom breaks were taken before."""

    field_order = _ORDER

    def __init__(
        self,
        *args: Any,
        today: date,
        people: Mapping[str, Cared] | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        choices(self, "whom", whom_choices(people or {}))
        self.today = today

    def clean_committee(self) -> str:
        """A committee that exists, as the rules write it."""
        text = self.cleaned_data["committee"]
        if not text:
            return ""
        try:
            return Committee.parse(text, on=self.today).code
        except UnknownCommittee:
            raise forms.ValidationError(_("There is no joint committee of this number.")) from None

    def clean(self) -> dict[str, Any]:
        """An end after the start, and a régime that the leave has."""
        given = self.cleaned_data
        _regime_exists(self)
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The end lies before the start."))
        since, until = given.get("recognised_from"), given.get("recognised_until")
        if since and until and until < since:
            self.add_error("recognised_until", _("The end lies before the start."))
        return given


class RowForm(forms.Form):
    """One more period: planned, or taken before."""

    leave = forms.ChoiceField(
        label=_("Leave"), choices=[], error_messages={"invalid_choice": _CHOOSE}
    )
    whom = forms.ChoiceField(label=_("For whom"), choices=[], required=False)
    regime = forms.ChoiceField(
        label=_("Régime"),
        choices=list(terms.REGIMES.items()),
        error_messages={"invalid_choice": _CHOOSE},
    )
    first_day = DayField(label=_("From"), since=date(1985, 1, 1))
    count = NumberField(_("Months or weeks"), least=1, most=_MOST_MONTHS)
    last_day = DayField(label=_("or until"), since=date(1985, 1, 1), required=False)

    def __init__(
        self,
        *args: Any,
        people: Mapping[str, Cared] | None = None,
        is_planned: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        if is_planned:  # the rules judge it, and they know nothing of breaks before their time
            self.fields["first_day"] = DayField(label=_("From"))
        choices(self, "leave", _leaves(is_planned=is_planned))
        choices(self, "whom", whom_choices(people or {}))

    def clean(self) -> dict[str, Any]:
        """A period has an end, and a régime that the leave has."""
        given = self.cleaned_data
        _regime_exists(self)
        first, last, count = (given.get(name) for name in ("first_day", "last_day", "count"))
        if first and last and last < first:
            self.add_error("last_day", _("The end lies before the start."))
        elif "count" in given and "last_day" in given and not (last or count):
            self.add_error("count", _("Say for how long, or until when."))
        return given


def _regime_exists(form: forms.Form) -> None:
    """What never existed has no cost, so that the rules are not asked."""
    leave, regime = form.cleaned_data.get("leave"), form.cleaned_data.get("regime")
    kind = str(leave or "").partition(":")[0]
    if kind and regime and Regime(regime) not in offered(Leave(kind), on=LATEST):
        form.add_error(
            "regime", _("This régime does not exist for this leave. Choose another one.")
        )


def choices(form: forms.Form, name: str, found: list[tuple[Any, Any]]) -> None:
    """Give a field of a form its choices."""
    form.fields[name].choices = found  # type: ignore[attr-defined]  # of a choice field


def whom_choices(people: Mapping[str, Cared]) -> list[tuple[str, Any]]:
    """Persons known, most of them by name, then one that is new, and a second and a third."""
    known = list(_known(people))
    return [
        *known,
        (OTHER, _("Somebody for whom I had no break yet") if known else _("The same person")),
        ("second", _("A second person")),
        ("third", _("A third person")),
    ]


def _known(people: Mapping[str, Cared]) -> Iterator[tuple[str, Any]]:
    """A patient in palliative care has no name: a number tells one from another."""
    unnamed = 0
    for key, one in people.items():
        unnamed += not one.name
        yield key, one.name or format_lazy(_("Somebody without a name ({number})"), number=unnamed)


def _leaves(*, is_planned: bool) -> list[tuple[Any, Any]]:
    motives = [(f"{Leave.TIME_CREDIT}:{code}", text) for code, text in terms.MOTIVES.items()]
    every = [(code.value, terms.LEAVES[code]) for code in Leave if code is not Leave.TIME_CREDIT]
    if not is_planned:
        motives.append((terms.WITHOUT_MOTIVE, terms.WITHOUT_MOTIVE_TEXT))
    return [(_("Time credit"), motives), *every]
