"""Joint committees: the codes that exist, how they are written, and for whom they are.

The codes stand in the parameter ``career_break.committees``. Official labels come with the register
of enterprises; ``LABELS`` holds ours for the committees that it lacks. Blue collars are in
1xx, white collars in 2xx, both in 3xx; 999 stands for no committee.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from guichet.kernel.label import Label
from guichet.rules import dated, yaml_text

NONE: Final = "999"
_FORM: Final = re.compile(r"\A\s*([0-9]{3})(?:\.?([0-9]{2}))?\s*\Z")


class UnknownCommittee(ValueError):
    """Not a code of a joint committee, or of none that exists on that day."""


class Collar(StrEnum):
    """The code of a worker: blue collar or white collar."""

    BLUE = "blue"
    WHITE = "white"


@dataclass(frozen=True, slots=True, order=True)
class Committee:
    """``code``: ``121``, or ``322.01`` for a sub-committee."""

    code: str

    @classmethod
    def parse(cls, text: str, *, on: date) -> Committee:
        """Read ``121``, ``121.00``, ``322.01`` or ``32201``; raises UnknownCommittee."""
        found = _FORM.match(text)
        if found is None:
            raise UnknownCommittee("NNN or NNN.NN")
        number, sub = found.groups()
        code = number if sub in (None, "00") else f"{number}.{sub}"
        if code not in _codes(on):
            raise UnknownCommittee(code)
        return cls(code)

    @property
    def printed(self) -> str:
        """``121.00``: the way documents and banners show it."""
        return self.code if "." in self.code else f"{self.code}.00"

    @property
    def collar(self) -> Collar | None:
        """The only kind of worker it is for; None when it is for both."""
        return {"1": Collar.BLUE, "2": Collar.WHITE}.get(self.code[0])

    @property
    def label(self) -> Label | None:
        """Our own label, where the register of enterprises has none."""
        return LABELS.get(self.code)


def committees(*, on: date) -> tuple[Committee, ...]:
    """Every committee that exists on a day, in the order of the codes; 999 is the last one."""
    return tuple(sorted(Committee(code) for code in _codes(on)))


@lru_cache(maxsize=8)
def _codes(on: date) -> frozenset[str]:
    rows = dated.value("career_break.committees", on=on)
    if not isinstance(rows, tuple):
        raise dated.MalformedParameter("career_break.committees is not a list")
    return frozenset(rows)


def _labels() -> dict[str, Label]:
    text = files("guichet.rules").joinpath("catalogues", "joint_committees.yaml").read_text("utf-8")
    return {code: Label(**fields) for code, fields in yaml_text.plain(text).items()}


LABELS: Final[Mapping[str, Label]] = MappingProxyType(_labels())
