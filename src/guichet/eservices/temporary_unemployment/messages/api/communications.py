"""REST ctw v1, communications: receive one, read it, change it, withdraw it."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse

from guichet.access.guard import CallerRequest
from guichet.audit.lookups import looked_up
from guichet.eservices.temporary_unemployment import queries, rights, strangers
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.messages import single
from guichet.eservices.temporary_unemployment.messages.api import calling, findings, wire
from guichet.eservices.temporary_unemployment.messages.api.calling import (
    READERS,
    WRITERS,
    as_json,
    call,
)
from guichet.eservices.temporary_unemployment.messages.single import KeyReused, Once, Received
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.operations import (
    Refused,
    Sender,
    warnings_of_cancellation,
)
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, decoded, issue, only_query
from guichet.presence_log import keyed
from guichet.rules.temporary_unemployment.communication import Communication as Said
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from guichet.rules.temporary_unemployment.offices import office_of_establishment

LARGEST = 8 * 1024 * 1024
MERGE = "application/merge-patch+json"
_PURPOSE = "temporaryUnemployment.communication"


@call("POST", WRITERS)
def send(request: CallerRequest) -> HttpResponse:
    """POST /communications"""
    only_query(request)
    body = decoded(request, wire.Communication, limit=LARGEST)
    received = _received(request, _told(body), confirmed=body.is_confirmed)
    row = _given(request, received.ticket)
    headers = {"Location": _place(row)} | _replayed(received)
    return as_json(_shown(row, received), status=201, headers=headers)


@call("GET", READERS)
def read(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /communications/{ticket}"""
    only_query(request)
    row = _own(request, ticket)
    told = queries.told_of(row)
    looked_up(
        viewer=calling.actor_of(request),
        subjects=list(dict.fromkeys(line.niss for line in told.said.lines)),
        purpose=_PURPOSE,
        channel="rest",
        now=clock.now(),
    )
    return as_json(_shown(row) | {"communication": wire.members_of(told)})


@call("PATCH", WRITERS, accepted=(MERGE, JSON))
def change(request: CallerRequest, ticket: str) -> HttpResponse:
    """PATCH /communications/{ticket}"""
    only_query(request)
    row = _own(request, ticket)
    members = _merged(row, decoded(request, dict[str, Any], limit=LARGEST))
    try:
        body = msgspec.convert(members, wire.Communication)
    except msgspec.ValidationError as fault:
        raise ProblemRaised(documents.bad_request(issues=[issue(str(fault))])) from None
    told = _told(body, changes=row.ticket)
    received = _received(request, told, confirmed=body.is_confirmed)
    new = _given(request, received.ticket)
    headers = {"Location": _place(new)} | _replayed(received)
    return as_json(_shown(new, received), headers=headers)


@call("DELETE", WRITERS)
def withdraw(request: CallerRequest, ticket: str) -> HttpResponse:
    """DELETE /communications/{ticket}"""
    only_query(request)
    row = _own(request, ticket)
    now = clock.now()
    said = Said(
        kind=Kind(row.kind),
        reason=Reason(row.reason),
        received_at=now,
        channel=Channel.REST,
        enterprise=row.employer.number,
    )
    received = _received(request, Told(said=said, cancels=row.ticket))
    row.refresh_from_db()
    faults = warnings_of_cancellation(row)
    shown = _shown(row, received) | {"findings": [findings.of_fault(one) for one in faults]}
    return as_json(shown, headers=_replayed(received))


def _received(request: CallerRequest, told: Told, *, confirmed: bool = False) -> Received:
    sender = Sender(
        actor=calling.actor_of(request),
        channel=Channel.REST,
        sender=request.caller.enterprise_number,
    )
    try:
        return single.communicate(
            told=told, sender=sender, now=told.said.received_at, once=_once(request),
            confirmed=confirmed,
        )  # fmt: skip
    except Refused as refusal:
        if {fault.code for fault in refusal.faults if fault.blocks} == {"CTW-002"}:
            detail = "Not permitted to act for this employer"
            raise ProblemRaised(documents.missing_permission(detail=detail)) from None
        raise ProblemRaised(findings.refused(refusal.faults)) from None
    except KeyReused:
        detail = "This Idempotency-Key was used for another call"
        raise ProblemRaised(documents.unprocessable(detail=detail)) from None


def _told(body: wire.Communication, *, changes: str = "") -> Told:
    try:
        return wire.told_of(
            body, received_at=clock.now(), language=calling.spoken(), changes=changes
        )
    except wire.ReversedDays as fault:
        name = f"excludedPeriods[{fault.index}]"
        found = documents.invalid_period(start=f"{name}.startDate", end=f"{name}.endDate")
        raise ProblemRaised(documents.bad_request(issues=[found])) from None


def _merged(row: Communication, patch: dict[str, Any]) -> dict[str, Any]:
    """The members of a communication with those of a merge patch (RFC 7396) over them."""
    members = wire.members_of(queries.told_of(row))
    return _patched(members, patch)


def _patched(members: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    merged = dict(members)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = _patched(merged[name], value)
        else:
            merged[name] = value
    return merged


def _once(request: CallerRequest) -> Once | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not keyed.is_key(key.encode("utf-8", "replace")):
        raise ProblemRaised(keyed.malformed_key())
    asked = f"{request.method} {request.path}"
    return Once(request.caller.client_id, key, asked, request.body)


def _own(request: CallerRequest, ticket: str) -> Communication:
    """A communication of an employer for whom the caller may act; raises ProblemRaised 404."""
    signs = calling.ticket_of(ticket)
    row = queries.whoevers(ticket=signs)
    if row is not None and _may_see(request, row):
        return row
    strangers.noted(ticket=signs, actor=calling.actor_of(request), channel="rest", now=clock.now())
    raise calling.unknown()


def _given(request: CallerRequest, ticket: str) -> Communication:
    row = queries.whoevers(ticket=ticket)
    if row is None or not _may_see(request, row):
        raise calling.unknown()
    return row


def _may_see(request: CallerRequest, row: Communication) -> bool:
    employer = row.employer.number
    return employer in rights.employers_of(
        mandators=[employer],
        enterprise=request.caller.enterprise_number,
        on=clock.today(clock.now()),
    )


def _place(row: Communication) -> str:
    return calling.place(f"/communications/{row.ticket}")


def _replayed(received: Received) -> dict[str, str]:
    return {"Idempotency-Replayed": "true"} if received.is_repeat else {}


def _shown(row: Communication, received: Received | None = None) -> dict[str, Any]:
    state = queries.shown_state(row, today=clock.today(clock.now()))
    faults = queries.warnings(row) if received is None or not received.faults else received.faults
    found: dict[str, Any] = {
        "ticket": row.ticket,
        "href": _place(row),
        "state": _camel(state.value),
        "receivedAt": row.received_at.isoformat(timespec="milliseconds"),
        "findings": [findings.of_fault(fault) for fault in faults],
    }
    office = office_of_establishment(row.postcode, on=row.told_on)
    if office is not None:
        found["office"] = row.office
    if row.cancellation_ticket:
        found["cancellationTicket"] = row.cancellation_ticket
    if row.changes is not None:
        found["changes"] = row.changes.ticket
    return found


def _camel(code: str) -> str:
    head, *rest = code.split("_")
    return head + "".join(part.capitalize() for part in rest)
