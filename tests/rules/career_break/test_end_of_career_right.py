"""The right to an end of career and to an ordinary break; and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guichet.kernel.period import Period
from guichet.kernel.verdict import Severity
from guichet.rules.career_break.facts import (
    Career,
    CollectiveAgreement,
    EarlierBreak,
    Facts,
    Job,
    View,
)
from guichet.rules.career_break.findings import is_unknown
from guichet.rules.career_break.kinds import (
    Authority,
    Exception55,
    Leave,
    Regime,
    Sector,
    Statute,
)
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import (
    FULL_TIME,
    day,
    reasons,
    taken,
    warnings,
    wish,
)

PL, MA, PC, IC = (
    Leave.PARENTAL,
    Leave.MEDICAL_ASSISTANCE,
    Leave.PALLIATIVE,
    Leave.INFORMAL_CARER,
)
TC, EOC, CB = Leave.TIME_CREDIT, Leave.END_OF_CAREER, Leave.ORDINARY
FULL, HALF, FIFTH, TENTH = Regime.FULL, Regime.HALF, Regime.FIFTH, Regime.TENTH
WEEKS, SINGLE_MONTHS = Regime.FULL_FLEX, Regime.HALF_FLEX


@pytest.mark.parametrize(("opens", "blocked"), [(True, []), (False, ["EOC-07.sector"])])
def test_r51_an_exception_at_56_needs_the_agreement_of_the_sector(
    opens: bool, blocked: list[str]
) -> None:
    facts = wish(
        EOC,
        FIFTH,
        "01/05/2026",
        None,
        notice_on=day("10/01/2026"),
        born_on=day("01/01/1970"),
        career=Career(years=30, exception=Exception55.HEAVY_JOB, heavy_years_of_ten=5),
        agreement=CollectiveAgreement(opens_exception=opens),
    )

    assert reasons(right(facts)) == blocked


def test_r52_the_right_to_an_end_of_career_follows_the_day_of_the_notice() -> None:
    facts = wish(
        EOC,
        FIFTH,
        "01/03/2026",
        None,
        notice_on=day("10/12/2025"),
        born_on=day("01/01/1970"),
        career=Career(years=25),
    )

    assert right(facts).outcome.exists
    assert reasons(right(replace(facts, notice_on=day("01/01/2026")))) == ["EOC-07.none"]


@pytest.mark.parametrize(
    ("born", "notice", "blocked"),
    [
        ("01/03/1966", "05/01/2026", []),
        ("02/03/1966", "05/01/2026", ["EOC-07.none"]),
        ("02/03/1971", "05/01/2026", ["EOC-04.age"]),
        ("01/03/1971", "31/12/2025", []),
        ("02/03/1971", "31/12/2025", ["EOC-07.none"]),
        ("02/03/1976", "31/12/2025", ["EOC-04.age"]),
    ],
)
def test_an_end_of_career_has_an_age(born: str, notice: str, blocked: list[str]) -> None:
    facts = wish(
        EOC,
        HALF,
        "01/03/2026",
        None,
        born_on=day(born),
        notice_on=day(notice),
        career=Career(years=40),
    )

    assert reasons(right(facts)) == blocked


def test_an_end_of_career_is_never_full_and_may_stay_open() -> None:
    facts = wish(EOC, FULL, "01/03/2026", None, career=Career(years=40))

    assert reasons(right(facts)) == ["REGIME.none"]
    short = wish(EOC, FIFTH, "01/03/2026", "31/05/2026", career=Career(years=40))
    assert reasons(right(short)) == ["EOC-08.minimum"]
    assert right(short).outcome.ends == (date(2026, 8, 31),)
    # Somebody who already works four fifths under time credit counts as a full-timer.
    four_fifths = replace(
        short, last_day=None, job=Job(32 * 60, 40 * 60), works_four_fifths_by_credit=True
    )
    assert right(four_fifths).outcome.exists


@pytest.mark.parametrize(
    ("authority", "statute", "regime", "blocked"),
    [
        (Authority.FEDERAL, Statute.STATUTORY, HALF, []),
        (Authority.FEDERAL, Statute.STATUTORY, FIFTH, ["REGIME.none"]),
        (Authority.FEDERAL, Statute.CONTRACTUAL, Regime.QUARTER, []),
        (Authority.AUTONOMOUS_ENTERPRISE, Statute.CONTRACTUAL, Regime.THIRD, []),
        (Authority.FEDERAL, Statute.TRAINEE, FULL, ["CB-02.excluded"]),
        (Authority.REGIONAL_OR_LOCAL, Statute.STATUTORY, FULL, ["CB-01.sector"]),
        (Authority.FLEMISH, Statute.STATUTORY, FULL, ["CB-01.care_credit"]),
        (Authority.DEFENCE, Statute.STATUTORY, FULL, ["CB-01.defence"]),
    ],
)
def test_ordinary_breaks_are_for_federal_staff(
    authority: Authority, statute: Statute, regime: Regime, blocked: list[str]
) -> None:
    facts = wish(
        CB,
        regime,
        "01/03/2026",
        "31/05/2026",
        sector=Sector.PUBLIC,
        authority=authority,
        statute=statute,
    )

    assert reasons(right(facts)) == blocked


def test_ordinary_breaks_count_full_and_partial_apart() -> None:
    earlier = (taken(CB, FULL, "01/01/2010", months=58),)
    public = {"sector": Sector.PUBLIC, "authority": Authority.FEDERAL}
    statute = Statute.STATUTORY

    facts = wish(CB, FULL, "01/03/2026", "31/05/2026", history=earlier, statute=statute, **public)
    assert reasons(right(facts)) == ["CB-04.career"]
    assert right(replace(facts, regime=HALF)).outcome.exists
    long = replace(facts, regime=HALF, last_day=day("31/03/2027"))
    assert reasons(right(long)) == ["CB-03.maximum"]


def test_the_employer_judges_without_anything_private() -> None:
    own = (taken(PL, FULL, "01/01/2024", months=3, person=None),)
    elsewhere = EarlierBreak(
        leave=PL, regime=FULL, period=Period.of_months(date(2022, 1, 1), 1), is_own=False
    )
    facts = Facts(
        leave=PL,
        regime=FULL,
        first_day=day("01/03/2026"),
        last_day=day("31/03/2026"),
        view=View.EMPLOYER,
        notice_on=day("15/12/2025"),
        job=FULL_TIME,
        head_count=30,
        employed_since=day("01/01/2020"),
        history=(*own, elsewhere),
    )
    verdict = right(facts)

    assert verdict.outcome.exists
    assert not verdict.outcome.is_certain
    assert warnings(verdict) == []
    assert {finding.key for finding in verdict.findings if is_unknown(finding)} == {
        "PL-07.unknown",
        "PL-01.unknown",
    }
    more = right(replace(facts, last_day=day("30/04/2026")))
    assert more.outcome.exists
    assert warnings(more) == ["CREDIT.here"]


@pytest.mark.parametrize("leave", list(Leave))
@pytest.mark.parametrize("regime", list(Regime))
def test_bare_facts_get_an_answer_and_no_guess(leave: Leave, regime: Regime) -> None:
    facts = Facts(
        leave=leave, regime=regime, first_day=date(2026, 3, 1), last_day=date(2026, 8, 31)
    )
    guesses = {"PL-04.refused", "MA-04.refused", "TC-17.refused", "PL-07.age", "TC-02"}

    verdict = right(facts)

    assert not guesses & set(reasons(verdict))
    assert verdict.outcome.exists is not any(
        finding.severity is Severity.BLOCK for finding in verdict.findings
    )
