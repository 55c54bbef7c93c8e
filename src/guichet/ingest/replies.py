"""Answers on their way out: status, headers, bytes, and the trace that both sides can quote."""

import itertools
import re
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from guichet.ingest.wording import translated
from guichet.kernel.problem import Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

JSON: Final = b"application/json"
PROBLEM: Final = b"application/problem+json"
TRACE: Final = b"belgov-trace-id"
RELATED: Final = b"belgov-related-trace-id"
VARY: Final = (b"vary", b"Accept")
# Echoed into a header and found in logs: harmless signs, and never a bare person's number.
_HARMLESS: Final = re.compile(rb"\A(?!\d{11}\Z)[0-9A-Za-z._-]{1,36}\Z")
# One random UUID for the process, its last twelve digits a counter: unique, and ten times
# cheaper than a random one for each answer. Made at the first use, after any fork.
_traces: "dict[str, itertools.count[int]]" = {}


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send. ``headers`` come on top of type, length and trace."""

    status: int
    body: bytes
    content_type: bytes = JSON
    headers: tuple[Header, ...] = ()


class Refusal(Exception):
    """The call ends here with a problem document."""

    def __init__(self, problem: Problem, *headers: Header) -> None:
        super().__init__(problem.type)
        self.problem = problem
        self.headers = headers


def trace_id() -> str:
    """A new identity, 36 signs in the form of a UUID."""
    if not _traces:
        _traces[str(uuid.uuid4())[:24]] = itertools.count(uuid.uuid4().int & 0xFFFFFFFF)
    [(prefix, numbers)] = _traces.items()
    return f"{prefix}{next(numbers):012x}"


def refusal_reply(
    refusal: Refusal, *, trace: str, language: str = "en", catalogues: Path | None = None
) -> Reply:
    """The problem document of a refusal, with Retry-After where the problem says when.

    Its detail is in ``language`` where the ``catalogues`` (a folder) have it.
    """
    problem = refusal.problem
    detail = translated(problem.detail, language=language, catalogues=catalogues)
    members = replace(problem, detail=detail).as_members(instance=f"urn:uuid:{trace}")
    body = msgspec.json.encode(members)
    headers: list[Header] = [
        (b"cache-control", b"no-store"),
        (b"content-language", language.encode("ascii")),
        (b"vary", b"Accept, Accept-Language"),
        *refusal.headers,
    ]
    retry_after = problem.extras.get("retryAfterSec")
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    return Reply(problem.status, body, PROBLEM, tuple(headers))


async def send_reply(
    reply: Reply, send: Send, *, trace: str, asked: Mapping[bytes, bytes], has_body: bool = True
) -> None:
    """Send it; ``asked`` are the headers of the request, whose trace comes back as related."""
    headers = [
        (b"content-type", reply.content_type),
        (b"content-length", str(len(reply.body)).encode()),
        (TRACE, trace.encode()),
        *reply.headers,
    ]
    related = asked.get(TRACE) or asked.get(RELATED)
    if related and _HARMLESS.match(related):
        headers.append((RELATED, related))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body if has_body else b""})
