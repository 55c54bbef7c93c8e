"""From the answers of the simulator to a wish for the rules; what was not answered is not known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from guichet.eservices.career_break.credit.knowing import Known
from guichet.eservices.career_break.credit.paying import Home
from guichet.eservices.career_break.credit.remaining import OTHER
from guichet.eservices.career_break.credit.simulation import Wish
from guichet.kernel.niss import Sex
from guichet.kernel.period import Period, end_for
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.facts import (
    CaredFor,
    Career,
    CollectiveAgreement,
    EarlierBreak,
    Facts,
    Job,
    Training,
    View,
    WorkedSpell,
)
from guichet.rules.career_break.kinds import (
    Authority,
    Exception55,
    Leave,
    Motive,
    Parentage,
    Regime,
    Relation,
    Sector,
    Statute,
)

Answers = Mapping[str, Any]
_ONE_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = date(1960, 1, 1)
_FAR: Final = date(2150, 12, 31)


def wish(given: Answers, *, known: Known, rows: Iterable[Answers], today: date) -> Wish:
    """The wish of a form that was valid; ``rows``: breaks that were taken before, as listed."""
    leave, regime = Leave(given["leave"]), Regime(given["regime"])
    first_day = given["first_day"]
    by_weeks = regime.is_by_weeks or _is_hospital(given, leave)
    facts = Facts(
        leave=leave,
        regime=regime,
        first_day=first_day,
        last_day=last_day(given, by_weeks=by_weeks),
        motive=_motive(given, leave),
        is_hospital_stay=_is_hospital(given, leave),
        view=View.WORKER,
        notice_on=given["notice_on"] or min(today, first_day),
        job=_job(given["contract"], given["full_time"]),
        other_jobs=_other_jobs(given),
        days_per_week=given["days"],
        worked=_worked(given),
        employed_since=given["since"],
        history=_history(given, known, rows),
        consent=given["consent"],
        head_count=given["head_count"],
        is_single_parent=_is_single(given),
        all_parental_used=given["parental_used"],
        lives_in_eea=given["in_area"],
        has_forbidden_activity=given["activity"],
        person=_person(given, known, leave),
        **_employer(given),
        **_conditions(given, known, leave),
    )
    return Wish(facts, _home(given, known))


def planned(given: Answers, *, of: Wish, known: Known) -> Wish:
    """One more period of a plan: the same worker, job and household."""
    leave, motive = _kind(given["leave"])
    regime = Regime(given["regime"])
    facts = replace(
        of.facts,
        leave=leave,
        motive=motive,
        regime=regime,
        first_day=given["first_day"],
        last_day=last_day(given, by_weeks=regime.is_by_weeks),
        weeks=(),
        is_hospital_stay=False,
        notice_on=min(of.facts.notice_on or given["first_day"], given["first_day"]),
        person=_same_or_other(given["whom"], of.facts.person, known),
    )
    return Wish(facts, of.home)


def last_day(given: Answers, *, by_weeks: bool) -> date | None:
    """The day that was typed, else that of so many months or weeks; None: no end was said."""
    typed: date | None = given["last_day"]
    count: int | None = given["count"]
    if typed is not None or count is None:
        return typed
    first: date = given["first_day"]
    if by_weeks:
        return first + timedelta(weeks=count) - _ONE_DAY
    return end_for(first, months=count)


def _employer(given: Answers) -> dict[str, Any]:
    sector = Sector(given["sector"] or Sector.PRIVATE)
    is_public = sector is Sector.PUBLIC
    return {
        "sector": sector,
        "authority": Authority(given["authority"]) if is_public and given["authority"] else None,
        "statute": Statute(given["statute"]) if is_public and given["statute"] else None,
        "joint_committee": given["committee"] or None,
    }


def _conditions(given: Answers, known: Known, leave: Leave) -> dict[str, Any]:
    """Agreement, training, career: each only where the leave asks it."""
    return {
        "agreement": CollectiveAgreement(
            provides=given["provides"],
            months=given["given_months"] if given["provides"] is not False else None,
            allows_few_days=given["few_days"],
            opens_exception=given["opens_exception"],
        ),
        "training": Training(
            is_recognised=given["training_recognised"],
            is_basic=given["training_basic"],
            is_by_quarter=given["training_quarter"],
            hours=given["training_hours"],
            credits=given["training_credits"],
        ),
        "career": Career(
            years=given["career_years"],
            exception=Exception55(given["exception"]) if given["exception"] else None,
            heavy_years_of_ten=given["heavy_of_ten"],
            heavy_years_of_fifteen=given["heavy_of_fifteen"],
            night_years=given["night_years"],
            has_incapacity_certificate=given["incapacity"],
            employer_is_restructuring=given["restructuring"],
        ),
        "born_on": known.born_on or given["own_born_on"],
        "sex": known.sex or (Sex(given["sex"]) if given["sex"] else None),
    }


def _motive(given: Answers, leave: Leave) -> Motive | None:
    is_asked = leave is Leave.TIME_CREDIT and given["motive"]
    return Motive(given["motive"]) if is_asked else None


def _is_hospital(given: Answers, leave: Leave) -> bool:
    return leave is Leave.MEDICAL_ASSISTANCE and bool(given["is_hospital_stay"])


def _job(contract: int | None, full_time: int | None) -> Job | None:
    return Job(contract, full_time) if contract and full_time else None


def _other_jobs(given: Answers) -> tuple[Job, ...] | None:
    if given["elsewhere"] is False:
        return ()
    other = _job(given["other_contract"], given["other_full_time"])
    return None if given["elsewhere"] is None or other is None else (other,)


def _worked(given: Answers) -> tuple[WorkedSpell, ...] | None:
    """The hours of the last two years, as far as they were told."""
    job = _job(given["contract"], given["full_time"])
    if job is None or given["same_hours"] is None:
        return None
    since = given["since"] or _LONG_AGO
    if given["same_hours"]:
        return (WorkedSpell(Period(since, _FAR), job),)
    former = _job(given["former"], given["full_time"])
    changed = given["changed_on"]
    if former is None or changed is None or changed < since:
        return None
    return (
        WorkedSpell(Period(since, changed), former),
        WorkedSpell(Period(changed + _ONE_DAY, _FAR), job),
    )


def _history(
    given: Answers, known: Known, rows: Iterable[Answers]
) -> tuple[EarlierBreak, ...] | None:
    """What the requests hold, and what was listed; None when a visitor does not know."""
    listed = tuple(taken(row) for row in rows)
    if known.taken is not None:
        return (*(one.rules for one in known.taken), *listed)
    if given["before"] == "none":
        return ()
    return listed if listed or given["before"] == "some" else None


def taken(given: Answers) -> EarlierBreak:
    """A break that was taken before, as it was listed."""
    leave, motive = _kind(given["leave"])
    regime = Regime(given["regime"])
    last = last_day(given, by_weeks=regime.is_by_weeks)
    return EarlierBreak(
        leave=leave,
        motive=motive,
        regime=regime,
        period=Period(given["first_day"], last or given["first_day"]),
        person=given["whom"] or OTHER,
        is_own=False,
    )


def _kind(code: str) -> tuple[Leave, Motive | None]:
    """``time_credit:child`` is a leave and its motive; ``time_credit:none`` has none."""
    leave, _colon, motive = code.partition(":")
    return Leave(leave), Motive(motive) if motive in tuple(Motive) else None


def _person(given: Answers, known: Known, leave: Leave) -> CaredFor:
    key = given["whom"] or OTHER
    whom = known.people.get(key)
    recognition = None
    if given["recognised_from"] and given["recognised_until"]:
        recognition = Period(given["recognised_from"], given["recognised_until"])
    start = whom.facts() if whom else CaredFor()
    adopted = given["parentage"] == Parentage.ADOPTIVE
    return replace(
        start,
        key=key,
        born_on=given["child_born_on"] or start.born_on,
        is_disabled=start.is_disabled if given["is_disabled"] is None else given["is_disabled"],
        parentage=Parentage(given["parentage"]) if given["parentage"] else start.parentage,
        is_adopted=adopted or start.is_adopted,
        registered_on=given["registered_on"] or start.registered_on,
        placed_months=given["placed_months"] or start.placed_months,
        relation=Relation(given["relation"]) if given["relation"] else start.relation,
        recognition=recognition or start.recognition,
        has_social_rights=given["social_rights"],
        lives_in_belgium=given["in_belgium"],
    )


def _same_or_other(key: str, same: CaredFor, known: Known) -> CaredFor:
    """The person of the wish, else one who is known, else somebody of whom nothing was told."""
    key = key or OTHER
    if key == same.key:
        return same
    whom = known.people.get(key)
    if whom is not None:
        return replace(whom.facts(), key=key)
    return CaredFor(key=key, parentage=same.parentage, relation=same.relation)


def _is_single(given: Answers) -> bool | None:
    if not given["household"]:
        return None
    return bool(given["household"] == Household.WITH_CHILDREN)


def _home(given: Answers, known: Known) -> Home:
    household = Household(given["household"]) if given["household"] else None
    return Home(
        household=household,
        youngest_born_on=given["youngest_born_on"] or given["child_born_on"],
        has_disabled_child=bool(given["has_disabled_child"]),
    )
