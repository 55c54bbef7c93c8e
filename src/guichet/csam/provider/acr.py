"""What a relying party asks by ``acr_values``: a context, and the level that is enough.

Pure. The URNs are those of the federal provider; a value that we do not know is passed over, as
OpenID Connect asks. Several values are alternatives: the lowest of them is enough.
Source: the public onboarding pages of the federal authentication service (levels of assurance).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guichet.rules.assurance import LEVELS

PREFIX: Final = "urn:be:fedict:iam:fas:"
CITIZEN: Final = "citizen"
ENTERPRISE: Final = "enterprise"
_URN: Final = re.compile(rf"\A{re.escape(PREFIX)}(?:(citizen|enterprise):)?Level([0-9]{{3}})\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """``context``: citizen or enterprise; ``level``: one of the six levels."""

    context: str
    level: int


def asked(acr_values: str) -> Asked:
    """What a space-separated list of URNs asks; nothing known asks level 100 of a citizen."""
    contexts: set[str] = set()
    levels: list[int] = []
    for word in acr_values.split():
        match = _URN.match(word)
        if match and int(match[2]) in LEVELS:
            contexts.add(match[1] or CITIZEN)
            levels.append(int(match[2]))
    context = ENTERPRISE if ENTERPRISE in contexts else CITIZEN
    return Asked(context, min(levels, default=LEVELS[0]))


def urn(*, context: str, level: int) -> str:
    """The URN of what was reached."""
    return f"{PREFIX}{context}:Level{level}"


def supported() -> list[str]:
    """Every URN, for the discovery document."""
    plain = [f"{PREFIX}Level{level}" for level in LEVELS]
    named = [urn(context=one, level=level) for one in (CITIZEN, ENTERPRISE) for level in LEVELS]
    return plain + named
