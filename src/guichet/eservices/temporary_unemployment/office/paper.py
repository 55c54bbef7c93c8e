"""Communications by registered letter: three grounds, the day of the letter counts, proof joined.

Source: Royal Decree of 25 November 1991, art. 137 § 6.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from guichet.audit import trail
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments import queries as attached
from guichet.documents.attachments.models import Attachment
from guichet.documents.attachments.operations import Owner
from guichet.eservices.temporary_unemployment import operations
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office.allowances import PROOF
from guichet.eservices.temporary_unemployment.office.models import Paper, PaperWaiver
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer
from guichet.eservices.temporary_unemployment.operations import Refused, Sender
from guichet.kernel.moments import BRUSSELS, brussels_day
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.temporary_unemployment.kinds import Channel, PaperGround
from guichet.rules.temporary_unemployment.paper import may_be_paper

_NOON = time(12)


class NotAdmitted(Exception):
    """The letter does not stand for an electronic communication on this ground."""


class InTheFuture(Exception):
    """A letter of a day to come."""


class UnknownEmployer(LookupError):
    """No enterprise of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A registered letter; ``tracking``: its number at the post; ``proof``: a file with its
    name."""

    ground: PaperGround
    posted_on: date
    tracking: str = ""
    proof_name: str = ""
    proof: bytes | None = field(default=None, repr=False)


def record(
    *, told: Told, letter: Letter, officer: Officer, now: datetime, confirmed: bool = False
) -> Communication:
    """Enter a communication that came on paper: it counts from the day of the letter.

    ``confirmed``: another letter with the same content is meant.
    Raises NotYours, InTheFuture, NotAdmitted, Refused, AttachmentRefused.
    """
    if not officer.may_decide:
        raise NotYours
    if letter.posted_on > brussels_day(now):
        raise InTheFuture
    number = told.said.enterprise
    if not is_admitted(employer=number, letter=letter):
        raise NotAdmitted
    looked = None
    if letter.proof is not None:
        looked = attachments.look_at(
            allowance=PROOF, name=letter.proof_name, data=letter.proof, is_cleaned=True
        )
    moment = datetime.combine(letter.posted_on, _NOON, tzinfo=BRUSSELS)
    said = replace(told.said, received_at=min(moment, now), channel=Channel.PAPER)
    batch = [replace(told, said=said, ground=letter.ground)]
    sender = Sender(officer.actor, employer=number, channel=Channel.PAPER)
    with transaction(actor=officer.actor):
        [outcome] = operations.receive_many(
            batch=batch, sender=sender, now=now, confirmed=confirmed
        )
        if not outcome.is_taken:
            raise Refused(outcome.faults)
        row = Communication.objects.select_related("employer").get(pk=outcome.key)
        proof = None
        if looked is not None:
            owner = _owner(officer)
            kept = attachments.keep(
                allowance=PROOF, owner=owner, name=letter.proof_name, looked=looked, now=now
            )
            attachments.apply(
                service=PROOF.service, owner=owner, applied_to=row.ticket, now=now, only=[kept.pk]
            )
            proof = kept.pk
        Paper.objects.create(
            communication=row, ground=letter.ground.value, posted_on=letter.posted_on,
            tracking=letter.tracking, proof=proof, recorded_by_id=officer.person_id,
            recorded_at=now,
        )  # fmt: skip
        trail.record(
            action="temporaryUnemployment.paper.recorded", actor=officer.actor,
            target=row.ticket, now=now, detail={"ground": letter.ground.value},
        )  # fmt: skip
    return row


def is_admitted(*, employer: str, letter: Letter) -> bool:
    """Whether the ground holds on the day of the letter."""
    told = Communication.objects.filter(employer__number=employer)
    before = datetime.combine(letter.posted_on, time.min, tzinfo=BRUSSELS)
    latest = told.filter(received_at__lt=before).order_by("-received_at").first()
    waiver = PaperWaiver.objects.filter(
        employer__number=employer, given_on__lte=letter.posted_on
    ).order_by("-given_on")
    given = waiver.first()
    return may_be_paper(
        ground=letter.ground,
        on=letter.posted_on,
        last_told=brussels_day(latest.received_at) if latest else None,
        waived_on=given.given_on if given else None,
        has_proof=letter.proof is not None,
    )


def waive(*, employer: str, given_on: date, officer: Officer, now: datetime) -> PaperWaiver:
    """The director lets an employer without computer means write; twice is once.

    Raises NotYours, InTheFuture, UnknownEmployer.
    """
    if not officer.may_sign:
        raise NotYours
    if given_on > brussels_day(now):
        raise InTheFuture
    enterprise = Enterprise.objects.filter(number=employer).first()
    if enterprise is None:
        raise UnknownEmployer
    with transaction(actor=officer.actor):
        row, is_new = PaperWaiver.objects.get_or_create(
            employer=enterprise, given_on=given_on, defaults={"recorded_at": now}
        )
        if is_new:
            trail.record(
                action="temporaryUnemployment.paperWaiver.given", actor=officer.actor,
                target=employer, now=now, detail={"day": given_on.isoformat()},
            )  # fmt: skip
    return row


def of(row: Communication) -> Paper | None:
    """The letter of a communication that came on paper."""
    return Paper.objects.select_related("recorded_by").filter(communication=row).first()


def proofs(row: Communication) -> list[Attachment]:
    """The files that were joined to it."""
    return attached.applied(service=PROOF.service, applied_to=row.ticket)


def waivers(*, limit: int = 50) -> list[PaperWaiver]:
    """The waivers, the latest first."""
    rows = PaperWaiver.objects.select_related("employer")
    return list(rows.order_by("-given_on", "-pk")[:limit])


def _owner(officer: Officer) -> Owner:
    actor = officer.actor
    return Owner(officer.person_id, actor.id, actor.enterprise or "")
