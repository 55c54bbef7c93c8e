"""Where the rules are asked: what blocks a request, what warns, what is offered to whom.

One thin room between the service and `rules.career_break`: it gathers what the registers and the
requests of the employer know, and asks. It holds no rule.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from guichet.eservices.career_break import law, queries, serving
from guichet.eservices.career_break.content import Asked, asked_of
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.serving import Service
from guichet.kernel.niss import Niss, Sex
from guichet.kernel.period import Period
from guichet.kernel.ticket import TicketNumber
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons.models import Person
from guichet.rules.career_break import catalogue, offices
from guichet.rules.career_break.committees import Collar
from guichet.rules.career_break.counters import (
    extends_ordinary_break,
    follows_exhausted_palliative,
)
from guichet.rules.career_break.entry import text_fault, worker_faults
from guichet.rules.career_break.entry_dates import Dates, Filed, block_faults, date_faults
from guichet.rules.career_break.facts import EarlierBreak
from guichet.rules.career_break.facts import Facts as Wish
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.hours import (
    Hours,
    OtherJob,
    expected_during,
    hours_faults,
    working_time,
)
from guichet.rules.career_break.kinds import Authority, Leave, Motive, Regime, Sector, Statute
from guichet.rules.career_break.notice import Notice, notice_faults
from guichet.rules.career_break.several import Elsewhere, every_fault

_IMPOSSIBLE: Final = ("V-DT-01", "V-DT-02", "V-DT-08", "V-WK-01", "V-WK-02")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the worker beside what the employer says.

    ``authority``: of a public employer, empty when not known; ``head_count``: contracts on 30 June
    of the year before the notice. ``service``: his Dimona periods here; ``filed``: his other
    requests here that stand.
    """

    employer: str
    sector: str
    birth_date: date | None = field(default=None, repr=False)
    authority: str = ""
    head_count: int | None = None
    service: Service = field(default=Service(), repr=False)
    filed: tuple[Filed, ...] = ()
    earlier: tuple[EarlierBreak, ...] = ()
    sex: Sex | None = None


def facts_of(
    *,
    employer: str,
    sector: str,
    person: Person,
    but: int | None = None,
    authority: str = "",
    notified_on: date | None = None,
) -> Facts:
    """What the registers hold; ``but``: the request that is changed does not overlap itself.

    ``notified_on``: the day of the notice, which decides over the head count; None: not known.
    """
    standing = queries.standing(employer=employer, person_id=person.pk)
    rows = [row for row in standing if row.pk != but]
    filed = tuple(
        Filed(
            TicketNumber(row.ticket).formatted() if row.ticket else "-",
            Leave(row.leave),
            Period(row.first_day, row.last_day or date.max),
            tuple(Period(first, last) for first, last in asked_of(row.content).weeks),
        )
        for row in rows
    )
    earlier = tuple(_taken(row, row.last_day) for row in rows if row.last_day is not None)
    return Facts(
        employer=employer,
        sector=sector,
        birth_date=person.birth_date,
        authority=authority,
        head_count=queries.head_count(employer=employer, notified_on=notified_on),
        service=serving.of_worker(person, employer=employer),
        filed=filed,
        earlier=earlier,
        sex=Niss(person.niss).sex(),
    )


def faults(*, asked: Asked, facts: Facts, today: date) -> tuple[Fault, ...]:
    """All that speaks against a request, what blocks and what warns."""
    if asked.leave not in (*offered(facts.sector, facts.authority, on=today), Leave.END_OF_CAREER):
        return (blocking("V-RQ-01", "leave"),)
    if asked.first_day is None:
        return (blocking("V-DT-01", "first_day"),)
    found = [
        *_worker(asked, facts, today),
        *_dates(asked, asked.first_day, facts, today),
        *_elsewhere(asked, facts),
        *_hours(asked),
        *_notice(asked, asked.first_day, facts, today),
        *_child(asked, asked.first_day),
        text_fault(asked.comment, field="comment", on=today),
        text_fault(asked.reason, field="reason", on=today),
    ]
    whole = [one for one in found if one is not None]
    # Days that cannot be leave the law nothing to judge.
    if not any(one.blocks and one.code.startswith(("V-DT", "V-WK")) for one in whole):
        known = {(one.code, one.field) for one in whole}
        whole += [
            one for one in law.faults(asked, _known(facts, asked.first_day))
            if (one.code, one.field) not in known
        ]  # fmt: skip
    return tuple(whole)


def answers(*, asked: Asked, facts: Facts, today: date) -> tuple[law.Answer, law.Answer] | None:
    """Right and allowance side by side; None while something is missing or cannot be."""
    if asked.first_day is None or asked.leave not in tuple(Leave):
        return None
    if asked.first_day.year > today.year + 1:  # so far off that no calendar has what follows
        return None
    dated = (
        *_dates(asked, asked.first_day, facts, today),
        *_child(asked, asked.first_day),
        *(_notice(asked, asked.first_day, facts, today) if asked.notified_on else ()),
    )
    if any(one.blocks and one.code in _IMPOSSIBLE for one in dated):
        return None
    return law.answers(asked, _known(facts, asked.first_day))


def offered(sector: str, authority: str = "", *, on: date) -> tuple[Leave, ...]:
    """The kinds of leave that an employer chooses from, in the order of the page.

    The end of a career is a question of the page of time credit.
    """
    known = Authority(authority) if authority else None
    every = catalogue.leaves(sector=Sector(sector), authority=known, on=on)
    return tuple(one for one in every if one is not Leave.END_OF_CAREER)


def has_care_credit(authority: str, *, on: date) -> bool:
    """Whether an ordinary break is asked from the Flemish department instead of here."""
    known = Authority(authority) if authority else None
    return catalogue.has_care_credit(authority=known, on=on)


def regimes(
    *, leave: str, on: date, statute: str = "", is_hospital_stay: bool = False
) -> tuple[Regime, ...]:
    """The régimes of a kind of leave, in the order of the page; none of an unknown one."""
    if leave not in tuple(Leave):
        return ()
    known = Statute(statute) if statute in tuple(Statute) else None
    return catalogue.regimes(Leave(leave), on=on, statute=known, is_hospital_stay=is_hospital_stay)


def expected_minutes(asked: Asked) -> int | None:
    """The minutes a week that are expected during the break, where that can be said."""
    if not (asked.contract_minutes and asked.full_time_minutes and asked.regime in tuple(Regime)):
        return None
    return expected_during(_week(asked), regime=Regime(asked.regime))


def together(asked: Asked) -> Fraction | None:
    """All jobs as a part of a full-time job; None with one employer, or before hours are known."""
    if not (asked.others and asked.contract_minutes and asked.full_time_minutes):
        return None
    return working_time(_week(asked))


def office(person: Person, *, employer_postcode: str, on: date) -> str:
    """The office of the National Employment Office that handles the file, by its code."""
    residence = person.postcode if person.country == "BE" and person.postcode else None
    found = offices.office_for(residence=residence, employer=employer_postcode or None, on=on)
    return found.code if found else ""


def _worker(asked: Asked, facts: Facts, today: date) -> tuple[Fault, ...]:
    collar = Collar(asked.worker_code) if asked.worker_code in tuple(Collar) else None
    covering = period_at(facts, asked.first_day or today)
    return worker_faults(
        collar=collar, committee=asked.committee, sector=Sector(facts.sector),
        declared=covering.joint_committee if covering else None, on=today,
    )  # fmt: skip


def _dates(asked: Asked, first_day: date, facts: Facts, today: date) -> tuple[Fault, ...]:
    from_day, until = served(facts, first_day)
    by_weeks = asked.regime == Regime.FULL_FLEX or asked.details.get("relation") == "hospital"
    if found := block_faults(asked.weeks, is_by_weeks=by_weeks):
        return found
    dates = Dates(
        leave=Leave(asked.leave),
        first_day=first_day,
        last_day=asked.last_day,
        filed_on=today,
        weeks=tuple(Period(first, last) for first, last in asked.weeks),
        employed_from=from_day,
        employed_until=until,
        others=facts.filed,
    )
    return date_faults(dates)


def _hours(asked: Asked) -> tuple[Fault, ...]:
    if asked.regime not in tuple(Regime):
        return (blocking("V-RG-01", "regime"),)
    if asked.contract_minutes is None or asked.full_time_minutes is None:
        return (blocking("V-HR-01", "contract_hours"),)
    return hours_faults(_week(asked), leave=Leave(asked.leave), regime=Regime(asked.regime))


def _week(asked: Asked) -> Hours:
    return Hours(
        contract=asked.contract_minutes or 0,
        full_time=asked.full_time_minutes or 0,
        during=asked.break_minutes,
        others=tuple(
            OtherJob(one.contract_minutes, one.full_time_minutes, one.reduces)
            for one in asked.others
        ),
    )


def _elsewhere(asked: Asked, facts: Facts) -> tuple[Fault, ...]:
    jobs = [
        Elsewhere(
            number=one.number, name=one.name, contract=one.contract_minutes,
            full_time=one.full_time_minutes,
        )
        for one in asked.others
    ]  # fmt: skip
    return every_fault(jobs, own=facts.employer)


def _notice(asked: Asked, first_day: date, facts: Facts, today: date) -> tuple[Fault, ...]:
    if asked.notified_on is None:
        return (blocking("V-DT-01", "notified_on"),)
    if asked.regime not in tuple(Regime):
        return ()
    wish = Wish(
        leave=Leave(asked.leave), regime=Regime(asked.regime), first_day=first_day,
        history=facts.earlier,
    )  # fmt: skip
    notice = Notice(
        leave=Leave(asked.leave),
        regime=Regime(asked.regime),
        start=first_day,
        notified_on=asked.notified_on,
        several_employers=asked.has_other_employers,
        workers=facts.head_count,
        follows_palliative=follows_exhausted_palliative(wish),
        is_extension=extends_ordinary_break(wish),
    )
    return notice_faults(notice, today=today, employed_from=_served_from(facts, first_day))


def _child(asked: Asked, first_day: date) -> tuple[Fault, ...]:
    """A child that is born long after the leave begins is a slip of the year."""
    born = asked.details.get("child_born_on")
    if born and date.fromisoformat(born).year > first_day.year + 1:
        return (blocking("V-DT-01", "child_born_on"),)
    return ()


def _taken(row: Request, last_day: date) -> EarlierBreak:
    said = asked_of(row.content)
    return EarlierBreak(
        leave=Leave(row.leave),
        regime=Regime(row.regime),
        period=Period(row.first_day, last_day),
        motive=Motive(said.details["motive"]) if said.details.get("motive") else None,
        weeks=tuple(Period(first, last) for first, last in said.weeks),
        is_hospital_stay=said.details.get("relation") == "hospital",
    )


def _known(facts: Facts, first_day: date) -> law.Known:
    return law.Known(
        sector=facts.sector,
        employed_since=_served_from(facts, first_day),
        service=facts.service.spells,
        temporary=facts.service.temporary,
        born_on=facts.birth_date,
        sex=facts.sex,
        head_count=facts.head_count,
        earlier=facts.earlier,
    )


def served(facts: Facts, day: date) -> tuple[date | None, date | None]:
    """First and last day of service without a gap around a day, else of the last period."""
    around = facts.service.around(day)
    if around is not None:
        return around.first_day, None if around.last_day == serving.OPEN else around.last_day
    last = period_at(facts, day)
    return (last.first_day, last.last_day) if last else (None, None)


def _served_from(facts: Facts, day: date) -> date | None:
    return served(facts, day)[0]


def period_at(facts: Facts, day: date) -> EmploymentRecord | None:
    """The period that a day falls in, else the last one: the rules say what that means."""
    periods = facts.service.periods
    for one in periods:
        if one.first_day <= day and (one.last_day is None or day <= one.last_day):
            return one
    return periods[-1] if periods else None
