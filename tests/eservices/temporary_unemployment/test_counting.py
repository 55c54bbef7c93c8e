"""Days of economic unemployment in four quarters: the same warning at every door, and the pages."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.demo import numbers
from guichet.eservices.temporary_unemployment import counting, earlier, judging, operations
from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.eservices.temporary_unemployment.knowing import by_worker, calendars_of
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import judging as office
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import accountability
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import Count
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason, Regime
from tests.eservices.temporary_unemployment.messages.test_alike import by_file, by_page, by_rest
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.world import (
    ANNE,
    BIS,
    EUPEN,
    FIRM,
    LUC,
    OTHER,
    PLACE,
    changed,
    clerk,
    closed,
    expected,
    first_day,
    moment,
    sender,
    sent,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
YEAR = {"first_day": date(2025, 7, 1), "last_day": date(2026, 6, 30)}
# Working days of July to November 2025: 22, 20, 22, 23 and 19; five more until Monday 8 December.
FIRST_DAYS = ("2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01", "2025-11-03", "2025-12-01")
MONDAY = date(2025, 12, 8)


@pytest.fixture
def half_a_year(firm: None) -> list[Communication]:
    """Anne had no work from July on; the first day of each month was told."""
    announced = sent(expected(moment("2025-06-20"), **YEAR))
    return [announced, *(sent(told_on(text)) for text in FIRST_DAYS)]


def told_on(text: str, **given: Any) -> Told:
    """A first day that is told on the day itself."""
    return first_day(date.fromisoformat(text), moment(text), **given)


def counted(told: Told, now: datetime | None = None) -> Fault | None:
    """The warning, if there is one."""
    faults = judging.judge(told=told, sender=told.said.enterprise, now=now or told.said.received_at)
    return next((one for one in faults if one.code == "CTW-027"), None)


def number(told: Told) -> int:
    """The days that the warning counts, 0 without one."""
    found = counted(told)
    days = found.inputs["days"] if found else Count(0, "day")
    assert isinstance(days, Count)
    return days.number


@pytest.mark.usefixtures("half_a_year")
def test_a_page_a_call_and_a_file_count_the_same_days(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"committee": "111", "workers": [(LUC, "2025-12-08"), (ANNE, "2025-12-08")]}
    now = moment("2025-12-08")
    found = [
        counted(make(Kind.FIRST_DAY, "E", said, now), now) for make in (by_page, by_rest, by_file)
    ]

    page, rest, file = found
    assert page is not None
    assert page.inputs == {"line": 2, "days": Count(111, "day"), "limit": Count(110, "day")}
    assert rest == page
    assert file == page

    walk.at(monkeypatch, now)
    client = clerk()
    place = walk.first_day(client, MONDAY, LUC, ANNE)
    shown = walk.checked(client, place)
    assert "at most 111 days of economic unemployment in four quarters, counted from what" in shown
    assert "You can go on" in shown
    row = walk.received(walk.sent(client, place, remarks="We know."))
    assert "CTW-027" in [one["code"] for one in row.warnings]


@pytest.mark.usefixtures("half_a_year")
@pytest.mark.parametrize(
    ("day", "committee", "days"),
    [
        ("2025-12-04", "111", 0), ("2025-12-05", "111", 110), ("2025-10-16", "111", 0),
        ("2025-10-16", "124", 75), ("2025-10-15", "124", 0), ("2026-07-01", "111", 0),
    ],
)  # fmt: skip
def test_the_limit_is_that_of_the_committee(day: str, committee: str, days: int) -> None:
    assert number(told_on(day, committee=committee)) == days


@pytest.mark.usefixtures("half_a_year")
def test_an_announcement_is_counted_for_at_its_start() -> None:
    said = expected(moment("2025-11-25"), first_day=MONDAY, last_day=date(2025, 12, 20))

    assert number(said) == 111
    other = expected(
        moment("2025-11-25"), first_day=MONDAY, last_day=date(2025, 12, 20),
        reason=Reason.WHITE_COLLAR, committee="200", regime=Regime.WHITE_FULL,
    )  # fmt: skip
    assert number(other) == 0


def test_what_no_longer_stands_or_came_too_early_is_not_counted(
    half_a_year: list[Communication],
) -> None:
    asked = told_on("2025-12-08")
    august = half_a_year[2]
    assert number(asked) == 111
    assert number(changed(asked, enterprise=OTHER)) == 0

    operations.cancel(ticket=august.ticket, sender=sender(), now=moment("2025-12-08"))

    assert number(asked) == 0
    sent(first_day(date(2025, 8, 1), moment("2025-07-05")))
    assert number(asked) == 0
    sent(first_day(date(2025, 8, 1), moment("2025-08-02")))
    assert number(asked) == 111


def test_a_first_day_that_takes_the_place_of_one_does_not_count_it(
    half_a_year: list[Communication],
) -> None:
    december = half_a_year[-1]
    later = told_on("2025-12-08", changes=december.ticket)

    assert number(later) == 0
    assert number(changed(later, committee="124")) == 106


def test_forms_of_one_file_know_the_earlier_ones() -> None:
    announced = expected(moment("2025-06-20"), **YEAR)
    batch = [announced, *(told_on(text) for text in FIRST_DAYS), told_on("2025-12-08")]
    told = [changed(one, channel=Channel.BATCH) for one in batch]

    found = operations.communicate_many(
        batch=told, sender=sender(channel=Channel.BATCH), now=moment("2025-12-08")
    )

    codes = [[fault.code for fault in one.faults] for one in found]
    assert ["CTW-027" in each for each in codes] == [False] * 7 + [True]


@pytest.mark.usefixtures("half_a_year")
def test_no_more_is_asked_of_the_database_and_nothing_for_other_reasons() -> None:
    economic = told_on("2025-12-08", lines=(Line(niss=LUC, first_day=MONDAY),))
    known = told_on("2025-12-08", lines=(Line(niss=ANNE, first_day=MONDAY),))
    frost = first_day(MONDAY, moment("2025-12-08"), Reason.WEATHER)

    asked = [list(_asked(one)) for one in (frost, economic, known)]

    assert len({len(each) for each in asked}) == 1
    assert ["2025-01-01" in " ".join(each) for each in asked] == [False, True, True]


def _asked(told: Told) -> Iterator[str]:
    with CaptureQueriesContext(connection) as seen:
        judging.judge(told=told, sender=FIRM, now=told.said.received_at)
    return (one["sql"] for one in seen.captured_queries)


def test_the_office_weighs_no_contribution(half_a_year: list[Communication]) -> None:
    row = sent(changed(told_on("2025-12-08"), changes=half_a_year[-1].ticket, committee="124"))

    [case] = office.cases([row], now=moment("2025-12-10"))

    assert "CTW-027" in [one.code for one in case.faults]
    assert case.is_plain


def by_the_law(today: date) -> list[tuple[str, int]]:
    """What the rule itself counts, worker by worker, the most first."""
    since = accountability.counted_since(today)
    people = [ANNE, BIS, LUC]
    told = earlier.first_days([FIRM], people, (today, today), today, economic_since=since)
    announced = by_worker(earlier.announced([FIRM], people, since, today)[FIRM], people)
    found = {
        niss: accountability.days_before(
            today, first_days=told.get((FIRM, niss), ()), announced=announced[niss],
            calendar_of=calendars_of(FIRM),
        )
        for niss in people
    }  # fmt: skip
    return sorted(((niss, days) for niss, days in found.items() if days), key=lambda one: -one[1])


def test_the_database_counts_what_the_law_counts(half_a_year: list[Communication]) -> None:
    closed(date(2025, 7, 22))
    closed(date(2025, 9, 30), establishment=PLACE)
    closed(date(2025, 9, 29), establishment=EUPEN)
    mixed: tuple[dict[str, Any], ...] = (
        {"regime": Regime.LARGE, "cycle": (frozenset({0, 1}),), "lines": (Line(niss=LUC),),
         "first_day": date(2025, 8, 4), "last_day": date(2025, 10, 26),
         "excluded": (Period(date(2025, 9, 1), date(2025, 9, 5)),)},
        {"regime": Regime.SMALL, "lines": (Line(niss=LUC), Line(niss=BIS)),
         "first_day": date(2025, 10, 20), "last_day": date(2025, 12, 31), "establishment": EUPEN},
        {"section": "Gießerei  Nord", "lines": (),
         "first_day": date(2025, 9, 15), "last_day": date(2025, 10, 10)},
        {"lines": (Line(niss=BIS),),
         "first_day": date(2025, 1, 6), "last_day": date(2025, 1, 26)},
    )  # fmt: skip
    schemes = [sent(expected(moment("2025-06-20"), **each)) for each in mixed]
    for niss, text, section in (
        (LUC, "2025-08-13", ""), (LUC, "2025-09-02", "Moulding"), (LUC, "2025-10-06", ""),
        (LUC, "2025-12-01", ""), (BIS, "2025-09-22", "GIESSEREI nord"), (BIS, "2025-11-12", ""),
        (BIS, "2025-01-07", "Moulding"), (BIS, "2025-10-31", "Moulding"),
    ):  # fmt: skip
        line = Line(niss=niss, first_day=date.fromisoformat(text), section=section)
        sent(told_on(text, lines=(line,)))
    sent(first_day(date(2025, 9, 1), moment("2025-08-01"), lines=(
        Line(niss=BIS, first_day=date(2025, 9, 1)),)))  # fmt: skip

    for today in ("2025-12-08", "2025-12-01", "2025-10-31", "2026-01-15", "2025-09-30"):
        day = date.fromisoformat(today)
        found = [(one.niss, one.days) for one in counting.economic_days(employer=FIRM, today=day)]
        assert found == by_the_law(day)
        assert len(found) > 1
    operations.cancel(ticket=schemes[0].ticket, sender=sender(), now=moment("2025-12-08"))
    after = [(one.niss, one.days) for one in counting.economic_days(employer=FIRM, today=MONDAY)]
    assert after == by_the_law(MONDAY)
    luc = counting.economic_days(employer=FIRM, today=MONDAY, workers=[LUC])
    assert [(one.niss, one.days) for one in luc] == [one for one in after if one[0] == LUC]


# --- the pages ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("half_a_year")
def test_counters_stand_beside_the_limits_and_in_the_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent(expected(moment("2025-11-20"), lines=(Line(niss=LUC),), **YEAR))
    sent(told_on("2025-12-02", lines=(Line(niss=LUC, first_day=date(2025, 12, 2)),)))
    walk.at(monkeypatch, moment("2025-12-08"))

    anne, luc = counting.economic_days(employer=FIRM, today=MONDAY)
    assert [(one.niss, one.days, one.most, one.percent) for one in (anne, luc)] == [
        (ANNE, 111, 110, 100), (LUC, 4, 110, 4),
    ]  # fmt: skip
    assert (anne.is_reached, luc.is_reached) == (True, False)
    assert counting.economic_days(employer=OTHER, today=MONDAY) == []

    client = clerk()
    client.cookies["guichet_language"] = "en"
    limits = html.unescape(client.get("/temporary-unemployment/limits/").content.decode())
    for said in ("111 of 110 days", "due for the next days",
                 "4 of 110 days", "106 days left",
                 "communicated since 01/01/2025"):  # fmt: skip
        assert said in limits
    month = html.unescape(client.get("/temporary-unemployment/months/2025/12/").content.decode())
    assert "at most 111 of 110 economic days in four quarters" in month
    other = clerk(OTHER).get("/temporary-unemployment/limits/").content.decode()
    assert "111" not in other


def crowd(many: int) -> None:
    """So many workers more, told in one communication each of two months; Anne's stands before."""
    born = date(1970, 1, 1)
    people = [
        numbers.niss(born_on=born + timedelta(days=at), is_female=False) for at in range(many)
    ]
    lines = [Line(niss=niss) for niss in people]
    names = tuple(Name(f"Family{at % 7}", f"Given{at:05}") for at in range(many))
    told = [expected(moment("2025-10-20"), lines=tuple(lines), **YEAR)]
    for text in ("2025-11-03", "2025-12-01"):
        day = date.fromisoformat(text)
        mine = tuple(Line(niss=niss, first_day=day) for niss in people)
        told.append(told_on(text, lines=mine))
    for one in told:
        sent(replace(one, names=names))


@pytest.mark.usefixtures("half_a_year")
def test_a_page_asks_as_much_of_the_database_for_many_as_for_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk.at(monkeypatch, moment("2025-12-08"))
    client = clerk()
    asked = []
    for many in (2, 60):
        crowd(many)
        client.get("/temporary-unemployment/limits/")
        with CaptureQueriesContext(connection) as seen:
            answer = client.get("/temporary-unemployment/limits/?size=25")
        assert answer.status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]

    whole = counting.economic_days(employer=FIRM, today=MONDAY)
    assert whole == sorted(
        whole, key=lambda one: (-one.days, one.name.family, one.name.given, one.niss)
    )
    pages = [
        counting.page_of_economic_days(employer=FIRM, today=MONDAY, offset=at, size=25)
        for at in (0, 25, 50, 999_975)
    ]
    assert [total for _rows, total in pages] == [61] * 4
    assert [one for rows, _total in pages[:3] for one in rows] == whole
    assert pages[3] == pages[2]
    shown = html.unescape(client.get("/temporary-unemployment/limits/?page=3").content.decode())
    assert whole[60].name.given in shown
    assert whole[0].name.given not in shown
