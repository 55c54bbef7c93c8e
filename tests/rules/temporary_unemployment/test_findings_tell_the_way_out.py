"""Each finding leads somewhere: a repair that can be taken, days that can be kept."""

from dataclasses import replace
from datetime import date

import pytest

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import cancellation_faults, faults
from guichet.rules.temporary_unemployment.communication import FirstDay, Known
from guichet.rules.temporary_unemployment.faults import Repair, Way
from guichet.rules.temporary_unemployment.findings import repair_sentence, sentence
from guichet.rules.temporary_unemployment.kinds import Category, Channel, Kind, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension, last_allowed_day
from guichet.rules.temporary_unemployment.proposing import proposal
from guichet.rules.temporary_unemployment.reasons import usual_category
from guichet.rules.temporary_unemployment.regimes import regime_of
from guichet.rules.temporary_unemployment.states import State
from guichet.rules.temporary_unemployment.terms import terms
from tests.rules.temporary_unemployment.builder import (
    ANNE,
    announced,
    expected,
    first_day,
    keys,
    line,
    only,
    said,
    white,
)
from tests.rules.temporary_unemployment.days import day, noon

TICKET = "05W00000017BZ"


@pytest.mark.parametrize(
    ("posted", "last", "repair"),
    [
        ("2025-03-10", "2025-04-13", Repair(Way.START_ON, day("2025-03-18"))),
        ("2025-03-10", "2025-03-18", Repair(Way.START_ON, day("2025-03-18"))),
        ("2025-03-14", "2025-03-21", Repair(Way.ANNOUNCE_FROM, day("2025-03-22"))),
    ],
)
def test_a_late_start_is_moved_only_while_the_end_allows_it(
    posted: str, last: str, repair: Repair
) -> None:
    found = only(expected(posted, last=last))

    assert (found.key, found.repair) == ("CTW-014", repair)


def test_a_repair_is_told_in_the_words_and_days_of_each_language() -> None:
    found = only(expected("2025-03-10"))
    assert found.repair is not None
    told, way = sentence(found), repair_sentence(found.repair)

    assert "1 dag te laat" in told.nl
    assert "17/03/2025 tot 23/03/2025" in told.nl
    assert "1 jour de retard" in told.fr
    assert "Du 17/03/2025 au 23/03/2025" in told.fr
    assert "um 1 Tag verspätet" in told.de
    assert "17.03.2025 bis 23.03.2025" in told.de
    assert (way.fr, way.de) == (
        "Commencez plutôt le 18/03/2025.", "Beginnen Sie stattdessen am 18.03.2025."
    )  # fmt: skip
    assert found.source.text == "Act of 3 July 1978"


def test_the_wage_of_a_notice_that_only_the_office_got_late_ends_with_the_period() -> None:
    [found] = faults(expected("2025-03-07", last="2025-03-20", sent="2025-03-12"), known=Known())

    assert found.key == "CTW-015.late"
    assert found.inputs["wage_until"] == day("2025-03-20")
    assert found.repair == Repair(Way.START_ON, day("2025-03-20"))


@pytest.mark.parametrize(
    ("last", "key"),
    [("2025-04-14", "CTW-020"), ("2025-06-17", "CTW-021"), ("2026-03-17", "CTW-022")],
)
def test_too_long_tells_the_last_day_and_who_pays_after_it(last: str, key: str) -> None:
    regime = {"CTW-020": Regime.FULL, "CTW-021": Regime.LARGE, "CTW-022": Regime.SMALL}[key]
    found = only(expected(last=last, regime=regime))

    assert found.key == key
    assert found.repair is not None
    assert found.repair.way is Way.END_ON
    assert ("normal wage is due" in sentence(found).en) is (key != "CTW-022")


def test_a_scheme_is_compulsory_in_every_channel() -> None:
    found = only(expected(regime=None))

    assert (found.key, found.field, found.blocks) == ("CTW-012.regime", "regime", True)
    assert keys(white("2025-01-20", "2025-02-02", regime=Regime.FULL)) == [
        "CTW-031.other", "CTW-033"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cycle", "regime"),
    [
        (["01", "", "", ""], Regime.LARGE),
        (["4", "", "", ""], Regime.ONE_DAY_PER_FORTNIGHT),
        (["01234", "", "", "", "", "", "", "", "", ""], Regime.LARGE),
        (["012", ""], Regime.SMALL),
        (["0", "0"], Regime.LARGE),
    ],
)
def test_two_days_in_one_week_are_never_one_day_a_fortnight(
    cycle: list[str], regime: Regime
) -> None:
    weeks = tuple(frozenset(map(int, week)) for week in cycle)

    assert regime_of(weeks, on=day("2025-03-17")) is regime


@pytest.mark.parametrize("written", ["126", "126.00", "12600", " 126 "])
def test_a_derogation_is_found_however_the_committee_is_written(written: str) -> None:
    wood = expected("2021-03-11", "2021-03-15", "2021-04-11", committee=written)

    assert keys(wood) == []


@pytest.mark.parametrize("written", ["149.01", "14901"])
def test_a_sub_committee_too(written: str) -> None:
    electricians = expected(last="2025-05-11", committee=written)

    assert keys(electricians) == []
    assert keys(replace(electricians, last_day=day("2025-05-12"))) == ["CTW-020"]


@pytest.mark.parametrize(
    ("reason", "committee", "level", "category"),
    [
        (Reason.ECONOMIC, "111", None, Category.BLUE),
        (Reason.ECONOMIC, "200", None, Category.WHITE),
        (Reason.WHITE_COLLAR, "200", None, Category.WHITE),
        (Reason.WHITE_COLLAR, "302", None, Category.WHITE),
        (Reason.WHITE_COLLAR, "302", Category.BLUE, Category.BLUE),
        (Reason.ECONOMIC, "302", Category.WHITE, Category.WHITE),
        (Reason.FORCE_MAJEURE, "", None, Category.BLUE),
    ],
)
def test_a_worker_of_whom_no_quality_is_told_has_that_of_the_committee(
    reason: Reason, committee: str, level: Category | None, category: Category
) -> None:
    assert usual_category(reason=reason, committee=committee, level=level) is category


@pytest.mark.parametrize(
    ("weeks_before", "until"), [(1, "2025-04-27"), (3, "2025-04-13"), (4, "2025-04-06")]
)
def test_the_last_day_counts_what_lies_before_without_a_week_of_work(
    weeks_before: int, until: str
) -> None:
    start, law = day("2025-04-07"), terms(on=day("2025-04-07"))
    first = date.fromordinal(start.toordinal() - 7 * weeks_before)
    before = (Suspension(Period.of_weeks(first, weeks_before), Regime.FULL),)

    assert last_allowed_day(start, regime=Regime.FULL, terms=law, before=before) == day(until)


def test_what_is_changed_is_no_second_first_day() -> None:
    told = (FirstDay(ANNE, day("2025-03-18"), Reason.WEATHER, TICKET),)
    again = first_day(Reason.WEATHER, "2025-03-19", "2025-03-19")

    assert keys(again, first_days=told) == ["CTW-044"]
    changed = replace(again, changes=TICKET)
    assert keys(changed, first_days=told, changed=State.RECEIVED) == []


@pytest.mark.parametrize(
    ("first", "found"), [("2025-04-24", ["CTW-052"]), ("2025-04-25", []), ("2025-04-17", [])]
)
def test_a_first_day_after_an_accident_lies_after_the_paid_week(
    first: str, found: list[str]
) -> None:
    told = first_day(Reason.ACCIDENT, first, first)
    known = {"accident_on": day("2025-04-18"), "accident_suspended_from": day("2025-04-25")}

    assert keys(told, **known) == found
    proposed = proposal(told, faults=faults(told, known=Known(**known)))
    assert [one.code for one in proposed.to_check] == found


@pytest.mark.parametrize(
    ("first", "sent", "key", "until"),
    [
        ("2025-01-30", "2025-02-04", "CTW-042.month_short", "2025-01-31"),
        ("2025-01-25", "2025-02-04", "CTW-042.month_short", "2025-01-31"),
        ("2025-01-24", "2025-02-04", "CTW-042.month", "2025-01-30"),
    ],
)
def test_a_month_that_is_over_names_a_capped_wage_only_when_there_is_one(
    first: str, sent: str, key: str, until: str
) -> None:
    weekdays = line(first_day=day(first), usual_days=frozenset(range(7)))
    found = only(first_day(Reason.WEATHER, first, sent, lines=(weekdays,)))

    assert (found.key, found.inputs["wage_until"]) == (key, day(until))


@pytest.mark.parametrize(
    ("reason", "at", "late"),
    [
        (Reason.WEATHER, "2025-04-23", False),
        (Reason.WEATHER, "2025-04-24", True),
        (Reason.ACCIDENT, "2025-04-10", False),
        (Reason.WHITE_COLLAR, "2025-04-14", False),
        (Reason.WHITE_COLLAR, "2025-04-24", True),
    ],
)
def test_a_first_day_of_any_reason_is_cancelled_up_to_the_working_day_after(
    reason: Reason, at: str, late: bool
) -> None:
    told = first_day(reason, "2025-04-22", "2025-04-18")
    found = cancellation_faults(told, state=State.RECEIVED, at=noon(at, 23, 59, 59))

    assert [one.key for one in found] == (["CTW-083"] if late else [])
    assert not any(one.blocks for one in found)


@pytest.mark.parametrize("channel", list(Channel))
def test_days_are_judged_alike_in_every_channel(channel: Channel) -> None:
    told = (
        expected("2025-03-10", last="2025-04-14"),
        white("2025-01-21", "2025-02-02", "2025-01-14"),
        first_day(Reason.WEATHER, "2025-04-22", "2025-04-24"),
        said(Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE, "2025-02-01", causes="Fire in the hall.",
             first_day=day("2025-02-01"), last_day=day("2025-05-01")),
    )  # fmt: skip

    for one in told:
        by_page = faults(one, known=Known())
        assert faults(replace(one, channel=channel), known=Known()) == by_page
        assert by_page


def test_a_lock_out_is_judged_as_a_strike_and_never_late_enough_to_block() -> None:
    lines = (line(first_day=day("2025-03-03"), in_striking_unit=False),)
    told = said(Kind.STRIKE, Reason.STRIKE, "2025-06-02", causes="Lock-out of the works.",
                workplace="Quai 1, 4000 Liège", lines=lines)  # fmt: skip
    found = only(told)

    assert (found.key, found.blocks) == ("CTW-071", False)
    assert found.inputs["days"].number == 91


def test_a_week_of_work_between_two_suspensions_is_seven_days_and_no_fewer() -> None:
    before = announced("2025-02-17", "2025-03-16")

    assert keys(expected(first="2025-03-23", last="2025-03-30"), announced=(before,)) == ["CTW-023"]
    assert keys(expected(first="2025-03-24", last="2025-03-30"), announced=(before,)) == []
    small = announced("2025-02-17", "2025-03-16", regime=Regime.SMALL)
    assert keys(expected(first="2025-03-17", last="2025-03-30"), announced=(small,)) == []
