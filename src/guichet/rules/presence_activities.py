"""What registering a presence means, activity by activity: one table, dated.

The rows stand in ``parameters/presence_activities.yaml``. Guarding has declarations of works and
no registration of presences, hence no rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import cast

from guichet.rules import dated


class Events(StrEnum):
    """What one registration says."""

    DAY = "day"
    IN_OUT = "inOut"


@dataclass(frozen=True, slots=True)
class ActivityRules:
    """The rules of one activity on one day.

    ``max_ahead_days`` holds for machines, ``portal_max_ahead_days`` for people; 0 is never ahead.
    ``max_late_seconds`` None means until the end of the Belgian day. ``correction_window_days``
    None means that there is no such procedure; the last day is included.
    """

    activity: str
    events: Events
    who_may_submit: frozenset[str]
    max_ahead_days: int
    portal_max_ahead_days: int
    max_late_seconds: int | None
    may_cancel_same_day: bool
    correction_window_days: int | None
    identification: frozenset[str]
    remark_when_not_obliged: bool
    retention_years: int


@lru_cache(maxsize=256)
def activity_rules(activity: str, *, on: date, drafts: bool = False) -> ActivityRules:
    """The rules of ``activity`` on a day; ``drafts`` counts what is announced and not yet law.

    Raises UnknownParameter for an activity without rules, or before they began.
    """

    def value(key: str) -> dated.Scalar:
        return dated.value(f"presence.{activity}.{key}", on=on, drafts=drafts)

    def whole(key: str) -> int:
        return dated.whole(f"presence.{activity}.{key}", on=on, drafts=drafts)

    return ActivityRules(
        activity=activity,
        events=Events(cast("str", value("events"))),
        who_may_submit=frozenset(cast("tuple[str, ...]", value("who_may_submit"))),
        max_ahead_days=whole("max_ahead"),
        portal_max_ahead_days=whole("portal_max_ahead"),
        max_late_seconds=cast("int | None", value("max_late")),
        may_cancel_same_day=bool(value("self_cancel")),
        correction_window_days=cast("int | None", value("correction_window")),
        identification=frozenset(cast("tuple[str, ...]", value("identification"))),
        remark_when_not_obliged=bool(value("remark_not_obliged")),
        retention_years=whole("retention"),
    )
