"""The hot operations as plain Django views: the reference that the ingest is held against.

Same types, same rules, same rows, same answers; one transaction a call instead of group commit.
They serve where the ingest is switched off, and in the contract tests.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from guichet.access.bearer import ENTERPRISE, PROFESSIONAL
from guichet.access.guard import CallerRequest, token_required
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.db import savepoint, transaction
from guichet.platform.problems import JSON, ProblemRaised, only_query, problems
from guichet.presence_log import answers, catalogue, keyed, record, wire
from guichet.presence_log.acts import Judged, NewAct, breach_problem, judged
from guichet.presence_log.breaches import SchemaBreach
from guichet.rules.presence import Profile

DEFAULT_ACTIVITY: Final = "cleaning"
_ACTIVITY: Final = "SELECT activity FROM works_site WHERE reference = %(reference)s"


@problems(methods=("POST",))
@token_required((ENTERPRISE,))
def register_in_bulk(request: CallerRequest) -> HttpResponse:
    """POST /presenceRegistrations/registerInBulk"""
    received_at = clock.now()
    only_query(request)
    key = request.headers.get("Idempotency-Key")
    if key is not None and not keyed.is_key(key.encode("utf-8", "replace")):
        raise ProblemRaised(keyed.malformed_key())
    body = body_of(request)
    try:
        call = judged(
            body=body,
            received_at=received_at,
            sender=request.caller.channel,
            profile=profile(),
            activity_of=activities(),
        )
    except SchemaBreach as breach:
        raise ProblemRaised(breach_problem(breach)) from None
    headers = {"Cache-Control": "no-store"}
    with transaction():
        record.number_from(connection=_psycopg(), acts=call.acts)
        if key is None:
            content = answers.answer(call, unstored=_stored(call))
        else:
            kept = _kept(request.caller.client_id, key, body, call)
            content = kept.answer
            if kept.replayed:
                headers["Idempotency-Replayed"] = "true"
    return HttpResponse(content, content_type=JSON, headers=headers)


@problems(methods=("GET",))
@token_required((PROFESSIONAL, ENTERPRISE))
def reference_data(request: CallerRequest, what: str) -> HttpResponse:
    """GET /refData/remarks, /refData/activities, and one code of either"""
    only_query(request)
    page = catalogue.PAGES.get(f"/refData/{what}")
    if page is None:
        raise ProblemRaised(documents.resource_not_found(name="code"))
    headers = {"ETag": page.etag, "Cache-Control": catalogue.CACHE_CONTROL}
    if page.is_known_by(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(page.body, content_type=JSON, headers=headers)


@problems(methods=("GET",))
def health(request: HttpRequest) -> HttpResponse:
    """GET /health: no token, no internals"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _health("DOWN", 503)
    return _health("UP", 200)


def _health(word: str, status: int) -> HttpResponse:
    body = f'{{"status":"{word}"}}'.encode()
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(body, status=status, content_type=JSON, headers=headers)


def body_of(request: HttpRequest) -> bytes:
    """The bytes of a call; raises ProblemRaised 413."""
    body = request.body
    if len(body) > wire.BODY_LIMIT:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=wire.BODY_LIMIT))
    return body


def profile() -> Profile:
    """How strictly this installation judges."""
    environment = settings.ENVIRONMENT
    return Profile(site_ref_strict=environment.site_ref_strict, ssin_strict=environment.ssin_strict)


def activities() -> Callable[[str], str]:
    """Works reference -> activity, each asked once; the ingest keeps them all in memory."""
    known: dict[str, str] = {}

    def activity_of(reference: str) -> str:
        if reference not in known:
            with connection.cursor() as cursor:
                cursor.execute(_ACTIVITY, {"reference": reference})
                found = cursor.fetchone()
            known[reference] = found[0] if found else DEFAULT_ACTIVITY
        return known[reference]

    return activity_of


def _kept(client_id: str, key: str, body: bytes, call: Judged) -> keyed.Kept:
    wanted = keyed.KeyedCall(
        client_id=client_id,
        key=key,
        body=body,
        answer=answers.answer(call),
        acts=call.acts,
        now=call.received_at,
    )
    try:
        return keyed.record_keyed(connection=_psycopg(), call=wanted)
    except keyed.KeyReused:
        raise ProblemRaised(keyed.reused_key()) from None


def _stored(call: Judged) -> frozenset[int]:
    """Store the acts; the receipts of those that PostgreSQL refused."""
    return frozenset(act.receipt for act in _refused_by_database(call.acts))


def _refused_by_database(acts: Sequence[NewAct]) -> list[NewAct]:
    """Halve until the bad row is alone: its neighbours are stored."""
    if not acts:
        return []
    try:
        with savepoint():
            record.record(connection=_psycopg(), acts=acts)
    except (psycopg.DataError, psycopg.IntegrityError):
        if len(acts) == 1:
            return list(acts)
        half = len(acts) // 2
        return _refused_by_database(acts[:half]) + _refused_by_database(acts[half:])
    return []


def _psycopg() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)
