"""Types of workers and joint committees: when a type exists, which goes with which.

Source: glossary of the social-security office, zones 00655 and 00046, version 2023/3. The table of
pairs is ours, derived from what each type is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.rules.dimona.message import Message, Times


class WorkerType(StrEnum):
    """The codes of zone 00655."""

    OTHER = "OTH"
    STUDENT = "STU"
    FLEXI = "FLX"
    OCCASIONAL = "EXT"
    CONSTRUCTION = "BCW"
    CONSTRUCTION_APPRENTICE = "RTA"
    VOCATIONAL_TRAINING = "IVT"
    TRANSITION_INTERNSHIP = "TRI"
    TRAINEE = "STG"
    ALTERNATING = "ALT"
    WITHOUT_DMFA = "DWD"
    ARTICLE_17_OTHER = "O17"
    ARTICLE_17_SPORT = "S17"
    ARTICLE_17_BROADCASTER = "T17"
    MANDATE = "PMP"
    OLD_ARTICLE_17 = "A17"
    QUARANTINED = "QUA"
    TEACHER = "TEA"
    OCCASIONAL_STUDENT = "STX"


class Group(StrEnum):
    """The columns of the matrix of fields."""

    COMMON = "common"
    STUDENT = "student"
    FLEXI_DAY = "flexiDay"
    FLEXI_PERIOD = "flexiPeriod"
    OCCASIONAL = "occasional"
    TRAINEE = "trainee"
    ARTICLE_17 = "article17"
    BROADCASTER = "broadcaster"


_T = WorkerType
# First and last day of the start of a period; None is no bound.
_EXISTS: Final[Mapping[WorkerType, tuple[date | None, date | None]]] = MappingProxyType(
    {
        _T.TRAINEE: (date(2020, 1, 1), None),
        _T.ALTERNATING: (date(2023, 9, 1), None),
        _T.ARTICLE_17_OTHER: (date(2022, 1, 1), None),
        _T.ARTICLE_17_SPORT: (date(2022, 1, 1), None),
        _T.ARTICLE_17_BROADCASTER: (date(2022, 1, 1), None),
        _T.OLD_ARTICLE_17: (None, date(2021, 12, 31)),
        _T.QUARANTINED: (None, date(2022, 12, 31)),
        _T.TEACHER: (None, date(2021, 12, 31)),
        _T.OCCASIONAL_STUDENT: (None, date(2013, 12, 31)),
    }
)
_GROUPS: Final[Mapping[WorkerType, Group]] = MappingProxyType(
    {
        _T.STUDENT: Group.STUDENT,
        _T.OCCASIONAL: Group.OCCASIONAL,
        _T.VOCATIONAL_TRAINING: Group.TRAINEE,
        _T.TRANSITION_INTERNSHIP: Group.TRAINEE,
        _T.TRAINEE: Group.TRAINEE,
        _T.ARTICLE_17_OTHER: Group.ARTICLE_17,
        _T.ARTICLE_17_SPORT: Group.ARTICLE_17,
        _T.ARTICLE_17_BROADCASTER: Group.BROADCASTER,
    }
)
ANY_OTHER: Final = "XXX"
TEMP: Final = "322"
CONSTRUCTION: Final = "124"
HORECA: Final = "302"
COMMITTEES: Final = frozenset(
    {CONSTRUCTION, "140", "144", "145", "149", HORECA, "320", TEMP, ANY_OTHER}
)
USER_COMMITTEES: Final = COMMITTEES - {TEMP}
_OCCASIONAL_IN: Final = frozenset({"144", "145", HORECA, "320"})
_FUNERALS_FROM: Final = date(2019, 4, 1)
_IN_CONSTRUCTION: Final = frozenset(
    {
        _T.CONSTRUCTION,
        _T.CONSTRUCTION_APPRENTICE,
        _T.STUDENT,
        _T.WITHOUT_DMFA,
        _T.VOCATIONAL_TRAINING,
        _T.TRANSITION_INTERNSHIP,
        _T.TRAINEE,
        _T.ALTERNATING,
    }
)
_IN_TEMP_WORK: Final = frozenset(
    {
        _T.OTHER,
        _T.STUDENT,
        _T.FLEXI,
        _T.OCCASIONAL,
        _T.CONSTRUCTION,
        _T.WITHOUT_DMFA,
        _T.VOCATIONAL_TRAINING,
        _T.TRANSITION_INTERNSHIP,
    }
)
# Provincial and local authorities before 2022 (glossary, zone 00655).
_LOCAL_BEFORE_2022: Final = frozenset(
    {
        _T.OLD_ARTICLE_17,
        _T.VOCATIONAL_TRAINING,
        _T.STUDENT,
        _T.TEACHER,
        _T.TRANSITION_INTERNSHIP,
        _T.WITHOUT_DMFA,
        _T.TRAINEE,
        _T.OTHER,
    }
)
_ONLY_PUBLIC: Final = frozenset({_T.TEACHER, _T.MANDATE})
_NEVER_PUBLIC: Final = frozenset({_T.CONSTRUCTION, _T.CONSTRUCTION_APPRENTICE, _T.OCCASIONAL})


def worker_type(code: str) -> WorkerType | None:
    """The type of a code, or None for a code that never existed."""
    return WorkerType(code) if code in WorkerType._value2member_map_ else None


def exists_on(kind: WorkerType, day: date) -> bool:
    """Whether a period of this type may start on a day."""
    first, last = _EXISTS.get(kind, (None, None))
    return (first is None or first <= day) and (last is None or day <= last)


def committee(text: str) -> str:
    """A committee in its short notation: ``302``, ``302.00`` and ``3020000`` are one."""
    digits = text.replace(".", "")
    if len(digits) in (5, 7) and digits.isdigit() and set(digits[3:]) == {"0"}:
        return digits[:3]
    return text.strip().upper()


def group_of(kind: WorkerType | None, times: Times) -> Group:
    """The column of the matrix for a type; a flexi-job with hours, or on one day, is of a day."""
    if kind is _T.FLEXI:
        is_day = times.start_hour or times.end_hour or times.end_date == times.start_date
        return Group.FLEXI_DAY if is_day else Group.FLEXI_PERIOD
    return Group.COMMON if kind is None else _GROUPS.get(kind, Group.COMMON)


def goes_together(message: Message) -> bool:
    """Whether committee and type of an IN agree; both are known codes.

    Source: ours, derived (glossary: anomaly 90374-349); funerals since 1 April 2019.
    """
    kind = WorkerType(message.features.worker_type)
    own = committee(message.features.joint_committee)
    user = message.features.user
    where = committee(user.joint_committee) if own == TEMP and user is not None else own
    if own == TEMP and kind not in _IN_TEMP_WORK:
        return False
    if kind in (_T.CONSTRUCTION, _T.CONSTRUCTION_APPRENTICE):
        return where == CONSTRUCTION or (own == TEMP and not where)
    if kind is _T.OCCASIONAL:
        day = message.times.start_date
        is_early = where == "320" and day is not None and day < _FUNERALS_FROM
        return where in _OCCASIONAL_IN and not is_early
    if kind is _T.ARTICLE_17_BROADCASTER:
        return own == ANY_OTHER
    return own != CONSTRUCTION or kind in _IN_CONSTRUCTION


def is_for_employer(kind: WorkerType, *, is_public: bool, start: date) -> bool:
    """Whether an employer of this sort may declare the type (anomaly 00655-350)."""
    if not is_public:
        return kind not in _ONLY_PUBLIC
    if start < date(2022, 1, 1):
        return kind in _LOCAL_BEFORE_2022
    return kind not in _NEVER_PUBLIC
