"""The eleven reasons: for whom they are, under which code they are declared, what they ask for.

Source: Act of 3 July 1978; instructions of the social risk declaration, scenario 5 (natures 5.1 to
5.11, risks 001 to 008; 009 to 011 from memory); Royal Decree of 25 November 1991, art. 137 § 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from guichet.kernel.verdict import LegalSource
from guichet.rules.temporary_unemployment.kinds import Category, Kind, Reason

FIRST_DAY_REASONS: Final = (
    Reason.ECONOMIC,
    Reason.WHITE_COLLAR,
    Reason.ACCIDENT,
    Reason.WEATHER,
)
"""Reasons whose first effective day of each month is communicated."""

_WHITE_COMMITTEES: Final = "2"
STUDENT_MONTHS: Final = (7, 8, 9)
"""The months in which somebody who finished his studies may be a student without work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """``nature``: code of a day in the monthly declaration; ``risk``: sub-type chosen in it.

    ``kinds``: what is communicated, in the order in which it is sent; none for a reason that only
    needs the monthly declaration. ``committees``: the only ones that know the reason, else none.
    """

    nature: str
    risk: str
    risk_is_verified: bool
    for_blue: bool
    for_white: bool
    kinds: tuple[Kind, ...]
    source: LegalSource
    committees: tuple[str, ...] = ()


def may_be_used(*, reason: Reason, category: Category, committee: str = "") -> bool:
    """Whether a worker of this quality can be without work for this reason.

    Apprentices and students go with both; ``committee``: ``120`` or ``120.01``, empty when unknown.
    """
    row = ROWS[reason]
    if committee and row.committees and committee.partition(".")[0] not in row.committees:
        return False
    match category:
        case Category.BLUE:
            return row.for_blue
        case Category.WHITE:
            return row.for_white
        case Category.APPRENTICE | Category.STUDENT:
            return True


def usual_category(
    *, reason: Reason, committee: str = "", level: Category | None = None
) -> Category:
    """The quality of workers of whom none is told: the level, else who the committee is for.

    Only the committees of the 200 series are for white collars alone; elsewhere the reason tells.
    """
    if level is not None:
        return level
    is_white = reason is Reason.WHITE_COLLAR or committee.strip().startswith(_WHITE_COMMITTEES)
    return Category.WHITE if is_white else Category.BLUE


def is_communicated(reason: Reason) -> bool:
    """Whether anything at all is communicated for this reason (CTW-032 where not)."""
    return bool(ROWS[reason].kinds)


def takes(*, reason: Reason, kind: Kind) -> bool:
    """Whether this kind of communication exists for this reason."""
    return kind in ROWS[reason].kinds


def reason_of_nature(nature: str) -> Reason | None:
    """The reason of a day code, ``5.1`` for instance; None for an unknown one."""
    return next((reason for reason, row in ROWS.items() if row.nature == nature), None)


def _act(article: str) -> LegalSource:
    return LegalSource("Act of 3 July 1978", article)


def _row(
    nature: int,
    source: LegalSource,
    *kinds: Kind,
    blue: bool = True,
    white: bool = True,
    committees: tuple[str, ...] = (),
) -> ReasonRow:
    return ReasonRow(
        nature=f"5.{nature}",
        risk=f"{nature:03d}",
        risk_is_verified=nature <= 8,
        for_blue=blue,
        for_white=white,
        kinds=kinds,
        source=source,
        committees=committees,
    )


ROWS: Final[Mapping[Reason, ReasonRow]] = MappingProxyType(
    {
        Reason.ECONOMIC: _row(1, _act("art. 51"), Kind.EXPECTED, Kind.FIRST_DAY, white=False),
        Reason.WEATHER: _row(2, _act("art. 50"), Kind.FIRST_DAY, white=False),
        Reason.ACCIDENT: _row(
            3,
            _act("art. 49"),
            Kind.ACCIDENT_NATURE,
            Kind.ACCIDENT_LIST,
            Kind.FIRST_DAY,
            white=False,
        ),
        Reason.FORCE_MAJEURE: _row(4, _act("art. 26"), Kind.FORCE_MAJEURE),
        Reason.MEDICAL: _row(5, _act("art. 26")),
        Reason.ANNUAL_CLOSURE: _row(6, _act("art. 28, 1°")),
        Reason.EXTRA_CLOSURE: _row(
            7, LegalSource("Collective agreement of the sector"), committees=("120", "324")
        ),
        Reason.REST_CLOSURE: _row(8, LegalSource("Royal Decree of 25 November 1991")),
        Reason.STRIKE: _row(
            9, LegalSource("Royal Decree of 25 November 1991", "art. 73 and 137, § 6"), Kind.STRIKE
        ),
        Reason.PROTECTED: _row(10, LegalSource("Act of 19 March 1991", "art. 5")),
        Reason.WHITE_COLLAR: _row(
            11,
            _act("art. 77/1 to 77/7"),
            Kind.DIFFICULTY,
            Kind.EXPECTED,
            Kind.FIRST_DAY,
            blue=False,
        ),
    }
)
