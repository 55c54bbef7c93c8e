"""A request with both parts, as the rules look at it: for the worker and for the office.

The breaks of a person are those of every employer; only who is that person, or decides over the
file, may have them. An employer sees his own requests only (`checks`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from guichet.eservices.career_break import decided, law, queries, serving
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.models import Decision, Request, WorkerPart
from guichet.eservices.career_break.said import Cared, Earlier, Said, said_of
from guichet.kernel.niss import Niss
from guichet.kernel.period import Period
from guichet.kernel.verdict import Verdict
from guichet.registers.persons.models import Person
from guichet.rules.career_break import employers
from guichet.rules.career_break.allowances import Allowance, allowance
from guichet.rules.career_break.facts import Career, EarlierBreak, Facts, Training, View
from guichet.rules.career_break.kinds import Leave, Motive, Regime
from guichet.rules.career_break.residence import lives_in_area
from guichet.rules.career_break.rights import Right, right
from guichet.rules.career_break.states import State

_OVER: Final = (State.CANCELLED, State.EXPIRED)
_REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """An earlier break with the request it stands in; ``ticket``: empty for one that the worker
    told of or that came on paper; ``employer``: its number; ``is_told``: for whom it was, or the
    break itself, is known from the worker's word alone; ``is_several``: his employer says that he
    has others."""

    ticket: str
    employer: str
    state: str
    rules: EarlierBreak
    is_told: bool = False
    is_several: bool = False


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The two answers, never merged, and the facts that they rest on."""

    facts: Facts
    right: Verdict[Right]
    allowance: Verdict[Allowance]


def history(
    person: Person, *, but: int | None = None, told: Sequence[Earlier] = (),
    known_on: date | None = None,
) -> tuple[Taken, ...]:  # fmt: skip
    """Every break of a person that stands, at any employer, oldest first.

    ``but``: a request that is left out; ``told``: for whom breaks were taken, and breaks from
    before this service, as the worker says. A break that was refused does not count; one that was
    granted in part counts for the days that were granted. What is spread over several employers
    counts once for the days they share, those of ``but`` among them. ``known_on``: only decisions
    count that the worker may know on this day; the office knows its own at once.
    """
    rows = Request.objects.filter(person=person).exclude(state__in=_OVER)
    found = list(rows.select_related("employer").order_by("first_day", "pk"))
    own = next((row for row in found if row.pk == but), None)
    found = [row for row in found if row.pk != but]
    said_for = {one.ticket: one.person for one in told if one.ticket}
    persons, ended = _persons(found), decided.last(found, known_on=known_on)
    taken = [
        _taken(row, said_for.get(row.ticket) or persons.get(row.pk), ended.get(row.pk))
        for row in found
    ]
    beside = () if own is None else (_taken(own, None, None),)
    whole = [
        replace(one, is_told=one.ticket in said_for) for one in _counted_once(taken, beside=beside)
    ]
    whole += [Taken("", "", "", one, is_told=True) for one in _told(told)]
    return tuple(sorted(whole, key=lambda one: one.rules.period.first_day))


def people(person: Person, *, leave: str = "", but: int | None = None) -> dict[str, Cared]:
    """For whom the sent parts of a person say breaks were, by their keys; the newest name wins.

    ``leave``: of breaks of this kind only; ``but``: a request that is left out.
    """
    parts = WorkerPart.objects.filter(request__person=person, content__isnull=False)
    parts = parts.filter(request__leave=leave) if leave else parts
    found: dict[str, Cared] = {}
    for one in parts.exclude(pk=but).order_by("sent_at"):
        named = said_of(one.content or {}).person
        if named.key and named.name:
            found[named.key] = named
    return found


def said_in(row: Request) -> Said | None:
    """What the worker sent with a request; None before he did."""
    part = WorkerPart.objects.filter(request=row, content__isnull=False).first()
    return None if part is None or part.content is None else said_of(part.content)


def facts(
    row: Request,
    *,
    said: Said | None,
    taken: Sequence[Taken],
    view: View,
    complete_on: date | None = None,
) -> Facts | None:
    """All that is known of a request, for the rules; None where its hours or days are missing.

    ``complete_on``: the day on which both parts and every document were there.
    """
    asked = asked_of(row.content)
    service = serving.of_worker(row.person, employer=row.employer.number)
    known = law.Known(
        sector=row.sector,
        employed_since=service.since(row.first_day),
        service=service.spells,
        temporary=service.temporary,
        born_on=row.person.birth_date,
        sex=Niss(row.person.niss).sex(),
        head_count=queries.head_count(employer=row.employer.number, notified_on=asked.notified_on),
        earlier=tuple(
            replace(one.rules, is_own=one.employer == row.employer.number) for one in taken
        ),
    )
    wish = law.wish_of(asked, known)
    if wish is None:
        return None
    weeks = tuple(Period(first, last) for first, last in asked.weeks)
    # Who files a request agrees with it.
    wish = replace(wish, view=view, completed_on=complete_on, weeks=weeks, consent=True)
    return wish if said is None else _with(said, wish)


def verdicts(known: Facts) -> Verdicts:
    """Right and allowance of what is known."""
    return Verdicts(known, right(known), allowance(known))


def _with(said: Said, wish: Facts) -> Facts:
    return replace(
        wish,
        person=said.person.facts(),
        is_single_parent=said.is_single_parent,
        all_parental_used=said.all_parental_used,
        lives_in_eea=lives_in_area(said.country, on=wish.first_day),
        has_forbidden_activity=_forbidden(said),
        training=Training(
            is_recognised=said.training_recognised,
            is_basic=said.training_basic,
            is_by_quarter=said.training_quarter,
            hours=said.training_hours,
            credits=said.training_credits,
        ),
        career=Career(
            years=said.career_years,
            exception=wish.career.exception,
            heavy_years_of_ten=said.heavy_years_of_ten,
            heavy_years_of_fifteen=said.heavy_years_of_fifteen,
            night_years=said.night_years,
            has_incapacity_certificate=said.has_incapacity_certificate,
            employer_is_restructuring=wish.career.employer_is_restructuring,
        ),
    )


def _forbidden(said: Said) -> bool | None:
    """What is plainly forbidden or plainly free; anything between is for the office to judge."""
    if said.pension == "other":
        return True
    return False if said.activity == "none" else None


def _persons(rows: Sequence[Request]) -> dict[int, str]:
    """For whom each request is, by its row, as far as the worker told."""
    parts = WorkerPart.objects.filter(request__in=rows, content__isnull=False)
    keys = ((part.pk, _key(part.content)) for part in parts)
    return {row: key for row, key in keys if key}


def _key(content: Mapping[str, Any] | None) -> str:
    return str((content or {}).get("person", {}).get("key") or "")


def _taken(row: Request, person: str | None, decision: Decision | None) -> Taken | None:
    if decision is not None and decision.result == _REFUSED:
        return None
    first_day, last_day = _granted(decision, row)
    if last_day is None:  # until the pension: no credit counts it
        return None
    content = row.content
    details = content.get("details", {})
    rules = EarlierBreak(
        leave=Leave(row.leave),
        regime=Regime(row.regime),
        period=Period(first_day, last_day),
        motive=Motive(details["motive"]) if details.get("motive") else None,
        person=person,
        weeks=tuple(
            Period(date.fromisoformat(first), date.fromisoformat(last))
            for first, last in content.get("weeks", ())
        ),
        is_hospital_stay=details.get("relation") == "hospital",
    )
    return Taken(
        row.ticket, row.employer.number, row.state, rules,
        is_several=bool(content.get("has_other_employers")),
    )  # fmt: skip


def _counted_once(
    taken: Iterable[Taken | None], *, beside: Iterable[Taken | None]
) -> Iterator[Taken]:
    """Every break with the days that no break counted before, or asked for now, is one with."""
    counted = [one for one in beside if one is not None]
    for one in taken:
        if one is None:
            continue
        shared = [other.rules.period for other in counted if _is_one_break(one, other)]
        for days in employers.apart(one.rules.period, beside=shared):
            yield replace(one, rules=replace(one.rules, period=days))
        counted.append(one)


def _is_one_break(one: Taken, other: Taken) -> bool:
    """The same leave at the same régime, spread over two employers; weeks apart stay as told."""
    mine, theirs = one.rules, other.rules
    if one.employer == other.employer or mine.weeks or theirs.weeks:
        return False
    if any(getattr(mine, name) != getattr(theirs, name) for name in ("leave", "regime", "motive")):
        return False
    return employers.belong_together(
        first=mine.period, second=theirs.period, both_ticked=one.is_several and other.is_several
    )


def _granted(decision: Decision | None, row: Request) -> tuple[date, date | None]:
    period = decision.content.get("period") if decision is not None else None
    if not period:
        return row.first_day, row.last_day
    first, last = period
    return date.fromisoformat(first), date.fromisoformat(last) if last else row.last_day


def _told(told: Sequence[Earlier]) -> Iterator[EarlierBreak]:
    for one in told:
        if one.ticket or not (one.leave and one.regime and one.first_day and one.last_day):
            continue
        yield EarlierBreak(
            leave=Leave(one.leave),
            regime=Regime(one.regime),
            period=Period(one.first_day, one.last_day),
            motive=Motive(one.motive) if one.motive else None,
            person=one.person or None,
            is_own=False,
        )
