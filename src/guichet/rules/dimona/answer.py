"""The answer to a declaration: a letter, anomalies, and what becomes of the period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict
from guichet.rules.dimona.catalogue import ANOMALIES, Class
from guichet.rules.dimona.kinds import WorkerType
from guichet.rules.dimona.message import Times


class Result(StrEnum):
    """The letters of an answer."""

    ACCEPTED = "A"
    ACCEPTED_WITH_REMARK = "W"
    REFUSED = "B"
    WAITING = "S"


@dataclass(frozen=True, slots=True)
class Opened:
    """A period begins."""

    times: Times
    planned_hours: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A period has other days, hours or planned hours; also when an OUT closes it."""

    times: Times
    planned_hours: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A period never was."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A daily registration: a new one, or the one of the message with other hours."""

    times: Times


@dataclass(frozen=True, slots=True)
class RegistrationCancelled:
    """A daily registration is withdrawn."""


Effect = Opened | Changed | Cancelled | Registered | RegistrationCancelled


@dataclass(frozen=True, slots=True)
class Excess:
    """What lies beyond a quota; ``quota`` as in the personnel file: STUDENT, HORECA_WORKER, …"""

    quota: str
    amount: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The letter, the codes of the anomalies, and the effect of what was accepted.

    ``excess`` is for people who are signed in: it tells of work elsewhere.
    """

    result: Result
    anomalies: tuple[str, ...] = ()
    effect: Effect | None = None
    excess: tuple[Excess, ...] = ()


DIMONA: Final = LegalSource("Royal Decree of 5 November 2002", "art. 4 to 9")
GLOSSARY: Final = LegalSource("Glossary of the social-security office, Dimona, version 2023/3")
_SOURCES: Final[Mapping[str, LegalSource]] = MappingProxyType(
    {
        "90373-460": DIMONA,
        "90378-460": DIMONA,
        "00913-181": DIMONA,
        "90017-369": LegalSource("Royal Decree of 28 November 1969", "art. 17, 17bis and 31ter"),
        "90256-369": LegalSource("Royal Decree of 28 November 1969", "art. 31ter"),
        "00910-459": LegalSource("Royal Decree of 28 November 1969", "art. 31ter"),
        "90017-510": LegalSource("Act of 16 November 2015 on various provisions", "art. 4 and 6"),
        "90017-058": LegalSource("Act of 16 November 2015 on various provisions", "art. 4"),
        "90256-155": LegalSource("Act of 27 June 1969", "art. 31bis"),
    }
)
_BLOCKING_QUOTA: Final = frozenset(
    {
        WorkerType.ARTICLE_17_OTHER.value,
        WorkerType.ARTICLE_17_SPORT.value,
        WorkerType.ARTICLE_17_BROADCASTER.value,
    }
)


def blocks(code: str, *, worker_type: str = "") -> bool:
    """Whether an anomaly blocks; a quota does so under article 17 only."""
    if code == "90017-369" and worker_type in _BLOCKING_QUOTA:
        return True
    return ANOMALIES[code].anomaly_class is Class.BLOCKING


def verdict(
    codes: Iterable[str],
    *,
    effect: Effect | None,
    worker_type: str = "",
    excess: tuple[Excess, ...] = (),
    is_waiting: bool = False,
) -> Verdict[Answer]:
    """The answer that these anomalies make of an effect; each code counts once."""
    found = tuple(dict.fromkeys(codes))
    findings = tuple(
        Finding(
            code,
            Severity.BLOCK if blocks(code, worker_type=worker_type) else Severity.WARN,
            _SOURCES.get(code, GLOSSARY),
        )
        for code in found
    )
    if any(finding.severity is Severity.BLOCK for finding in findings):
        return Verdict(Answer(Result.REFUSED, found, None, excess), findings)
    if is_waiting:
        return Verdict(Answer(Result.WAITING, found), findings)
    result = Result.ACCEPTED_WITH_REMARK if found else Result.ACCEPTED
    return Verdict(Answer(result, found, effect, excess), findings)
