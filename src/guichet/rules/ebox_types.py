"""Kinds of message of the e-Box: titles in four languages, validity, who may see them.

They stand in ``catalogues/ebox_message_types.yaml``, where an institution adds its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from guichet.kernel.label import Label
from guichet.rules import yaml_text
from guichet.rules.ebox import Validity


class MalformedTypes(ValueError):
    """The catalogue of message types has a gap."""


@dataclass(frozen=True, slots=True)
class MessageType:
    """``service``: the right that a user of an enterprise must hold, at level 2 only.

    ``is_answered``: the recipient may answer in the e-Box.
    """

    code: str
    title: Label
    validity: Validity
    level: int
    service: str
    is_required: bool
    is_registered: bool
    is_answered: bool = False


def read(text: str) -> dict[str, MessageType]:
    """The types of a catalogue in YAML, in its order; raises MalformedTypes."""
    try:
        return {code: _type(code, fields) for code, fields in yaml_text.plain(text).items()}
    except (KeyError, TypeError, ValueError) as gap:
        raise MalformedTypes(str(gap)) from gap


def _type(code: str, fields: dict[str, Any]) -> MessageType:
    level, service = int(fields.get("level", 1)), str(fields.get("service", ""))
    if level not in (1, 2) or (level == 2) != bool(service):
        raise ValueError(f"{code}: level 2 has a service, level 1 has none")
    return MessageType(
        code=code,
        title=Label(**fields["title"]),
        validity=Validity.parse(fields["validity"]),
        level=level,
        service=service,
        is_required=bool(fields.get("required", False)),
        is_registered=bool(fields.get("registered", False)),
        is_answered=bool(fields.get("answered", False)),
    )


TYPES: Final[Mapping[str, MessageType]] = MappingProxyType(
    read(files("guichet.rules").joinpath("catalogues/ebox_message_types.yaml").read_text("utf-8"))
)
