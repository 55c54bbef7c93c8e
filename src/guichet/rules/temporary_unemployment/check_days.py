"""Days and texts as such: possible, in order, in reach (CTW-010 to 013, CTW-081)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from guichet.kernel.period import months_after, months_before
from guichet.rules.career_break.texts import perceived_length
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.findings import Count, found
from guichet.rules.temporary_unemployment.kinds import Channel, Kind

_WITH_CAUSES: Final = (Kind.EXPECTED, Kind.ACCIDENT_NATURE)
# Controls and halves of pairs, without the ends of lines and the tabulator.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def date_fault(text: str, *, field: str, channel: Channel) -> Fault | None:
    """CTW-010: no day of the calendar, or not written as the channel asks."""
    if identifiers.day(text, channel=channel) is not None:
        return None
    return found("CTW-010", field, "message" if channel in identifiers.MACHINES else "")


def range_faults(said: Communication) -> Iterator[Fault]:
    """CTW-013: further back or ahead than anybody means; the other days are not judged then."""
    first, last, end = _reach(said.received_on)
    for field, day in _days(said):
        if not first <= day <= (end if field == "last_day" else last):
            back = figure("entry.months_back", on=said.received_on)
            ahead = figure("entry.months_ahead", on=said.received_on)
            yield found(
                "CTW-013", field, day=day, back=Count(back, "month"), ahead=Count(ahead, "month")
            )


def period_faults(said: Communication) -> Iterator[Fault]:
    """CTW-011 and CTW-012: the end before the start, or no end (or start) at all."""
    first, last = said.first_day, said.last_day
    if first is not None and last is not None and last < first:
        yield found("CTW-011", "last_day")
    if said.kind is not Kind.EXPECTED:
        return
    if first is None:
        yield found("CTW-012", "first_day", "start")
    if last is None:
        yield found("CTW-012", "last_day")


def text_faults(said: Communication) -> Iterator[Fault]:
    """CTW-081: a text too short or too long, or with signs that no keyboard writes."""
    for field, text, least, most in _texts(said):
        length = perceived_length(text)
        if length < least or (least and perceived_length(text.strip()) < least):
            yield found("CTW-081", field, "short", least=least)
        elif length > most:
            yield found("CTW-081", field, "long", most=most)
        if _CONTROL.search(text):
            yield found("CTW-081", field, "signs")


def week_faults(said: Communication) -> Iterator[Fault]:
    """CTW-081: usual days of work that hold no day; who tells none works Monday to Friday."""
    for number, line in enumerate(said.lines, start=1):
        if line.usual_days is not None and not line.usual_days:
            yield found("CTW-081", f"lines.{number}.usual_days", "never", line=number)


@lru_cache(maxsize=256)
def _reach(received_on: date) -> tuple[date, date, date]:
    """The first day and the last one that anybody means, and the last end of a period."""
    back = figure("entry.months_back", on=received_on)
    last = months_after(received_on, months=figure("entry.months_ahead", on=received_on))
    # The end of a small suspension may lie more than a year after a start that is itself ahead.
    return months_before(received_on, months=back), last, months_after(last, months=back)


def _days(said: Communication) -> Iterator[tuple[str, date]]:
    named = [
        ("first_day", said.first_day),
        ("last_day", said.last_day),
        ("posted_on", said.posted_on),
        ("accident_on", said.accident_on),
    ]
    named += [
        (f"lines.{number}.first_day", line.first_day)
        for number, line in enumerate(said.lines, start=1)
    ]
    return ((field, day) for field, day in named if day is not None)


def _texts(said: Communication) -> Iterator[tuple[str, str, int, int]]:
    on = said.received_on
    causes, detail = figure("entry.longest_text", on=on), figure("entry.longest_detail", on=on)
    needed = said.kind in _WITH_CAUSES or bool(said.causes.strip())
    yield "causes", said.causes, figure("entry.least_text", on=on) if needed else 0, causes
    yield "remarks", said.remarks, 0, figure("entry.longest_remark", on=on)
    yield "section", said.section, 0, figure("entry.longest_section", on=on)
    for field in ("nature_of_work", "weather", "why_impossible"):
        text = str(getattr(said, field))
        least = figure("entry.least_detail", on=on) if text.strip() else 0
        yield field, text, least, detail
    yield "workplace", said.workplace, 0, detail
    for number, line in enumerate(said.lines, start=1):
        yield f"lines.{number}.workplace", line.workplace, 0, detail
        yield f"lines.{number}.circumstances", line.circumstances, 0, causes
