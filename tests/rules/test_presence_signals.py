"""Signals: what is one, against which figure, and what must hold for every history."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules import presence_signals as rules
from guichet.rules.distance import Point
from guichet.rules.presence_signals import Figures, Gap, Kind, Leap, Touch, Usage, Weight

FIGURES = rules.figures(on=date(2026, 3, 2))
AT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # 7:00 in Brussels, a Monday
SITE, OTHER = "1Y103CF8203SZ", "1Y103CF8204TZ"
BRUSSELS, GHENT = Point(4.3571, 50.8466), Point(3.7250, 51.0536)  # 50 km apart

touches = st.lists(
    st.builds(
        Touch,
        receipt=st.integers(1, 10**6),
        ssin=st.sampled_from([f"{n:011d}" for n in range(30)]),
        at=st.integers(0, 3_600).map(lambda seconds: AT + timedelta(seconds=seconds)),
        works_reference=st.sampled_from([SITE, OTHER]),
        spot=st.sampled_from(["0/4.1/50.8", "7/4.1/50.8"]),
        is_kiosk=st.just(False),
    ),
    max_size=60,
)
usages = st.lists(
    st.builds(
        Usage,
        works_reference=st.sampled_from([SITE, OTHER]),
        today=st.integers(0, 3),
        usual_days=st.integers(0, 14),
        usual_persons=st.integers(0, 200),
        is_used=st.booleans(),
    ),
    max_size=6,
)


def _crew(persons: int, *, seconds: int, is_kiosk: bool = False) -> list[Touch]:
    return [
        Touch(n + 1, f"{n:011d}", AT + timedelta(seconds=n * seconds), SITE, "0/1/2", is_kiosk)
        for n in range(persons)
    ]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 2, 7, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), False),  # summer time
        (datetime(2026, 3, 1, 12, 0, tzinfo=UTC), True),  # a Sunday
        (datetime(2026, 5, 1, 12, 0, tzinfo=UTC), True),  # the first of May
    ],
)
def test_a_site_is_empty_from_nine_in_brussels_on_working_days(
    at: datetime, expected: bool
) -> None:
    assert rules.nobody_is_expected_yet(at=at, figures=FIGURES) is expected


@pytest.mark.parametrize(
    ("usage", "weight"),
    [
        (Usage(SITE, 0, 10, 110, True), Weight.STRONG),
        (Usage(SITE, 0, 3, 3, True), Weight.STRONG),
        (Usage(SITE, 0, 2, 20, True), None),
        (Usage(SITE, 0, 0, 0, True), None),  # an evening site
        (Usage(SITE, 0, 0, 0, False), Weight.WEAK),
        (Usage(SITE, 1, 10, 110, True), None),
    ],
)
def test_an_empty_site_is_strong_where_people_use_to_be(
    usage: Usage, weight: Weight | None
) -> None:
    found = rules.empty_sites(usages=[usage], figures=FIGURES)

    assert [one.weight for one in found] == ([weight] if weight else [])
    for one in found:
        assert (one.kind, one.figure, one.within) == (Kind.EMPTY, 540, 14)


def test_the_usual_crew_is_the_mean_of_the_days_with_people() -> None:
    [one] = rules.empty_sites(usages=[Usage(SITE, 0, 10, 112, True)], figures=FIGURES)

    assert (one.persons, one.days) == (11, 10)


@pytest.mark.parametrize(
    ("persons", "seconds", "is_kiosk", "seen"),
    [
        (6, 60, False, 6),
        (6, 61, False, 0),  # the sixth comes a second too late
        (5, 1, False, 0),
        (9, 25, False, 9),
        (19, 5, True, 0),
        (20, 5, True, 20),
    ],
)
def test_one_device_and_many_persons(persons: int, seconds: int, is_kiosk: bool, seen: int) -> None:
    crew = _crew(persons, seconds=seconds, is_kiosk=is_kiosk)

    found = rules.crowded_devices(touches=crew, figures=FIGURES)

    assert [one.persons for one in found] == ([seen] if seen else [])
    for one in found:
        assert one.first_at == AT
        assert one.receipts == tuple(range(1, seen + 1))[: rules.SHOWN_RECEIPTS]


def test_the_same_person_pressing_again_is_one_person() -> None:
    again = [Touch(n, "1" * 11, AT, SITE, "0/1/2") for n in range(20)]

    assert rules.crowded_devices(touches=again, figures=FIGURES) == []


@given(touches)
def test_a_device_signal_holds_what_it_says(history: list[Touch]) -> None:
    for one in rules.crowded_devices(touches=history, figures=FIGURES):
        assert one.first_at is not None
        assert one.last_at is not None
        assert one.last_at - one.first_at <= timedelta(minutes=FIGURES.device_minutes)
        inside = [
            touch
            for touch in history
            if touch.works_reference == one.works_reference
            and one.first_at <= touch.at <= one.last_at
        ]
        assert FIGURES.device_persons <= one.persons <= len({touch.ssin for touch in inside})
        assert set(one.receipts) <= {touch.receipt for touch in inside}


@given(touches, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(history: list[Touch], chance: object) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random

    def facts(rows: list[Touch]) -> list[tuple[object, ...]]:
        found = rules.crowded_devices(touches=rows, figures=FIGURES)
        return sorted((one.works_reference, one.persons, one.first_at) for one in found)

    assert facts(shuffled) == facts(history)


@given(touches, touches)
def test_more_acts_never_take_a_device_signal_away(some: list[Touch], more: list[Touch]) -> None:
    def sites(rows: list[Touch]) -> set[str]:
        return {one.works_reference for one in rules.crowded_devices(touches=rows, figures=FIGURES)}

    assert sites(some) <= sites([*some, *more])


@given(usages)
def test_a_site_with_somebody_is_never_empty(history: list[Usage]) -> None:
    found = rules.empty_sites(usages=history, figures=FIGURES)
    present = {usage.works_reference for usage in history if usage.today}
    absent = {usage.works_reference for usage in history if not usage.today}

    assert {one.works_reference for one in found} <= absent
    assert len(found) <= len(history)
    assert present - absent == present - {one.works_reference for one in found} - absent


def _gap(n: int, *, days: int, site: str = SITE) -> Gap:
    return Gap(f"{n:011d}", site, days, AT, AT + timedelta(days=days), (n, n + 100))


def test_missing_outs_come_together_by_site() -> None:
    gaps = [_gap(1, days=4), _gap(2, days=9), _gap(3, days=5, site=OTHER)]

    [one] = rules.missing_outs(gaps=gaps, figures=FIGURES)

    assert (one.works_reference, one.persons, one.days) == (SITE, 2, 9)
    assert one.weight is Weight.WEAK
    assert one.receipts == (1, 101, 2, 102)


@pytest.mark.parametrize(
    ("persons", "weight"), [(1, None), (2, Weight.WEAK), (3, Weight.WEAK), (4, Weight.STRONG)]
)
def test_one_forgotten_out_is_no_signal_and_four_are_a_strong_one(
    persons: int, weight: Weight | None
) -> None:
    gaps = [_gap(n, days=4) for n in range(persons)]

    found = rules.missing_outs(gaps=gaps, figures=FIGURES)

    assert [one.weight for one in found] == ([weight] if weight else [])


@pytest.mark.parametrize(("days", "seen"), [(1, 0), (2, 1), (9, 1)])
def test_no_dimona_on_one_day_may_be_a_declaration_that_is_late(days: int, seen: int) -> None:
    found = rules.without_dimona(gaps=[_gap(1, days=days)], figures=FIGURES)

    assert len(found) == seen


@pytest.mark.parametrize(
    ("minutes", "to", "seen"),
    [
        (10, GHENT, True),
        (24, GHENT, True),
        (26, GHENT, False),  # 50 km in 26 minutes: fast, and possible
        (0, GHENT, True),
        (0, Point(4.40, 50.86), False),  # some three kilometres: not far
    ],
)
def test_nobody_is_at_two_far_sites_at_once(minutes: int, to: Point, seen: bool) -> None:
    leap = Leap("1" * 11, SITE, BRUSSELS, AT, 1, OTHER, to, AT + timedelta(minutes=minutes), 2)

    found = rules.two_places(leaps=[leap], figures=FIGURES)

    assert bool(found) is seen
    for one in found:
        assert (one.works_reference, one.elsewhere, one.receipts) == (OTHER, SITE, (1, 2))
        assert 49_000 < one.metres < 51_000


@given(
    st.floats(2.5, 6.4), st.floats(49.5, 51.5), st.floats(2.5, 6.4), st.floats(49.5, 51.5),
    st.integers(0, 600),
)  # fmt: skip
def test_more_time_never_makes_two_places_impossible(
    x: float, y: float, u: float, v: float, minutes: int
) -> None:
    def seen(after: int) -> bool:
        leap = Leap(
            "1" * 11, SITE, Point(x, y), AT, 1, OTHER, Point(u, v),
            AT + timedelta(minutes=after), 2,
        )  # fmt: skip
        return bool(rules.two_places(leaps=[leap], figures=FIGURES))

    assert seen(minutes) >= seen(minutes + 1)


def test_strong_signals_come_first_and_every_kind_has_its_place() -> None:
    weak = rules.missing_outs(gaps=[_gap(1, days=4), _gap(2, days=4)], figures=FIGURES)
    strong = rules.empty_sites(usages=[Usage(SITE, 0, 10, 110, True)], figures=FIGURES)
    device = rules.crowded_devices(touches=_crew(7, seconds=1), figures=FIGURES)

    found = rules.in_order([*weak, *device, *strong])

    assert [one.kind for one in found] == [Kind.EMPTY, Kind.ONE_DEVICE, Kind.MISSING_OUT]


def test_the_figures_are_dated() -> None:
    from guichet.rules.dated import UnknownParameter

    assert isinstance(rules.figures(on=date(2024, 1, 1)), Figures)
    with pytest.raises(UnknownParameter):
        rules.figures(on=date(2023, 12, 31))


def test_a_person_never_shows_in_a_representation() -> None:
    assert "11111111111" not in repr(Touch(1, "1" * 11, AT, SITE, "s"))
    assert "11111111111" not in repr(Gap("1" * 11, SITE, 1, AT, AT, ()))
