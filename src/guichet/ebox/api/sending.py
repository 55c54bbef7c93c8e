"""What a sender does besides publishing: further boxes, proofs, answers, which boxes are open."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse

from guichet.access.guard import CallerRequest, token_required
from guichet.audit.lookups import looked_up
from guichet.documents import queries as papers
from guichet.ebox import linking, registry
from guichet.ebox import replies as answers
from guichet.ebox.api import shared, wire
from guichet.ebox.api.shared import actor_of, coded, not_found, refused, with_code
from guichet.ebox.linking import Outcome, Target, UnknownPublication
from guichet.ebox.models import Publication, Reply
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, decoded, only_query, problems
from guichet.registers.persons.given import issue_of_number

_MOST_REPLIES: Final = 500
_KINDS: Final = ("enterprise", "citizen")


@problems(methods=("POST",))
@token_required(shared.PUBLISH)
@coded
def link(request: CallerRequest) -> HttpResponse:
    """POST /linkEboxMessage"""
    only_query(request)
    wanted = decoded(request, wire.MessageToLink)
    if wanted.sender_organization_id != request.caller.enterprise_number:
        problem = documents.missing_permission(detail="Not a connected sender of this token")
        raise ProblemRaised(with_code(problem, "INVALID_SENDER"))
    _require_sound([one.recipient for one in wanted.recipients], "recipients", "recipient.")
    try:
        outcomes = linking.link(
            sender_number=wanted.sender_organization_id,
            message=_number(wanted.message_id),
            targets=[_target(one) for one in wanted.recipients],
            actor=actor_of(request.caller),
            now=clock.now(),
        )
    except UnknownPublication:
        raise not_found("messageId") from None
    return shared.json({"items": [_outcome(one) for one in outcomes]})


@problems(offered=None)
@token_required(shared.REGISTERED)
@coded
def proof(request: CallerRequest, proof: str) -> HttpResponse:
    """GET /dispatchProofs/{dispatchProofId}; 404 until it is sealed."""
    only_query(request)
    number = request.caller.enterprise_number
    rows = Publication.objects.filter(sender__number=number, proof=proof).exclude(proof="")
    pdf = papers.sealed_pdf(reference=proof) if rows.exists() else None
    if pdf is None:
        raise not_found("dispatchProofId")
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'attachment; filename="proof-of-dispatch.pdf"',
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@problems()
@token_required(shared.PUBLISH)
@coded
def replies(request: CallerRequest) -> HttpResponse:
    """GET /replies?lastSequenceNbr="""
    given = only_query(request, "lastSequenceNbr")
    last = shared.integer(given, "lastSequenceNbr", 0, 0, 2**62)
    number = request.caller.enterprise_number
    rows = answers.to_sender(sender_number=number, number=last, most=_MOST_REPLIES)
    if rows:
        looked_up(
            viewer=actor_of(request.caller),
            subjects=sorted({row.person.niss for row in rows}),
            purpose="ebox.reply",
            channel="rest",
            now=clock.now(),
        )
    told = {
        "items": [_reply(row) for row in rows],
        "lastSequenceNbr": rows[-1].number if rows else last,
    }
    return shared.json(told)


@problems(methods=("POST",))
@token_required(shared.REGISTRY)
@coded
def digital_users(request: CallerRequest) -> HttpResponse:
    """POST /federationRegistry/checkDigitalUsers"""
    only_query(request)
    wanted = decoded(request, wire.UsersAsked)
    _require_sound(wanted.users, "users", "")
    people = [one.id for one in wanted.users if one.ebox_type == "citizen"]
    if people:
        looked_up(
            viewer=actor_of(request.caller),
            subjects=people,
            purpose="ebox.registry",
            channel="rest",
            now=clock.now(),
        )
    found = registry.users(asked=[(one.ebox_type, one.id) for one in wanted.users])
    return shared.json({"items": [_user(one) for one in found]})


def _require_sound(recipients: list[wire.Recipient], name: str, within: str) -> None:
    """Raise ProblemRaised 400 for the kinds and the numbers of persons that cannot be."""
    faults = []
    for at, one in enumerate(recipients):
        place = f"{name}[{at}].{within}"
        if one.ebox_type not in _KINDS:
            fault = documents.schema_violation(
                name=f"{place}eboxType", detail="enterprise or citizen"
            )
            faults.append(fault)
        elif one.ebox_type == "citizen" and (
            wrong := issue_of_number(text=one.id, name=f"{place}id")
        ):
            faults.append(wrong)
    if faults:
        raise refused(*faults)


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise not_found("messageId") from None


def _target(one: wire.Link) -> Target:
    if one.recipient.ebox_type == "citizen":
        return Target(one.reference, niss=one.recipient.id)
    return Target(one.reference, enterprise_number=one.recipient.id)


def _outcome(one: Outcome) -> dict[str, Any]:
    if one.published is None:
        return {"reference": one.reference, "publicationStatus": "REFUSED", "code": one.fault}
    return {
        "reference": one.reference,
        "publicationStatus": "PUBLISHED",
        "messageId": str(one.published.uuid),
        "publicationDate": wire.belgian(one.published.published_at),
        "expirationDate": one.published.expires_on,
    }


def _reply(row: Reply) -> dict[str, Any]:
    return {
        "sequenceNbr": row.number,
        "replyId": str(row.uuid),
        "messageId": str(row.message.uuid),
        "reference": row.message.publication.reference,
        "replyDate": wire.belgian(row.at),
        "author": {
            "type": "person",
            "id": row.person.niss,
            "name": f"{row.person.given_name} {row.person.family_name}",
        },
        "text": row.text,
    }


def _user(one: registry.User) -> dict[str, Any]:
    told: dict[str, Any] = {
        "eboxType": one.kind,
        "id": one.number,
        "digitalUserStatus": one.status,
        "exclusivelyEbox": one.is_exclusive,
    }
    if one.last_connection:
        told["lastConnectionDate"] = wire.belgian(one.last_connection)
    return told
