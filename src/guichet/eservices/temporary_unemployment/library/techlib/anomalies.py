"""The list of anomalies: each code with its weight, its sentences and its law, from the rules."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment.library.tables import said
from guichet.kernel.label import Label
from guichet.kernel.verdict import LegalSource, Severity
from guichet.rules.temporary_unemployment.findings import CATALOGUE

SEVERITIES: Final[dict[Severity, Any]] = {
    Severity.BLOCK: _("Blocks"),
    Severity.WARN: _("Warns"),
    Severity.INFORM: _("Informs"),
}
LOOKS: Final[dict[Severity, str]] = {
    Severity.BLOCK: "refused",
    Severity.WARN: "warning",
    Severity.INFORM: "registered",
}
_LEFT_OUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """``sentences``: what is said, with a mark where a day or a number is filled in."""

    code: str
    severity: Severity
    sentences: tuple[str, ...]
    source: LegalSource


class _Marks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _LEFT_OUT


def anomalies(severity: str = "") -> tuple[Anomaly, ...]:
    """Every anomaly by its code, or those of one weight."""
    return tuple(
        Anomaly(
            code=code,
            severity=known.severity,
            sentences=tuple(said(one).format_map(_Marks()) for one in _sentences()[code]),
            source=known.source,
        )
        for code, known in sorted(CATALOGUE.codes.items())
        if not severity or known.severity.value == severity
    )


@cache
def _sentences() -> dict[str, tuple[Label, ...]]:
    found: dict[str, list[Label]] = defaultdict(list)
    for key, label in CATALOGUE.sentences.items():
        found[key.partition(".")[0]].append(label)
    return {code: tuple(labels) for code, labels in found.items()}
