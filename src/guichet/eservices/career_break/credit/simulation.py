"""What comes of a wished break: right, allowance, credit, money, terms, and the other régimes.

It only puts together what the rules say of one wish; nothing is decided here and nothing is kept.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from guichet.eservices.career_break.credit.lefts import Left, lefts
from guichet.eservices.career_break.credit.paying import Home, Pay, monthly, paid
from guichet.eservices.career_break.credit.terms import Terms, terms_of
from guichet.kernel.verdict import Verdict
from guichet.rules.career_break import catalogue, counters
from guichet.rules.career_break.allowances import Allowance, Payment, allowance
from guichet.rules.career_break.amounts import Amount
from guichet.rules.career_break.credits import Standing, month_cost, week_cost
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.hours import Hours, OtherJob, expected_during
from guichet.rules.career_break.kinds import Regime
from guichet.rules.career_break.periods import end_for
from guichet.rules.career_break.rights import Right, right

_ONE_DAY: Final = timedelta(days=1)
# Forty years: nothing longer is compared.
_MOST_MONTHS: Final = 480
_NOT_OFFERED: Final = Verdict(Allowance(Payment.NONE, is_certain=True, paid_from=None))


@dataclass(frozen=True, slots=True)
class Wish:
    """A break as somebody would like it, and with whom he lives."""

    facts: Facts
    home: Home


@dataclass(frozen=True, slots=True)
class Choice:
    """The same credit spent in one régime; ``months`` and ``weeks`` None: it is less than one.

    ``monthly``: what a whole month is paid at the start, None when not known or not paid.
    """

    regime: Regime
    months: int | None
    weeks: int | None
    last_day: date | None
    has_right: bool
    is_certain: bool
    payment: Payment | None
    monthly: Amount | None
    pay: Pay | None
    minutes: int | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """Units of a credit: used before, taken by the wish, and all of them."""

    used: int
    cost: int
    total: int

    @property
    def shares(self) -> tuple[float, float]:
        """Per cent used before, and per cent taken by the wish."""
        return round(100 * self.used / self.total, 2), round(100 * self.cost / self.total, 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is said of one wish. ``minutes``: hours a week that stay."""

    wish: Wish
    right: Verdict[Right]
    allowance: Verdict[Allowance]
    before: tuple[Left, ...]
    after: tuple[Left, ...]
    pay: Pay | None
    monthly: Amount | None
    terms: Terms
    minutes: int | None

    @property
    def meter(self) -> Meter | None:
        """The credit as a bar; None where nothing limits or nothing is known."""
        before = self.right.outcome.before
        tightest = before.tightest if before else None
        if tightest is None or not tightest.total:
            return None
        used = min(tightest.used, tightest.total)
        cost = min(counters.wished_cost(self.wish.facts), tightest.total - used)
        return Meter(used, cost, tightest.total)

    @property
    def has_right(self) -> bool:
        """Whether nothing blocks the absence."""
        return self.right.outcome.exists

    @property
    def is_paid(self) -> bool:
        """Whether an allowance is paid for a part of it at least; never without the right."""
        return self.has_right and self.allowance.outcome.payment is not Payment.NONE


def answer(wish: Wish) -> Answer:
    """The answer to a wish; raises UnknownParameter for a first day before 2002."""
    facts = wish.facts
    absent = right(facts)
    office = allowance(facts) if _is_offered(absent) else _NOT_OFFERED
    is_paid = absent.outcome.exists and office.outcome.payment is not Payment.NONE
    return Answer(
        wish=wish,
        right=absent,
        allowance=office,
        before=_lefts(facts, absent.outcome.before),
        after=_lefts(facts, absent.outcome.after),
        pay=paid(facts, wish.home, office.outcome) if is_paid else None,
        monthly=monthly(facts, wish.home, on=facts.first_day) if is_paid else None,
        terms=terms_of(facts),
        minutes=_minutes(facts),
    )


def choices(wish: Wish) -> tuple[Choice, ...]:
    """Every régime of the leave for the credit that the wish costs, from the same first day.

    A leave without a credit is compared over the same days.
    """
    facts = wish.facts
    if not _is_offered(right(facts)):
        return ()
    every = catalogue.regimes(
        facts.leave,
        on=facts.first_day,
        statute=facts.statute,
        is_hospital_stay=facts.is_hospital_stay,
    )
    return tuple(_choice(wish, regime) for regime in every)


def break_days(facts: Facts) -> tuple[date, date] | None:
    """First and last day of a wish; None while its end is open."""
    blocks = facts.blocks_of_days
    return (blocks[0].first_day, blocks[-1].last_day) if blocks else None


def _is_offered(found: Verdict[Right]) -> bool:
    """Whether the leave exists for this employer on that day: else it has no length and no cost."""
    return found.outcome.unit is not None


def _choice(wish: Wish, regime: Regime) -> Choice:
    facts = wish.facts
    is_asked = regime is facts.regime
    cost = counters.wished_cost(facts)
    months, weeks, last = _length(facts, regime, cost)
    if not is_asked and cost and last is None:
        return Choice(regime, None, None, None, False, True, None, None, None, None, False)
    asked = facts if is_asked else replace(facts, regime=regime, last_day=last, weeks=())
    found = answer(Wish(asked, wish.home))
    return Choice(
        regime=regime,
        months=months,
        weeks=weeks,
        last_day=last,
        has_right=found.has_right,
        is_certain=found.right.outcome.is_certain,
        payment=found.allowance.outcome.payment if found.has_right else None,
        monthly=found.monthly,
        pay=found.pay,
        minutes=found.minutes,
        is_asked=is_asked,
    )


def _length(facts: Facts, regime: Regime, cost: int) -> tuple[int | None, int | None, date | None]:
    """Months or weeks of the same credit in another régime, and the day on which they end."""
    days = break_days(facts)
    if regime is facts.regime or not cost:
        return None, None, days[1] if days else None
    if regime.is_by_weeks:
        weeks = cost // week_cost(facts.leave, on=facts.first_day)
        if not weeks:
            return None, None, None
        return None, weeks, facts.first_day + timedelta(weeks=weeks) - _ONE_DAY
    months = min(_MOST_MONTHS, cost // month_cost(facts.leave, regime, on=facts.first_day))
    return (months, None, end_for(facts.first_day, months=months)) if months else (None, None, None)


def _lefts(facts: Facts, standing: Standing | None) -> tuple[Left, ...]:
    return lefts(standing, regime=facts.regime, statute=facts.statute)


def _minutes(facts: Facts) -> int | None:
    job = facts.job
    if job is None or not job.full_minutes:
        return None
    others = tuple(OtherJob(one.weekly_minutes, one.full_minutes) for one in facts.other_jobs or ())
    hours = Hours(contract=job.weekly_minutes, full_time=job.full_minutes, others=others)
    return expected_during(hours, regime=facts.regime)
