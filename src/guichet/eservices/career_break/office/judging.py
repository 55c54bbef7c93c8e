"""A file as the office judges it: both parts, every earlier break, the two answers, a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guichet.eservices.career_break import dossier
from guichet.eservices.career_break.content import Asked, asked_of
from guichet.eservices.career_break.dossier import Taken, Verdicts
from guichet.eservices.career_break.files import queries as files
from guichet.eservices.career_break.files.queries import Slot
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.said import Said
from guichet.eservices.career_break.told import people_of, told_by
from guichet.kernel.verdict import Finding
from guichet.platform import clock
from guichet.rules.career_break import decisions, filing
from guichet.rules.career_break.counters import wished_cost
from guichet.rules.career_break.credits import Standing, cost_of
from guichet.rules.career_break.decisions import Home, Proposal, Row
from guichet.rules.career_break.facts import View
from guichet.rules.career_break.file_states import COUNTS
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.states import Party


@dataclass(frozen=True, slots=True)
class Counted:
    """An earlier break and what it costs; ``units`` None: it counts for another leave."""

    taken: Taken
    units: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """All that an officer decides on.

    ``slots``: the documents with their files; ``complete_on``: both parts and every mandatory
    document were there, None while one is missing; ``answers`` and ``proposal`` are None where
    hours or days are missing from the employer's part.
    """

    row: Request
    asked: Asked
    said: Said | None
    taken: tuple[Taken, ...]
    slots: tuple[Slot, ...]
    complete_on: date | None
    answers: Verdicts | None
    proposal: Proposal | None

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The mandatory documents that are not there, or were rejected."""
        return tuple(one for one in self.slots if one.is_mandatory and one.state not in COUNTS)

    @property
    def home(self) -> Home:
        """The household as the worker describes it."""
        said = self.said
        if said is None:
            return Home()
        return Home(
            household=said.lives_with(),
            youngest_born_on=said.youngest_born_on(),
            has_disabled_child=any(one.is_disabled for one in said.children),
            disabled_born_on=said.youngest_born_on(are_disabled=True),
            is_in_charge=said.is_in_charge,
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The reasons of both answers, those of the right first."""
        if self.answers is None:
            return ()
        return (*self.answers.right.findings, *self.answers.allowance.findings)

    @property
    def before(self) -> Standing | None:
        """The credit before this break."""
        return None if self.answers is None else self.answers.right.outcome.before

    @property
    def after(self) -> Standing | None:
        """The credit that this break leaves."""
        return None if self.answers is None else self.answers.right.outcome.after

    @property
    def cost(self) -> int:
        """Units of this break."""
        return 0 if self.answers is None else wished_cost(self.answers.facts)

    @property
    def earliest_paid(self) -> date | None:
        """From which day a complete file is paid, whatever the rest says."""
        if self.complete_on is None:
            return None
        return filing.allowance_first_day(start=self.row.first_day, complete_on=self.complete_on)

    def counted(self) -> list[Counted]:
        """Every earlier break with its units, oldest first."""
        leave = Leave(self.row.leave)
        same = {leave, Leave.ORDINARY} if leave is Leave.TIME_CREDIT else {leave}
        return [
            Counted(
                one,
                cost_of(one.rules, on=self.row.first_day) if one.rules.leave in same else None,
            )
            for one in self.taken
        ]

    def rows(self, first_day: date, last_day: date | None) -> tuple[Row, ...]:
        """The amounts of the table for some paid days; empty where nothing can be said."""
        if self.answers is None:
            return ()
        return decisions.rows(
            self.answers.facts, home=self.home, first_day=first_day, last_day=last_day
        )


def case(row: Request) -> Case:
    """What is known of a file now."""
    said = dossier.said_in(row)
    told = (*told_by(row.person), *(said.earlier if said else ()))
    taken = dossier.history(row.person, but=row.pk, told=told)
    slots = files.documents_of(row, party=Party.OFFICER, said=said)
    complete_on = _complete_on(row, slots if said else ())
    facts = dossier.facts(row, said=said, taken=taken, view=View.OFFICER, complete_on=complete_on)
    answers = None if facts is None else dossier.verdicts(facts)
    asked = asked_of(row.content)
    known = Case(row, asked, said, taken, slots, complete_on, answers, None)
    if answers is None:
        return known
    proposal = decisions.proposed(
        answers.facts, right=answers.right, paid=answers.allowance, home=known.home
    )
    return Case(row, asked, said, taken, slots, complete_on, answers, proposal)


def people(row: Request) -> dict[str, str]:
    """The names of those for whom the worker took breaks, by their keys, as far as he said them."""
    named = {**people_of(row.person), **dossier.people(row.person)}
    return {key: one.name for key, one in named.items()}


def _complete_on(row: Request, slots: Sequence[Slot]) -> date | None:
    """The day of the worker's part, or of a mandatory document that came after it."""
    if row.completed_at is None:
        return None
    moments = [row.completed_at]
    for slot in slots:
        if not slot.is_mandatory:
            continue
        there = [one.at for one in slot.files if one.state in COUNTS]
        if not there and not slot.is_elsewhere:
            return None
        moments += [min(there)] if there else []
    return clock.today(max(moments))
