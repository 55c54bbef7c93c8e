"""Which field an IN must, may and may not carry, for each group of worker types.

Source: glossary of the social-security office, version 2023/3, its blocks and zones.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.rules.dimona.kinds import Group


class Need(StrEnum):
    """What the matrix says of a field."""

    MUST = "must"
    MAY = "may"
    NEVER = "never"


_M, _O, _F = Need.MUST, Need.MAY, Need.NEVER
_COLUMNS: Final = (
    Group.COMMON,
    Group.STUDENT,
    Group.FLEXI_DAY,
    Group.FLEXI_PERIOD,
    Group.OCCASIONAL,
    Group.TRAINEE,
    Group.ARTICLE_17,
    Group.BROADCASTER,
)
# One row a zone, one column a group in the order above.
_ROWS: Final[Mapping[str, tuple[Need, ...]]] = {
    "00024": (_O, _O, _O, _O, _M, _O, _O, _O),  # national number
    "00910": (_M, _M, _M, _M, _M, _M, _M, _M),  # start date
    "00911": (_O, _M, _O, _O, _M, _M, _M, _M),  # end date
    "00777": (_F, _F, _M, _F, _M, _F, _F, _F),  # start hour
    "00778": (_F, _F, _M, _F, _M, _F, _F, _F),  # end hour; horeca by the day: see form.py
    "01135": (_F, _M, _F, _F, _F, _F, _M, _F),  # planned hours
    "01017": (_F, _F, _F, _F, _F, _F, _F, _F),  # planned days; students up to 2016: see form.py
    "00776": (_F, _O, _F, _F, _F, _F, _F, _F),  # workplace of a student
    "01231": (_F, _F, _F, _F, _F, _M, _F, _F),  # small statutes: kind of work
    "00053": (_F, _F, _F, _F, _F, _M, _F, _F),  # small statutes: statute
}
MATRIX: Final[Mapping[tuple[str, Group], Need]] = MappingProxyType(
    {
        (zone, group): need
        for zone, needs in _ROWS.items()
        for group, need in zip(_COLUMNS, needs, strict=True)
    }
)
ZONES: Final = tuple(_ROWS)


def fault(zone: str, need: Need, *, is_given: bool) -> str | None:
    """The anomaly of a field that is missing or not allowed, or None."""
    if need is Need.MUST and not is_given:
        return f"{zone}-001"
    if need is Need.NEVER and is_given:
        return f"{zone}-005"
    return None
