"""The facts behind the signals of a moment, each kind in one set-based statement.

The SQL stands in files beside this one; the rules judge (`guichet.rules.presence_signals`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from guichet.backoffice.inspection.log_queries import statement
from guichet.eservices.presence.day_queries import window
from guichet.platform import clock
from guichet.platform.db import many_rows
from guichet.rules import presence_signals as rules
from guichet.rules.distance import Point
from guichet.rules.presence_signals import Figures, Gap, Leap, Signal, Touch, Usage


def signals(*, now: datetime) -> list[Signal]:
    """Every signal of this moment, in the order in which they are shown."""
    figures = rules.figures(on=clock.today(now))
    asked = _asked(figures, now)
    found = [
        *rules.crowded_devices(touches=_touches(asked), figures=figures),
        *rules.two_places(leaps=_leaps(asked), figures=figures),
        *rules.without_dimona(gaps=_gaps(_DIMONAS, asked), figures=figures),
        *rules.missing_outs(gaps=_gaps(_OUTS, asked), figures=figures),
    ]
    if not rules.nobody_is_expected_yet(at=now, figures=figures):
        found += rules.empty_sites(usages=_usages(asked, figures), figures=figures)
    return rules.in_order(found)


def _asked(figures: Figures, now: datetime) -> dict[str, Any]:
    today = clock.today(now)
    since, until = window(today, today)
    back_day = today - timedelta(days=figures.look_back)
    return {
        "day": today,
        "since": since,
        "until": until,
        "now": now,
        "back_day": back_day,
        "back": window(back_day, back_day)[0],
        "before": now - timedelta(days=figures.out_days),
        "least": min(figures.device_persons, figures.device_kiosk_persons),
    }


def _usages(asked: Mapping[str, Any], figures: Figures) -> list[Usage]:
    """Days before in a shorter window of their own."""
    back_day = asked["day"] - timedelta(days=figures.empty_look_back)
    hour, minute = divmod(figures.empty_minute, 60)
    values = {
        **asked,
        "back_day": back_day,
        "back": window(back_day, back_day)[0],
        "by": time(hour, minute),
    }
    return [Usage(*row) for row in many_rows(_USAGES, values)]


def _touches(asked: Mapping[str, Any]) -> list[Touch]:
    return [Touch(*row) for row in many_rows(_TOUCHES, asked)]


def _gaps(sql: str, asked: Mapping[str, Any]) -> list[Gap]:
    figures = rules.figures(on=asked["day"])
    found = many_rows(sql, {**asked, "least": figures.dimona_days})
    rows = [(*row[:-1], tuple(row[-1])) for row in found]
    return [Gap(*row) for row in rows]


def _leaps(asked: Mapping[str, Any]) -> list[Leap]:
    return [_leap(row) for row in many_rows(_LEAPS, asked)]


def _leap(row: Sequence[Any]) -> Leap:
    ssin, start, x, y, start_at, start_receipt, goal, to_x, to_y, goal_at, receipt = row
    return Leap(
        ssin, start, Point(x, y), start_at, start_receipt, goal, Point(to_x, to_y), goal_at, receipt
    )


_USAGES: Final = statement("signals_usages")
_TOUCHES: Final = statement("signals_touches")
_OUTS: Final = statement("signals_outs")
_DIMONAS: Final = statement("signals_dimonas")
_LEAPS: Final = statement("signals_leaps")
