"""REST presenceCheck v1: would this be accepted, and with which remarks? Nothing is stored.

Ours: the public services have no such operation. Shapes are those of
contracts/presenceCheck-v1.yaml. Every question leaves a trace for the person asked about.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from msgspec import Meta

from guichet.access.bearer import ENTERPRISE, Caller
from guichet.access.guard import CallerRequest, token_required
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import api, reference
from guichet.eservices.presence.days import operations, words
from guichet.eservices.presence.days.operations import Sender
from guichet.eservices.presence.dry_run import acts
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, decoded, only_query, problems
from guichet.platform.routes import public
from guichet.presence_log import wire
from guichet.presence_log.acts import NewAct, breach_problem, judged
from guichet.presence_log.breaches import SchemaBreach
from guichet.rules.presence_checks import Outcome
from guichet.rules.remarks import REMARKS

BASE: Final = "/REST/presenceCheck/v1"
CONTRACT: Final = "presenceCheck-v1.yaml"
_DAY_CODE: Final = "error.checkin-at-work."
Text = Annotated[str, Meta(max_length=80)]


class _Day(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    day: date
    works_reference: Text
    ssin: wire.Ssin | None = None
    limosa_number: Text | None = None
    employer: wire.Employer | None = None
    custom_reference: Annotated[str, Meta(max_length=5_000)] | None = None


class _Days(msgspec.Struct, forbid_unknown_fields=True):
    items: Annotated[list[_Day], Meta(min_length=1, max_length=wire.MAX_ITEMS)]


class _Reason(msgspec.Struct, rename="camel"):
    error_code: str
    error_description: str


class _Remark(msgspec.Struct):
    code: str
    labels: dict[str, str]


class _Foreseen(msgspec.Struct, rename="camel", omit_defaults=True):
    accepted: bool
    validity: str | None = None
    errors: list[_Reason] = msgspec.field(default_factory=list)
    remarks: list[_Remark] = msgspec.field(default_factory=list)


class _Answer(msgspec.Struct):
    items: list[_Foreseen]


@problems(methods=("POST",))
@token_required((ENTERPRISE,))
def check_acts(request: CallerRequest) -> HttpResponse:
    """POST /acts/check: the body of registerInBulk, judged and not registered."""
    now = clock.now()
    only_query(request)
    try:
        call = judged(
            body=reference.body_of(request),
            received_at=now,
            sender=request.caller.channel,
            profile=reference.profile(),
            activity_of=reference.activities(),
        )
    except SchemaBreach as breach:
        raise ProblemRaised(breach_problem(breach)) from None
    seen = acts.foresee(entries=call.entries, sender=_sender(request.caller), now=now)
    told = [entry for entry, one in zip(call.entries, seen, strict=True) if one.outcome]
    _note(request.caller, (act.ssin for act in told if isinstance(act, NewAct)), now)
    items = [
        _foreseen([_Reason(str(why), why.description) for why in one.refusals], one.outcome)
        for one in seen
    ]
    return _json(items)


@problems(methods=("POST",))
@token_required((ENTERPRISE,))
def check_days(request: CallerRequest) -> HttpResponse:
    """POST /days/check: presences of days of Checkin@Work."""
    now = clock.now()
    only_query(request)
    wanted = [_wanted(one) for one in decoded(request, _Days).items]
    seen = operations.foresee(wanted=wanted, sender=_sender(request.caller), now=now)
    _note(request.caller, (one.wanted.ssin or "" for one in seen if one.outcome), now)
    with translation.override("en"):  # descriptions are English, as everywhere in the interface
        items = [
            _foreseen(
                [_Reason(_DAY_CODE + why, str(words.REFUSALS[why])) for why in one.refusals],
                one.outcome,
            )
            for one in seen
        ]
    return _json(items)


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /doc/openapi.yaml"""
    only_query(request)
    return HttpResponse(api.published(CONTRACT), content_type="application/yaml")


def _wanted(one: _Day) -> operations.Wanted:
    employer = one.employer or wire.Employer()
    return operations.Wanted(
        day=one.day,
        works_reference=one.works_reference,
        ssin=one.ssin,
        limosa_number=one.limosa_number,
        enterprise_number=employer.enterprise_number,
        foreign_vat_number=employer.foreign_vat_number,
        custom_reference=one.custom_reference,
    )


def _sender(caller: Caller) -> Sender:
    return Sender("ws", caller.enterprise_number, is_portal=False, technical=caller.channel)


def _foreseen(reasons: list[_Reason], found: Outcome | None) -> _Foreseen:
    if found is None:
        return _Foreseen(accepted=False, errors=reasons)
    return _Foreseen(
        accepted=True,
        validity=found.validity.value,
        remarks=[_Remark(code, REMARKS[code].label.as_mapping()) for code in found.remarks],
    )


def _note(caller: Caller, numbers: Iterable[str], now: datetime) -> None:
    """Whoever was asked about and answered for; a refusal told nothing of anybody."""
    subjects = sorted({number for number in numbers if number})
    if subjects:
        viewer = Actor(kind="client", id=caller.client_id, enterprise=caller.enterprise_number)
        looked_up(
            viewer=viewer, subjects=subjects, purpose="presence.check", channel="rest", now=now
        )


def _json(items: list[_Foreseen]) -> HttpResponse:
    content = msgspec.json.encode(_Answer(items))
    return HttpResponse(content, content_type=JSON, headers={"Cache-Control": "no-store"})
