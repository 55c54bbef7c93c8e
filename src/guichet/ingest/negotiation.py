"""What is settled from the request line and the headers before any work: verb, types, query."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from guichet.ingest.replies import Refusal, Scope
from guichet.kernel import problem as documents
from guichet.kernel.problem import In

_ZERO: Final = re.compile(r"q=0(\.0*)?")


def settle(scope: Scope, headers: Mapping[bytes, bytes], *, methods: tuple[str, ...]) -> None:
    """Raises Refusal 405, 406 or 415, in this order."""
    if scope["method"] not in methods:
        problem = documents.method_not_allowed(methods)
        raise Refusal(problem, (b"allow", ", ".join(methods).encode()))
    if not accepts_json(headers.get(b"accept", b"")):
        raise Refusal(documents.not_acceptable())
    if scope["method"] == "POST" and not _is_json(
        headers.get(b"content-type", b""), headers.get(b"content-encoding", b"")
    ):
        raise Refusal(documents.unsupported_media_type())


def refuse_query(scope: Scope) -> None:
    """These operations have no parameters; raises Refusal 400 when some come."""
    query = scope["query_string"]
    if not query:
        return
    names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
    issues = [
        documents.unknown_input(name=documents.harmless_name(name), location=In.QUERY)
        for name in dict.fromkeys(names)
    ]
    if issues:
        raise Refusal(documents.bad_request(issues=issues))


@lru_cache(maxsize=256)
def accepts_json(header: bytes) -> bool:
    """Whether an Accept header takes JSON; none, or one that makes no sense, takes anything.

    The most exact range decides, and a weight of zero refuses (RFC 9110 §12.5.1).
    """
    weights: dict[str, bool] = {}
    for part in header.decode("latin-1").split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            weights[name] = not any(_ZERO.fullmatch(text) for text in parameters)
    if not any("/" in name for name in weights):
        return True
    for wanted in ("application/json", "application/*", "*/*"):
        if wanted in weights:
            return weights[wanted]
    return False


@lru_cache(maxsize=256)
def _is_json(content_type: bytes, encoding: bytes) -> bool:
    plain = encoding.strip().lower() in {b"", b"identity"}
    return plain and content_type.partition(b";")[0].strip().lower() == b"application/json"
