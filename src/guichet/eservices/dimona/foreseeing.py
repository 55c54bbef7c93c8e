"""What the answer to a declaration would be now: decided on the facts, and nothing stored.

What happens until it is sent may still change the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from guichet.eservices.dimona import facts as reading
from guichet.eservices.dimona import wire
from guichet.eservices.dimona.facts import Said
from guichet.eservices.dimona.processing import known_about
from guichet.kernel.verdict import LegalSource, Severity
from guichet.rules.dimona import decision
from guichet.rules.dimona.answer import Result


@dataclass(frozen=True, slots=True)
class Reason:
    """One anomaly with its source; ``blocks``: because of it the declaration is refused."""

    code: str
    blocks: bool
    source: LegalSource


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The letter, the reasons for it, and what lies beyond a quota (quota, amount)."""

    result: Result
    reasons: Sequence[Reason]
    excess: Sequence[dict[str, Any]] = ()

    @property
    def is_refused(self) -> bool:
        """Nothing would be declared."""
        return self.result is Result.REFUSED

    @property
    def codes(self) -> list[str]:
        """The anomalies, in their order."""
        return [reason.code for reason in self.reasons]


def foresee(*, body: wire.Body, sender: str, now: datetime, is_secured: bool = True) -> Foreseen:
    """The answer to a message if it came now; a fixed number of questions, no row changed.

    ``sender``: the enterprise that would send it. Raises wire.NotOneAct.
    """
    message = wire.message_of(body)
    said = Said(0, now, is_secured, sender, message, msgspec.to_builtins(body))
    found = reading.facts([said], now=now, is_deciding=False)
    verdict = decision.decide(message, known_about(said, found))
    answer = verdict.outcome
    return Foreseen(
        answer.result,
        tuple(
            Reason(each.key, each.severity is Severity.BLOCK, each.source)
            for each in verdict.findings
        ),
        tuple({"quota": each.quota, "amount": each.amount} for each in answer.excess),
    )
