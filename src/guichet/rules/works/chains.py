"""What is wrong in a chain of contractors.

An employer of a subcontractor is the declarant or stands earlier in the same message: that makes
every chain a tree. A firm may occur several times, under different employers or on other days.
Source: official glossary 2023/3, SubcontractorEmployerId (90573).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from guichet.kernel.verdict import Severity
from guichet.rules.dated import whole
from guichet.rules.works.declared import Dangerous, Declaration, Link
from guichet.rules.works.finding import Anomaly

EMPLOYER: Final = "90573"


def chain_anomalies(*, declared: Declaration, filed_on: date) -> Iterator[Anomaly]:
    """Everything that is wrong with the order, the days and the repetitions of a chain."""
    most = whole("works.chain.longest", on=filed_on)
    if len(declared.chain) > most:
        yield Anomaly("SubcontractorId-093", "chain", values={"most": most})
        return
    for at, link in enumerate(declared.chain):
        yield from _employer(declared, at)
        yield from _days(declared, at, link, filed_on)
        if link.cents is not None and link.cents < 0:
            yield Anomaly("SubcontractorActivityInfo-008", f"chain.{at}.cents")
        if link.dangerous not in tuple(Dangerous):
            yield Anomaly("DangerousConstrWorkNature-008", f"chain.{at}.dangerous")
    yield from _repeated(declared)


def _employer(declared: Declaration, at: int) -> Iterator[Anomaly]:
    link = declared.chain[at]
    where = f"chain.{at}.employer"
    if link.employer is not None and not 0 <= link.employer < at:
        yield Anomaly(f"{EMPLOYER}-003", where)
        return
    above = (
        declared.declarant
        if link.employer is None
        else declared.chain[link.employer].party.identity
    )
    if link.party.identity and link.party.identity == above:
        yield Anomaly(f"{EMPLOYER}-003", where)


def _days(declared: Declaration, at: int, link: Link, filed_on: date) -> Iterator[Anomaly]:
    first, last = link.first_day, link.last_day
    if first is None:
        yield Anomaly("InterventionStartDate-001", f"chain.{at}.first_day")
        return
    if last is not None and last < first:
        yield Anomaly("InterventionEndDate-014", f"chain.{at}.last_day")
        return
    starts, ends = declared.first_day, declared.last_day
    if (starts and first < starts) or (ends and first > ends):
        yield Anomaly("InterventionStartDate-008", f"chain.{at}.first_day")
    elif last is not None and ends and last > ends:
        yield Anomaly("InterventionEndDate-008", f"chain.{at}.last_day")
    elif first < filed_on and link.known_as is None:
        yield Anomaly("InterventionStartDate-053", f"chain.{at}.first_day", Severity.WARN)


def _repeated(declared: Declaration) -> Iterator[Anomaly]:
    """The same firm for the same employer on the same days is the same intervention."""
    for at, link in enumerate(declared.chain):
        earlier = declared.chain[:at]
        same = (
            one
            for one in earlier
            if one.party.identity == link.party.identity and one.employer == link.employer
        )
        if link.party.identity and any(_overlap(one, link) for one in same):
            yield Anomaly("SubcontractorId-003", f"chain.{at}.number")


def _overlap(one: Link, other: Link) -> bool:
    if one.first_day is None or other.first_day is None:
        return False
    one_last, other_last = one.last_day or date.max, other.last_day or date.max
    return one.first_day <= other_last and other.first_day <= one_last
