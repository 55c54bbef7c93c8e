"""Technical accident, force majeure and strike (CTW-050 to 062, CTW-070).

Source: Act of 3 July 1978, art. 26 and 49; Royal Decree of 25 November 1991, art. 137 § 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from guichet.rules.temporary_unemployment.accident import accident_days, last_day_unwarned
from guichet.rules.temporary_unemployment.communication import Communication, Known
from guichet.rules.temporary_unemployment.faults import Fault, Repair, Way
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.findings import Count, found
from guichet.rules.temporary_unemployment.force_majeure import last_day_covered
from guichet.rules.temporary_unemployment.strike import days_late


def nature_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-050 to CTW-052 and CTW-055: the nature of an accident."""
    if said.accident_on is None:
        yield found("CTW-050", "accident_on", "missing")
        return
    if said.accident_on > said.received_on:
        yield found("CTW-050", "accident_on", day=said.accident_on)
        return
    days = accident_days(said.accident_on, calendar=known.calendar)
    if said.received_on > days.nature_by:
        yield found("CTW-051", "accident_on", last=days.nature_by)
    if said.first_day is None:
        yield found("CTW-012", "first_day", "start")
        return
    if said.first_day < days.suspension_from:
        yield found(
            "CTW-052",
            "first_day",
            repair=Repair(Way.START_ON, days.suspension_from),
            wage_until=days.wage.last_day,
        )
    last = last_day_unwarned(said.first_day)
    if said.last_day is not None and said.last_day > last:
        yield found("CTW-055", "last_day", repair=Repair(Way.END_ON, last), last=last)


def list_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-053 and CTW-054: the list of workers after an accident."""
    if said.nature_ticket not in known.nature_tickets:
        yield found("CTW-054", "nature_ticket")
        return
    happened = known.accident_on or said.accident_on
    if happened is None:
        return
    last = accident_days(happened, calendar=known.calendar).list_by
    if said.received_on > last:
        yield found("CTW-053", "lines", last=last)


def force_majeure_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-060 and CTW-061: the reason and the period, three months at most."""
    if not said.causes.strip():
        yield found("CTW-060", "causes")
    for field, day in (("first_day", said.first_day), ("last_day", said.last_day)):
        if day is None:
            yield found("CTW-060", field, "period")
    if said.period is None:
        return
    last = last_day_covered(said.period.first_day)
    if said.period.last_day > last:
        months = figure("force_majeure.months", on=said.period.first_day)
        repair = Repair(Way.SPLIT_ON, last + timedelta(days=1))
        yield found("CTW-061", "last_day", repair=repair, limit=Count(months, "month"), last=last)


def strike_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-070: what must be answered; CTW-071 tells how many days late it is."""
    if not said.causes.strip():
        yield found("CTW-070", "causes")
    for number, line in enumerate(said.lines, start=1):
        if not (line.workplace.strip() or said.workplace.strip()):
            yield found("CTW-070", f"lines.{number}.workplace", "workplace", line=number)
        if line.in_striking_unit is None:
            yield found("CTW-070", f"lines.{number}.in_striking_unit", "unit", line=number)
        if line.first_day is None:
            yield found("CTW-012", f"lines.{number}.first_day", "line", line=number)
            continue
        late = days_late(line.first_day, sent_at=said.received_at)
        if late:
            field = f"lines.{number}.first_day"
            yield found("CTW-071", field, line=number, days=Count(late, "day"))
