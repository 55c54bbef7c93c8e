"""The form of a decision, filled in beforehand with what the rules propose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.backoffice.temporary_unemployment.forms import Day
from guichet.backoffice.temporary_unemployment.forms import text as several_lines
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office.deciding import Decided
from guichet.eservices.temporary_unemployment.office.judging import Case
from guichet.eservices.temporary_unemployment.office.letter_texts import code_words, share_words
from guichet.platform import wording
from guichet.rules.temporary_unemployment.decisions import Code, Result, result_word
from guichet.rules.temporary_unemployment.proposing import Share

# Beyond so many workers, those who differ come only from the rules: the form would be a book.
MOST_LINES: Final = 60
_PROPOSED: Final = "proposed"
_ALL: Final = "all"
_REFUSED: Final = "refused"


class DecideForm(forms.Form):
    """Result, reasons, days, workers apart, words of the officer."""

    result = forms.ChoiceField(
        label=pgettext_lazy("decision", "Result"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a result."),
            "invalid_choice": gettext_lazy("Choose a result."),
        },
    )
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons, only when something is not accepted"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )
    accepted_from = Day(label=gettext_lazy("Accepted from"), required=False)
    accepted_until = Day(label=gettext_lazy("Accepted until"), required=False)
    text = several_lines(
        gettext_lazy("Your own words in the letter"),
        gettext_lazy("In the language of the letter; compulsory for R99. At most 2000 signs."),
        required=False,
    )
    why = several_lines(
        gettext_lazy("Why the decision is revised"),
        gettext_lazy("Your colleagues read it; the letter does not say it."),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, case: Case, is_revision: bool
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_proposed(case))
        self.case = case
        results: Any = self.fields["result"]
        results.choices = [(one.value, words.said(result_word(one))) for one in Result]
        codes: Any = self.fields["codes"]
        codes.choices = [(one.value, code_words(one)) for one in Code]
        if not is_revision:
            del self.fields["why"]
        self._shares = {one.line: one for one in case.proposal.shares}
        if len(case.lines) <= MOST_LINES:
            self._add_workers()

    def _add_workers(self) -> None:
        for line in self.case.lines:
            proposed = self._shares.get(line.number)
            options = [(_ALL, _("As for all"))]
            if proposed is not None:
                options.insert(0, (_PROPOSED, share_words(proposed)))
            options.append((_REFUSED, _("Refused")))
            name = f"{line.family_name} {line.given_name}".strip() or str(line.number)
            self.fields[f"worker_{line.number}"] = forms.ChoiceField(
                label=name,
                choices=options,
                required=False,
                initial=_PROPOSED if proposed is not None else _ALL,
                error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
            )

    @property
    def workers(self) -> list[Any]:
        """The fields of the workers."""
        return [self[name] for name in self.fields if name.startswith("worker_")]

    @property
    def has_too_many(self) -> bool:
        """Whether workers stand apart only as the rules propose."""
        return len(self.case.lines) > MOST_LINES

    def decided(self) -> Decided:
        """The decision of a valid form."""
        given = self.cleaned_data
        result = Result(given["result"])
        codes = tuple(Code(one) for one in given["codes"])
        return Decided(
            result=result,
            codes=codes,
            accepted_from=given["accepted_from"],
            accepted_until=given["accepted_until"],
            shares=self._told(codes) if result is Result.PARTLY else (),
            text=given["text"],
            why=given.get("why", ""),
        )

    def _told(self, codes: tuple[Code, ...]) -> tuple[Share, ...]:
        """The workers apart; without their fields, as the rules propose."""
        if self.has_too_many:
            return self.case.proposal.shares
        found: list[Share] = []
        for line in self.case.lines:
            said = self.cleaned_data.get(f"worker_{line.number}") or _ALL
            proposed = self._shares.get(line.number)
            if said == _PROPOSED and proposed is not None:
                found.append(proposed)
            elif said == _REFUSED:
                code = codes[0] if codes else None
                found.append(Share(line=line.number, result=Result.REFUSED, code=code))
        return tuple(found)


def _proposed(case: Case) -> dict[str, Any]:
    found = case.proposal
    return {
        "result": found.result.value,
        "codes": [one.value for one in found.codes],
        "accepted_from": _shown(found.accepted_from),
        "accepted_until": _shown(found.accepted_until),
    }


def _shown(day: date | None) -> str:
    return wording.day(day) if day else ""
