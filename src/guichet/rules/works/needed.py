"""Whether works must be declared, and whether people on the site must register, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict
from guichet.rules.dated import UnknownParameter, switch, whole
from guichet.rules.works.declared import MEAT

_IMMOVABLE: Final = LegalSource("Act of 27 June 1969", "art. 30bis, \N{SECTION SIGN} 7")
_MEAT: Final = LegalSource("Programme Act of 10 August 2015")
_PRESENCES: Final = LegalSource("Royal Decree of 11 February 2014")
_CLEANING: Final = LegalSource("Programme Act of 26 December 2022", "art. 22 to 48")
_GUARDING: Final = LegalSource("Royal Decree of 17 July 2013")


@dataclass(frozen=True, slots=True)
class Amounts:
    """One contract of a site: cents without VAT, and its subcontractors at any depth."""

    cents: int
    subcontractors: int


def needed(*, sector: int, amounts: Amounts, on: date) -> Verdict[bool]:
    """Whether a declaration is needed for works that begin on a day; both bounds are included.

    Source: Act of 27 June 1969, art. 30bis, par. 7, as the office's pages explain it: exempt
    below 30 000 euro without subcontractor, and below 5 000 euro with exactly one. For meat every
    amount is declared: presences there need the number of a site whatever the amount.
    """
    alone = whole("presence.declaration.threshold", on=on)
    with_one = whole("presence.declaration.threshold_one_subcontractor", on=on)
    cents, count = amounts.cents, amounts.subcontractors
    if sector == MEAT:
        return _answer(True, "works.needed.meat", _MEAT)
    if count == 0:
        key = "works.needed.amount" if cents >= alone else "works.exempt.amount"
        return _answer(cents >= alone, key, _IMMOVABLE, cents=cents, bound=alone)
    if count == 1:
        key = "works.needed.one" if cents >= with_one else "works.exempt.one"
        return _answer(cents >= with_one, key, _IMMOVABLE, cents=cents, bound=with_one)
    return _answer(True, "works.needed.several", _IMMOVABLE, count=count)


def obliged(
    *, activity: str, sector: int, contracts: Iterable[Amounts], begun_on: date
) -> Verdict[bool]:
    """Whether everybody on a site must register, with all its contracts together.

    ``begun_on``: the first day of the first contract, by which the bound is chosen. Construction
    is obliged strictly above the bound. Source: Royal Decree of 11 February 2014; parameters
    ``presence.construction.threshold``, ``presence.cleaning.threshold_follows_declaration``.
    """
    every = tuple(contracts)
    if activity == "construction":
        return _of_construction(sum(one.cents for one in every), begun_on)
    if activity == "meat":
        return _answer(True, "works.obliged.meat", _MEAT)
    if activity == "cleaning":
        return _of_cleaning(sector, every, begun_on)
    return _answer(False, "works.free.activity", _GUARDING)


def _of_construction(total: int, begun_on: date) -> Verdict[bool]:
    try:
        bound = whole("presence.construction.threshold", on=begun_on)
    except UnknownParameter:
        return _answer(False, "works.free.before", _PRESENCES)
    is_above = total > bound
    key = "works.obliged.above" if is_above else "works.free.notAbove"
    return _answer(is_above, key, _PRESENCES, cents=total, bound=bound)


def _of_cleaning(sector: int, every: tuple[Amounts, ...], begun_on: date) -> Verdict[bool]:
    try:
        follows = switch("presence.cleaning.threshold_follows_declaration", on=begun_on)
    except UnknownParameter:
        # Works that began before the duty are subject to it since it exists.
        follows = True
    if not follows:
        return _answer(True, "works.obliged.cleaning", _CLEANING)
    is_needed = any(needed(sector=sector, amounts=one, on=begun_on).outcome for one in every)
    key = "works.obliged.cleaning" if is_needed else "works.free.small"
    return _answer(is_needed, key, _CLEANING)


def _answer(outcome: bool, key: str, source: LegalSource, **inputs: object) -> Verdict[bool]:
    return Verdict(outcome, (Finding(key, Severity.INFORM, source, inputs),))
