"""What the rules say of a request with the worker's part: right and allowance, and warnings."""

from dataclasses import dataclass
from datetime import date

from guichet.eservices.career_break import dossier, law
from guichet.eservices.career_break.said import Said
from guichet.eservices.career_break.worker.cases import Case
from guichet.registers.sorting import sort_key
from guichet.rules.career_break.facts import View
from guichet.rules.career_break.filing import last_day_for_whole_allowance


@dataclass(frozen=True, slots=True)
class Judged:
    """``answers``: right and allowance, None while days or hours are missing; ``ends``: the
    nearest last days that would do, where the right asks for another one; ``warnings``: keys of
    what to think of before sending."""

    answers: tuple[law.Answer, law.Answer] | None
    ends: tuple[date, ...] = ()
    warnings: tuple[str, ...] = ()


def judged(case: Case, said: Said) -> Judged:
    """The rules on the whole request, as if it were complete today."""
    taken = dossier.history(
        case.row.person, but=case.row.pk, told=(*case.told, *said.earlier), known_on=case.today
    )
    known = dossier.facts(
        case.row, said=said, taken=taken, view=View.WORKER, complete_on=case.today
    )
    warnings = tuple(_warnings(case, said))
    if known is None:
        return Judged(None, (), warnings)
    verdicts = dossier.verdicts(known)
    right = verdicts.right.outcome
    ends = () if right.exists else tuple(one for one in right.ends if one != case.row.last_day)
    return Judged(law.answers_of(known), ends, warnings)


def _warnings(case: Case, said: Said) -> list[str]:
    found = []
    if said.pension == "other":
        found.append("pension")
    if said.activity not in ("", "none"):
        found.append("activity")
    if said.iban and not _is_holder(case, said.holder):
        found.append("holder")
    if case.today > last_day_for_whole_allowance(case.row.first_day):
        found.append("late")
    return found


def _is_holder(case: Case, holder: str) -> bool:
    family = sort_key(case.row.person.family_name)
    return bool(family) and family in sort_key(holder)
