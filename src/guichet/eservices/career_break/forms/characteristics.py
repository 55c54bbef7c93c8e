"""The step of the manual with régime, days, hours and notice, and its two tables of rows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.eservices.career_break.content import OtherEmployer
from guichet.eservices.career_break.forms.parts import (
    DayField,
    HoursField,
    ShortText,
    filled,
    put,
)
from guichet.eservices.career_break.forms.rows import (
    OTHERS,
    WEEKS,
    OtherForm,
    WeeksForm,
    is_blank,
    is_full,
    rows_of,
)
from guichet.rules.career_break.faults import blocking
from guichet.rules.career_break.kinds import Leave, Regime

F = TypeVar("F", bound=forms.Form)
_UNREAD: Final = object()


class CharacteristicsForm(forms.Form):
    """Régime, days, hours and notice; in the order of the manual.

    ``others`` and ``blocks``: the rows of other employers and of further weeks, each a form.
    """

    regime = forms.ChoiceField(
        label=_("Régime during the interruption *"), widget=forms.RadioSelect, required=False
    )
    has_consent = forms.BooleanField(
        label=_(
            "I agree to this régime, where my agreement is needed (1/10, flexibility, or 1/5 with "
            "several employers)"
        ),
        required=False,
    )
    first_day = DayField(label=_("Start date *"))
    last_day = DayField(label=_("End date *"), required=False)
    contract_minutes = HoursField(
        label=_("Before this request %(leave)s, the worker worked under a contract of *"),
    )
    full_time_minutes = HoursField(label=_("Full-time hours are *"))
    break_minutes = HoursField(
        label=_("The hours during the interruption will be *"), required=False
    )
    has_other_employers = forms.BooleanField(
        label=_("Employed by several employers"), required=False
    )
    comment = ShortText(label=_("Comment"))
    notified_on = DayField(
        label=_("The worker informed me in writing on *"),
        help_text=_("of his intention to work less."),
    )
    reason = ShortText(label=_("If you go on all the same, say why"))

    def __init__(
        self,
        *args: Any,
        leave: str,
        regimes: tuple[Regime, ...],
        rows: Mapping[str, Any],
        employer: str,
        is_hospital_stay: bool,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.leave = leave
        self.offers_weeks = is_hospital_stay or Regime.FULL_FLEX in regimes
        self.others = tuple(self._rows(OtherForm, OTHERS, rows, own=employer))
        self.blocks = tuple(self._rows(WeeksForm, WEEKS, rows))
        if not self.others and rows.get("has_other_employers"):
            self.others = (OtherForm(prefix=f"{OTHERS}-0", own=employer),)
        self._says(leave, regimes)
        # A forged régime is judged by the rules, in their words.
        self.fields["regime"].validate = lambda value: None  # type: ignore[method-assign]  # judged by the rules

    def _says(self, leave: str, regimes: tuple[Regime, ...]) -> None:
        """The questions name the leave; those of a parental leave are the manual's."""
        told = words.REGIMES
        if leave == Leave.PARENTAL:
            told = words.KINDS
            self.fields["regime"].label = _("Type of parental leave *")
        self.fields["regime"].choices = [(one.value, told[one]) for one in regimes]  # type: ignore[attr-defined]  # of a choice field
        text = str(self.fields["contract_minutes"].label)
        self.fields["contract_minutes"].label = text % {"leave": words.FOR_LEAVES.get(leave, "")}

    @property
    def rows(self) -> tuple[forms.Form, ...]:
        """The rows of both tables, in the order of the page."""
        return (*self.blocks, *self.others)

    @property
    def may_add(self) -> dict[str, bool]:
        """By table, whether one more row is possible."""
        return {
            OTHERS: not is_full(OTHERS, len(self.others)),
            WEEKS: not is_full(WEEKS, len(self.blocks)),
        }

    def clean(self) -> dict[str, Any]:
        """What lacks is told at once; who has several employers has at least one other."""
        given = self.cleaned_data
        if not given.get("regime"):
            self.add_error("regime", gettext("Choose a régime."))
        if self.leave != Leave.END_OF_CAREER and given.get("last_day", _UNREAD) is None:
            put(self, [blocking("V-DT-01", "last_day")], {})
        if given.get("has_other_employers") and not any(row.is_bound for row in self.others):
            put(self, [blocking("V-OE-05", "has_other_employers")], {})
        return given

    def employers(self) -> tuple[OtherEmployer, ...]:
        """The other employers of the rows that can be read; none without the box."""
        if not self.data.get("has_other_employers"):
            return ()
        return tuple(row.employer() for row in self.others if row.is_valid())

    def weeks(self) -> tuple[tuple[date, date], ...]:
        """The blocks of weeks, the first of which stands in the days of the step; none for one."""
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        further = [row.block() for row in self.blocks if row.is_valid()]
        if not further or first is None or last is None or last < first:
            return ()
        return ((first, last), *further)

    def _rows(
        self, form: type[F], kind: str, typed: Mapping[str, Any], **given: Any
    ) -> Iterator[F]:
        """A row in which nothing stands is shown again and judged by nobody."""
        for at, row in enumerate(rows_of(typed, kind)):
            prefix = f"{kind}-{at}"
            if self.is_bound and not is_blank(row):
                data = {f"{prefix}-{name}": value for name, value in row.items()}
                yield form(data, prefix=prefix, **given)
            else:
                yield form(prefix=prefix, initial=filled(form, row), **given)
