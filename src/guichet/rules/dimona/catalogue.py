"""The catalogue of anomalies: every code that an answer may carry, with its class and its text.

The texts stand in ``catalogues/dimona_anomalies.yaml`` and ``dimona_zones.yaml``. Numbers and
classes: glossary of the social-security office, version 2023/3, annex 30.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from guichet.kernel.label import Label
from guichet.rules import yaml_text


class MalformedCatalogue(ValueError):
    """The catalogue of anomalies has a gap."""


class Class(StrEnum):
    """What an anomaly does: it blocks, or it is remarked and the declaration stands."""

    BLOCKING = "B"
    REMARK = "NP"


class Origin(StrEnum):
    """What makes an anomaly come up.

    MESSAGE: what somebody says. FILE: only a batch file can be wrong in this way. REGISTER: an
    official or a register that is not simulated. PAST: rules that no period can meet any more.
    """

    MESSAGE = "message"
    FILE = "file"
    REGISTER = "register"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One code, ``00778-345``, with its class, its text in four languages and its origin."""

    code: str
    anomaly_class: Class
    label: Label
    origin: Origin


_LISTS: Final = {
    "zones": Origin.MESSAGE,
    "file": Origin.FILE,
    "register": Origin.REGISTER,
    "past": Origin.PAST,
}

# French puts a space that never breaks before its colon.
_COLONS: Final = (("nl", ": "), ("fr", "\u00a0: "), ("de", ": "), ("en", ": "))


def read(*, anomalies: str, zones: str) -> dict[str, Anomaly]:
    """The catalogue out of its two texts in YAML; raises MalformedCatalogue."""
    names: dict[str, dict[str, str]] = yaml_text.plain(zones)
    try:
        found = [
            anomaly
            for fault, fields in yaml_text.plain(anomalies).items()
            for anomaly in _of_fault(fault, fields, names)
        ]
    except (KeyError, TypeError, ValueError) as gap:
        raise MalformedCatalogue(str(gap)) from gap
    if len({anomaly.code for anomaly in found}) != len(found):
        raise MalformedCatalogue("a code stands twice")
    return {anomaly.code: anomaly for anomaly in sorted(found, key=lambda each: each.code)}


def _of_fault(
    fault: str, fields: dict[str, Any], names: dict[str, dict[str, str]]
) -> Iterator[Anomaly]:
    text = fields["text"]
    for word, origin in _LISTS.items():
        for zone in fields.get(word, ()):
            name = names[zone]
            label = Label(**{code: name[code] + colon + text[code] for code, colon in _COLONS})
            yield Anomaly(f"{zone}-{fault}", Class(fields["class"]), label, origin)


def _text(name: str) -> str:
    return files("guichet.rules").joinpath("catalogues", name).read_text(encoding="utf-8")


ANOMALIES: Final[Mapping[str, Anomaly]] = MappingProxyType(
    read(anomalies=_text("dimona_anomalies.yaml"), zones=_text("dimona_zones.yaml"))
)
