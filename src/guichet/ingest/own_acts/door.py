"""POST /REST/checkInOut/v1/acts/register: a person's token, a lot of acts, an outcome for each."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from guichet.access import personal_tokens
from guichet.access.bearer import TokenRefused, revoked
from guichet.access.keys import current_keys
from guichet.ingest.own_acts.judging import Decision
from guichet.ingest.own_acts.storing import Call, OwnActs, UnknownHolder
from guichet.ingest.own_acts.wire import Answer, Outcome, Reason, decoded
from guichet.ingest.replies import Header, Refusal, Reply

BASE: Final = "/REST/checkInOut/v1"
ACTS: Final = f"{BASE}/acts/register"
HEALTH: Final = f"{BASE}/health"
_PREFLIGHT: Final[tuple[Header, ...]] = (
    (b"access-control-allow-methods", b"POST"),
    (b"access-control-allow-headers", b"Authorization, Content-Type"),
    (b"access-control-max-age", b"600"),
)
_HEADERS: Final[tuple[Header, ...]] = ((b"cache-control", b"no-store"),)


class OwnDoor:
    """Who holds the token, and what becomes of his acts."""

    def __init__(
        self,
        *,
        keys_path: Path,
        issuer: str,
        audience: str,
        origins: tuple[str, ...],
        store: OwnActs,
    ) -> None:
        """``origins``: those from which pages may call, of the portal."""
        self._keys_path = keys_path
        self._issuer = issuer
        self._audience = audience
        self._origins = frozenset(origin.encode("ascii") for origin in origins)
        self._store = store

    def sharing(self, headers: Mapping[bytes, bytes]) -> tuple[Header, ...]:
        """The CORS headers of any answer: for the portal's origin exactly, else none."""
        origin = headers.get(b"origin")
        if origin is None or origin not in self._origins:
            return ((b"vary", b"Origin"),)
        return (
            (b"vary", b"Origin"),
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", b"Retry-After, BelGov-Trace-Id"),
        )

    def preflight(self, headers: Mapping[bytes, bytes]) -> Reply:
        """The answer to OPTIONS (Fetch standard §4.8); another origin is told nothing."""
        if len(self.sharing(headers)) == 1:
            return Reply(204, b"", headers=_HEADERS)
        return Reply(204, b"", headers=(*_HEADERS, *_PREFLIGHT))

    def holder(self, authorization: bytes | None, now: datetime) -> personal_tokens.Holder:
        """The person of the token; raises Refusal 401 or 403."""
        try:
            return personal_tokens.verify(
                authorization=None if authorization is None else authorization.decode("latin-1"),
                keys=current_keys(self._keys_path),
                issuer=self._issuer,
                audience=self._audience,
                now=now.timestamp(),
            )
        except TokenRefused as refused:
            raise _refusal(refused) from None

    async def registered(
        self,
        body: bytes,
        *,
        holder: personal_tokens.Holder,
        received_at: datetime,
        trace: str,
    ) -> Reply:
        """One outcome an act. Raises Refusal, Full, Unavailable."""
        lot = decoded(body)
        call = Call(holder.pseudonym, lot.acts, received_at, trace)
        try:
            decisions = await self._store.store(call)
        except UnknownHolder:
            raise _refusal(revoked()) from None
        answer = Answer([_outcome(one, received_at) for one in decisions])
        return Reply(200, msgspec.json.encode(answer), headers=_HEADERS)

    async def close(self) -> None:
        """Close the connections."""
        await self._store.close()


def _refusal(refused: TokenRefused) -> Refusal:
    challenge = refused.www_authenticate.encode("latin-1")
    return Refusal(refused.problem, (b"www-authenticate", challenge))


def _outcome(decision: Decision, received_at: datetime) -> Outcome:
    kept = decision.kept
    if kept is None:
        reasons = [Reason(str(one), getattr(one, "description", "")) for one in decision.reasons]
        return Outcome(decision.act.key, "refused", received_at, reasons=reasons)
    return Outcome(
        decision.act.key,
        "created" if decision.is_made else "known",
        received_at,
        receipts=[act.number for act in kept.acts],
        cancelled=[act.number for act in kept.acts if act.is_cancelled],
    )
