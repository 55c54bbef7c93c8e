"""Earlier breaks: for whom they were, and those that nobody has on record here."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words as of_requests
from guichet.eservices.career_break.forms.parts import ChoiceField
from guichet.eservices.career_break.said import Earlier
from guichet.eservices.career_break.worker.cases import Case
from guichet.eservices.career_break.worker.forms.fields import YesNoField, past_day, rows_in
from guichet.eservices.career_break.worker.forms.steps import StepForm
from guichet.rules.career_break.kinds import Leave, Motive

SAME, OTHER = "same", "other"
_CREDITS: Final = [
    *((f"{Leave.TIME_CREDIT}:{code}", text) for code, text in of_requests.MOTIVES.items()),
    (of_requests.WITHOUT_MOTIVE, of_requests.WITHOUT_MOTIVE_TEXT),
]
_LEAVES: Final = [("", _("None")), (of_requests.LEAVES[Leave.TIME_CREDIT], _CREDITS)] + [
    (one.value, of_requests.LEAVES[one])
    for one in (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE,
                Leave.INFORMAL_CARER, Leave.ORDINARY)
]  # fmt: skip
_FOR: Final = [(SAME, _("For the same person as this break")), (OTHER, _("For somebody else"))]


class EarlierForm(StepForm):
    """One question for each break of this kind, then rows for breaks that are missing."""

    all_parental_used = YesNoField(
        label=_(
            "Did you use up all your parental leave, for every child that is young enough, just "
            "before this time credit?"
        ),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **given: Any) -> None:
        super().__init__(*args, case=case, **given)
        if not (case.leave is Leave.TIME_CREDIT and case.motive is Motive.CHILD):
            del self.fields["all_parental_used"]
        for one in case.to_place():
            self.fields[f"for_{one.ticket}"] = ChoiceField(
                label=_("For whom was it?"), choices=_FOR
            )
        self.rows = rows_in(case.of_step("earlier"), least=1)
        for at in range(self.rows):
            self._add_row(at)

    @property
    def places(self) -> list[tuple[Any, forms.BoundField]]:
        """Each break that has a question, with its question."""
        return [(one, self[f"for_{one.ticket}"]) for one in self.case.to_place()]

    @property
    def missing(self) -> list[list[forms.BoundField]]:
        """The fields of each row."""
        names = ("leave", "regime", "first_day", "last_day", "for")
        return [[self[f"row_{at}_{name}"] for name in names] for at in range(self.rows)]

    def clean(self) -> dict[str, Any]:
        """A break that is told of has a régime and days in their order."""
        given = self.cleaned_data
        for at in range(self.rows):
            if given.get(f"row_{at}_leave"):
                self._check_row(at, given)
        return given

    def earlier(self, key: str) -> tuple[Earlier, ...]:
        """What is said of earlier breaks; ``key``: of the person of this break."""
        given = self.cleaned_data
        found = [
            Earlier(
                ticket=one.ticket, person=self._person(given.get(f"for_{one.ticket}"), key, one)
            )
            for one in self.case.to_place()
            if given.get(f"for_{one.ticket}")
        ]
        for at in range(self.rows):
            leave, first = given.get(f"row_{at}_leave"), given.get(f"row_{at}_first_day")
            last, regime = given.get(f"row_{at}_last_day"), given.get(f"row_{at}_regime")
            if not (leave and first and last and regime):
                continue
            is_same = given.get(f"row_{at}_for") == SAME
            leave, _colon, motive = leave.partition(":")
            found.append(
                Earlier(
                    person=key if is_same else f"elsewhere-{at}", leave=leave, regime=regime,
                    first_day=first, last_day=last,
                    motive=motive if motive in tuple(Motive) else "",
                )
            )  # fmt: skip
        return tuple(found)

    def _add_row(self, at: int) -> None:
        self.fields[f"row_{at}_leave"] = forms.ChoiceField(
            label=_("Type of interruption"), choices=_LEAVES, required=False
        )
        self.fields[f"row_{at}_regime"] = forms.ChoiceField(
            label=_("Régime"),
            choices=[("", _("None")), *of_requests.REGIMES.items()],
            required=False,
        )
        self.fields[f"row_{at}_first_day"] = past_day(_("First day"))
        self.fields[f"row_{at}_last_day"] = past_day(_("Last day"))
        self.fields[f"row_{at}_for"] = ChoiceField(
            label=_("For whom was it?"), choices=_FOR, required=False
        )

    def _check_row(self, at: int, given: dict[str, Any]) -> None:
        names = [f"row_{at}_{name}" for name in ("regime", "first_day", "last_day")]
        for name in names:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Complete this break, or choose “None” as its type."))
        first, last = given.get(names[1]), given.get(names[2])
        if first and last and last < first:
            self.add_error(names[2], _("The end lies before the beginning."))

    @staticmethod
    def _person(answer: Any, key: str, one: Any) -> str:
        return key if answer == SAME else f"other-{one.ticket}"
