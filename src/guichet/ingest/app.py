"""The hot operations of presenceRegistration v1 as a bare ASGI application.

registerInBulk, the reference data and /health; beside them the door of a worker's own acts, which
his phone sends. Everything else belongs to Django. A call is answered only after the commit that
stores its acts.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Final

import psycopg

from guichet.access.bearer import ENTERPRISE, PROFESSIONAL, Caller, TokenRefused
from guichet.ingest import activities, tokens
from guichet.ingest.gather import Gatherer
from guichet.ingest.keyed_calls import KeyedCalls
from guichet.ingest.lanes import Connection, Full, Lane, Pool, Step, Unavailable
from guichet.ingest.lifeline import end_process
from guichet.ingest.negotiation import refuse_query, settle
from guichet.ingest.numbers import Numbers
from guichet.ingest.own_acts.door import ACTS, HEALTH, OwnDoor
from guichet.ingest.own_acts.storing import OwnActs
from guichet.ingest.own_acts.wire import BODY_LIMIT as OWN_BODY_LIMIT
from guichet.ingest.replies import (
    VARY,
    Receive,
    Refusal,
    Reply,
    Scope,
    Send,
    refusal_reply,
    send_reply,
    trace_id,
)
from guichet.ingest.watch import Watch
from guichet.ingest.wording import language_of
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.presence_log import catalogue, keyed, partitions, wire
from guichet.presence_log.acts import Judged, breach_problem, judged
from guichet.presence_log.answers import answer
from guichet.presence_log.breaches import SchemaBreach
from guichet.rules.presence import Profile

BASE: Final = "/REST/presenceRegistration/v1"
REGISTER: Final = f"{BASE}/presenceRegistrations/registerInBulk"
_REFERENCE: Final = f"{BASE}/refData/"
_HEALTH: Final = frozenset({"/health", f"{BASE}/health", HEALTH})
_MAY_REGISTER: Final = (ENTERPRISE,)
_MAY_READ: Final = (PROFESSIONAL, ENTERPRISE)
_RETRY_AFTER_SECONDS: Final = 2
_LAST_REQUESTS_SECONDS: Final = 5
_UP: Final = b'{"status":"UP"}'
_DOWN: Final = b'{"status":"DOWN"}'
_NOT_KEPT: Final = (b"cache-control", b"no-store")
_REGISTERED: Final = (_NOT_KEPT, VARY)
_REPLAYED: Final = (*_REGISTERED, (b"idempotency-replayed", b"true"))

_log: Final = logging.getLogger(__name__)


class Gone(Exception):
    """The client hung up before its request was complete."""


class Ingest:
    """One for each process: start it in the event loop that will serve."""

    def __init__(
        self,
        *,
        dsn: str,
        keys_path: Path,
        issuer: str,
        audience: str,
        profile: Profile,
        now: Callable[[], datetime] = clock.now,
        body_limit: int = wire.BODY_LIMIT,
        lanes: int = 2,
        bound: int = 20_000,
        patience: float = 20.0,
        catalogues: Path | None = None,
        own_audience: str = "",
        own_origins: tuple[str, ...] = (),
        on_death: Callable[[], None] = end_process,
    ) -> None:
        """``body_limit`` in bytes; ``bound``: acts that may wait; ``patience``: seconds.

        ``catalogues``: the folder with the translations of refusals; English without.
        ``own_audience``, ``own_origins``: of the tokens for one's own acts, and of the pages that
        may send them; without an audience that door is closed.
        """
        self._profile = profile
        self._catalogues = catalogues
        self._now = now
        self._body_limit = body_limit
        self._patience = patience
        self._tokens = tokens.Tokens(keys_path=keys_path, issuer=issuer, audience=audience)
        self._activities = activities.Activities()
        self._errands = Lane(dsn=dsn, name="errands")
        self._errand = asyncio.Lock()
        self._counting = Lane(dsn=dsn, name="receipts")
        self._numbers = Numbers(lane=self._counting, patience=patience)
        self._gatherer = Gatherer(
            dsn=dsn, lanes=lanes, bound=bound, patience=patience, on_death=on_death
        )
        self._keyed = KeyedCalls(dsn=dsn, patience=patience)
        self._own = OwnDoor(
            keys_path=keys_path,
            issuer=issuer,
            audience=own_audience,
            origins=own_origins,
            store=OwnActs(
                pool=Pool(dsn=dsn, name="own", patience=patience),
                numbers=self._numbers,
                profile=profile,
            ),
        )
        self._own_is_open = bool(own_audience)
        self._watch = Watch(
            dsn=dsn,
            channels={
                tokens.NOTIFICATION: self._tokens.refresh,
                activities.NOTIFICATION: self._activities.refresh,
            },
            on_death=on_death,
        )
        self._inside = 0
        self._closing = False

    async def startup(self) -> None:
        """Read keys, revocations and works; open the log. Raises KeysMissing, psycopg.Error."""
        self._tokens.require_keys()
        await self._watch.start()
        await self._run_errand(self._ensure_partitions, seconds=self._patience)
        self._gatherer.start()

    async def shutdown(self) -> None:
        """Answer what was accepted, then close."""
        self._closing = True
        with suppress(TimeoutError):
            # Requests under way still put their acts; one whose body never ends must not hold us.
            async with asyncio.timeout(_LAST_REQUESTS_SECONDS):
                while self._inside:
                    await asyncio.sleep(0.01)
        await self._gatherer.close()
        await self._keyed.close()
        await self._own.close()
        await self._numbers.close()
        await self._watch.close()
        await self._counting.close()
        await self._errands.close()

    def hot(self, scope: Scope) -> bool:
        """Whether the path is one of ours, whatever the verb."""
        path: str = scope["path"]
        if path == ACTS:
            return self._own_is_open
        return path == REGISTER or path.startswith(_REFERENCE) or path in _HEALTH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. The clock is read first: waiting costs the worker nothing."""
        received_at = self._now()
        headers: dict[bytes, bytes] = dict(scope["headers"])
        trace = trace_id()
        self._inside += 1
        try:
            if scope["path"] == ACTS:
                reply = await self._own_reply(scope, headers, receive, received_at, trace)
            else:
                reply = await self._reply(scope, headers, receive, received_at)
        except Gone:
            return
        except Refusal as refusal:
            reply = self._refused(refusal, headers, trace)
        except Exception as fault:
            # Without the text, which may repeat what was sent.
            _log.error(
                "%s\n%s", type(fault).__name__, "".join(traceback.format_tb(fault.__traceback__))
            )
            reply = self._refused(Refusal(documents.internal_server_error()), headers, trace)
        finally:
            self._inside -= 1
        if scope["path"] == ACTS:
            reply = replace(reply, headers=(*reply.headers, *self._own.sharing(headers)))
        await send_reply(
            reply, send, trace=trace, asked=headers, has_body=scope["method"] != "HEAD"
        )

    def _refused(self, refusal: Refusal, headers: Mapping[bytes, bytes], trace: str) -> Reply:
        language = language_of(headers.get(b"accept-language"))
        return refusal_reply(refusal, trace=trace, language=language, catalogues=self._catalogues)

    async def _reply(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        received_at: datetime,
    ) -> Reply:
        path: str = scope["path"]
        if path == REGISTER:
            settle(scope, headers, methods=("POST",))
            caller = self._caller(headers, _MAY_REGISTER, received_at)
            refuse_query(scope)
            return await self._registered(headers, receive, caller, received_at)
        settle(scope, headers, methods=("GET", "HEAD"))
        if path in _HEALTH:
            return await self._health()
        self._caller(headers, _MAY_READ, received_at)
        refuse_query(scope)
        return _reference(path.removeprefix(BASE), headers)

    async def _own_reply(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        received_at: datetime,
        trace: str,
    ) -> Reply:
        """What a phone sends: the person comes from the token, never from the body."""
        if scope["method"] == "OPTIONS":
            return self._own.preflight(headers)
        settle(scope, headers, methods=("POST",))
        holder = self._own.holder(headers.get(b"authorization"), received_at)
        refuse_query(scope)
        if self._closing:
            raise Refusal(_later())
        body = await _body(headers, receive, OWN_BODY_LIMIT)
        try:
            return await self._own.registered(
                body, holder=holder, received_at=received_at, trace=trace
            )
        except (Full, Unavailable):
            raise Refusal(_later()) from None

    async def _registered(
        self,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        caller: Caller,
        received_at: datetime,
    ) -> Reply:
        if self._closing:
            raise Refusal(_later())
        key = headers.get(b"idempotency-key")
        if key is not None and not keyed.is_key(key):
            raise Refusal(keyed.malformed_key())
        body = await _body(headers, receive, self._body_limit)
        try:
            call = judged(
                body=body,
                received_at=received_at,
                sender=caller.channel,
                profile=self._profile,
                activity_of=self._activities.of,
            )
        except SchemaBreach as breach:
            raise Refusal(breach_problem(breach)) from None
        try:
            if call.acts:
                await self._numbers.give(call.acts)
            if key is not None:
                return await self._stored_once(call, body, key.decode("ascii"), caller)
            return await self._stored(call)
        except (Full, Unavailable):
            raise Refusal(_later()) from None

    async def _stored(self, call: Judged) -> Reply:
        if not call.acts:
            return Reply(200, answer(call), headers=_REGISTERED)
        done = self._gatherer.put(call.acts)
        body = answer(call)  # while PostgreSQL works
        unstored = await done
        if unstored:
            body = answer(call, unstored=unstored)
        return Reply(200, body, headers=_REGISTERED)

    async def _stored_once(self, call: Judged, body: bytes, key: str, caller: Caller) -> Reply:
        try:
            kept = await self._keyed.store(
                call=keyed.KeyedCall(
                    client_id=caller.client_id,
                    key=key,
                    body=body,
                    answer=answer(call),
                    acts=call.acts,
                    now=call.received_at,
                ),
                answer_without=lambda unstored: answer(call, unstored=unstored),
            )
        except keyed.KeyReused:
            raise Refusal(keyed.reused_key()) from None
        return Reply(200, kept.answer, headers=_REPLAYED if kept.replayed else _REGISTERED)

    def _caller(
        self, headers: Mapping[bytes, bytes], suffixes: tuple[str, ...], now: datetime
    ) -> Caller:
        try:
            return self._tokens.caller(
                authorization=headers.get(b"authorization"),
                suffixes=suffixes,
                now=now.timestamp(),
            )
        except TokenRefused as refused:
            challenge = refused.www_authenticate.encode("latin-1")
            raise Refusal(refused.problem, (b"www-authenticate", challenge)) from None

    async def _health(self) -> Reply:
        try:
            if self._closing:
                raise Unavailable
            await self._run_errand(_question, seconds=2)
        except (Unavailable, psycopg.Error):
            down = HTTPStatus.SERVICE_UNAVAILABLE.value
            return Reply(down, _DOWN, headers=(_NOT_KEPT,))
        return Reply(200, _UP, headers=(_NOT_KEPT,))

    async def _run_errand(self, step: Step[None], *, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        async with self._errand:
            await self._errands.run(step, until=until)

    async def _ensure_partitions(self, connection: Connection) -> None:
        now = self._now()
        await partitions.aensure_months(
            connection=connection,
            first_day=clock.today(now - timedelta(days=1)),
            last_day=clock.today(now + timedelta(days=1)),
        )


def _later() -> documents.Problem:
    return documents.service_unavailable(retry_after_seconds=_RETRY_AFTER_SECONDS)


async def _question(connection: Connection) -> None:
    await connection.execute("SELECT 1")


async def _body(headers: Mapping[bytes, bytes], receive: Receive, limit: int) -> bytes:
    """The whole body; raises Gone, and Refusal 413 without reading further than ``limit``."""
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced[:20]) > limit:
        raise Refusal(documents.payload_too_large(limit_bytes=limit))
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise Refusal(documents.payload_too_large(limit_bytes=limit))
        parts.append(part)
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _reference(path: str, headers: Mapping[bytes, bytes]) -> Reply:
    page = catalogue.PAGES.get(path)
    if page is None:
        raise Refusal(documents.resource_not_found(name="code"))
    kept = (
        (b"etag", page.etag.encode()),
        (b"cache-control", catalogue.CACHE_CONTROL.encode()),
        VARY,
    )
    known = headers.get(b"if-none-match")
    if known is not None and page.is_known_by(known.decode("latin-1")):
        return Reply(HTTPStatus.NOT_MODIFIED.value, b"", headers=kept)
    return Reply(200, page.body, headers=kept)
