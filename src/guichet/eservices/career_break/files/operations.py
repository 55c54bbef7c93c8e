"""Choosing, applying, removing and judging files: each one transaction and one line of the trail.

A file counts only once it was applied. Whoever changes the files of a request or a notice holds
its row meanwhile, so that two browsers at once leave no file twice, and no file goes while an
officer begins to handle the request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.operations import AttachmentRefused, Looked
from guichet.eservices.career_break import steps, tickets
from guichet.eservices.career_break.files import facts, telling
from guichet.eservices.career_break.files.allowances import FILES, allowance
from guichet.eservices.career_break.files.bearers import Bearer
from guichet.eservices.career_break.files.facts import Subject
from guichet.eservices.career_break.files.models import Choice, File
from guichet.eservices.career_break.files.queries import belongs, chosen, known_state, state_of
from guichet.eservices.career_break.models import Notice, Part, Request
from guichet.eservices.career_break.operations import Refused, Sender
from guichet.eservices.career_break.retries import keys
from guichet.eservices.career_break.said import Said
from guichet.kernel.ticket import EMPLOYER_WEB
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.attachments import Document, attachment_faults, file_fault
from guichet.rules.career_break.faults import Fault, any_blocks, blocking
from guichet.rules.career_break.file_states import (
    COUNTS,
    FileRefused,
    FileState,
    FileStep,
    after_file,
    judges_files,
    lets_files_go,
    takes_files,
)
from guichet.rules.career_break.states import Party
from guichet.rules.career_break.texts import perceived_length
from guichet.rules.dated import whole

# What the rules have no code for is said in the words of whoever keeps files.
_NO_FAULTS: Final = ("quota_files", "quota_bytes", "scanner_away", "part")
_COUNTS: Final = tuple(one.value for one in COUNTS)


class UnknownFile(LookupError):
    """No such file of this side at this request or notice, or no such kind of document."""


class NoReason(Exception):
    """A file is not rejected without saying why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as somebody sends it, and as which document; ``description``: needed for *other*."""

    document: str
    name: str
    data: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pending file, None where the same one is there already; what was warned of."""

    choice: Choice | None
    warned: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """The files that came in, and the ticket of this part; empty for a worker, and for none."""

    files: tuple[File, ...] = ()
    ticket: str = ""


def choose(
    *, subject: Subject, wanted: Wanted, by: Bearer, now: datetime, said: Said | None = None
) -> Chosen:
    """Keep a file as pending: it counts once `apply` is called, and goes after a day without.

    The same file for the same document is kept once, and warned of (V-AT-06).
    ``subject``: the caller settled that the side may see it; ``said``: what the worker said.
    Raises Refused (V-AT-01 to V-AT-05, V-TX-01), AttachmentRefused (no room, no scanner),
    FileRefused (the request takes none any more), UnknownFile (a document that is not asked for).
    """
    today = clock.today(now)
    if wanted.document not in facts.offered(subject, party=by.party, said=said):
        raise UnknownFile(wanted.document)
    document = Document(wanted.document)
    _require_taken(subject, by.party, FileStep.CHOOSE, now)
    looked = _looked_at(wanted, document, now)
    with transaction(actor=by.actor):
        row = _held(subject)
        _require_taken(row, by.party, FileStep.CHOOSE, now)
        warned = attachment_faults(
            document=document, description=wanted.description, digest=looked.digest,
            known=_digests(row, by), on=today,
        )  # fmt: skip
        if looked.digest in _digests(row, by, document):
            return Chosen(None, warned)
        after_file(state=FileState.NOT_RECEIVED, step=FileStep.CHOOSE, party=by.party)
        kept = attachments.keep(
            allowance=allowance(on=today), owner=by.owner, name=wanted.name, looked=looked, now=now
        )
        choice = Choice.objects.create(
            attachment=kept, document=document, description=_description(wanted, document),
            party=by.party, chosen_at=now, **_at(row),
        )  # fmt: skip
        _trace("file.chosen", row, by.actor, now, file=str(kept.pk), document=document.value)
    return Chosen(choice, warned)


def bring(
    *, subject: Request, wanted: Wanted, by: Bearer, now: datetime, sender: Sender
) -> tuple[File, Part]:
    """A file of software at a request: chosen and applied in one go; the file and its part.

    The same file for the same document twice is refused (V-AT-06). Raises Refused,
    AttachmentRefused, FileRefused, UnknownFile, keys.Repeated, keys.KeyReused.
    """
    today = clock.today(now)
    if wanted.document not in facts.offered(subject, party=by.party):
        raise UnknownFile(wanted.document)
    document = Document(wanted.document)
    looked = _looked_at(wanted, document, now)
    with transaction(actor=by.actor):
        keys.claim(sender.retry, now=now)
        row = _held(subject)
        _require_taken(row, by.party, FileStep.CHOOSE, now)
        if looked.digest in _digests(row, by, document):
            raise Refused([blocking("V-AT-06", "file")])
        kept = attachments.keep(
            allowance=allowance(on=today), owner=by.owner, name=wanted.name, looked=looked, now=now
        )
        choice = Choice(
            attachment=kept, document=document, description=_description(wanted, document),
            party=by.party, chosen_at=now, **_at(row),
        )  # fmt: skip
        part = _part(row, by, now, prefix=sender.prefix)
        assert part is not None  # an employer's file at a request
        file = _received(choice, row, by, part, now)
        attachments.apply(
            service=FILES.service, owner=by.owner, applied_to=belongs(row), now=now, only=[kept.pk]
        )
        _trace("files.applied", row, by.actor, now, files=1, part=part.ticket)
        keys.keep(sender.retry, ticket=part.ticket, now=now)
    return file, part


def apply(*, subject: Subject, by: Bearer, now: datetime) -> Applied:
    """*Apply the changes*: every pending file of this side is received.

    An employer's files are one part of the request with a ticket of its own. A file that somebody
    of the same side applied meanwhile is not kept twice; without any pending file nothing happens.
    Raises FileRefused.
    """
    with transaction(actor=by.actor):
        row = _held(subject)
        mine = chosen(row, by)
        if not mine:
            return Applied()
        _require_taken(row, by.party, FileStep.APPLY, now)
        fresh, doubled = _once(mine, row, by)
        attachments.let_go(owner=by.owner, attachments=[one.attachment_id for one in doubled])
        if not fresh:
            return Applied()
        part = _part(row, by, now)
        files = [_received(one, row, by, part, now) for one in fresh]
        attachments.apply(
            service=FILES.service, owner=by.owner, applied_to=belongs(row), now=now,
            only=[one.attachment_id for one in fresh],
        )  # fmt: skip
        Choice.objects.filter(pk__in=[one.pk for one in fresh]).delete()
        ticket = part.ticket if part else ""
        _trace("files.applied", row, by.actor, now, files=len(files), part=ticket)
    return Applied(tuple(files), ticket)


def remove(*, subject: Subject, attachment: UUID, by: Bearer, now: datetime) -> None:
    """Delete a pending file, or a received one as long as the office has not begun.

    Raises UnknownFile for another side's and for none, FileRefused.
    """
    with transaction(actor=by.actor):
        row = _held(subject)
        mine = [one for one in chosen(row, by) if one.attachment_id == attachment]
        if mine:
            after_file(state=FileState.PENDING, step=FileStep.DELETE, party=by.party)
            attachments.let_go(owner=by.owner, attachments=[attachment])
        else:
            _delete(row, attachment, by, now)
        _trace("file.removed", row, by.actor, now, file=str(attachment))


def accept(*, subject: Request, attachment: UUID, actor: Actor, now: datetime) -> File:
    """The office accepts a received file; raises UnknownFile, FileRefused."""
    with transaction(actor=actor):
        row, file = _judged(subject, attachment, FileStep.ACCEPT, now)
        _trace("file.accepted", row, actor, now, file=str(attachment), document=file.document)
    return file


def reject(*, subject: Request, attachment: UUID, reason: str, actor: Actor, now: datetime) -> File:
    """The office rejects a file and says why: its document is as good as not received.

    Whoever brought it reads the reason; the worker is told in his e-Box that there is one.
    Raises UnknownFile, FileRefused, NoReason, Refused (V-TX-01).
    """
    reason, most = reason.strip(), whole("career_break.entry.longest_text", on=clock.today(now))
    if not reason:
        raise NoReason
    if perceived_length(reason) > most:
        raise Refused([blocking("V-TX-01", "reason", most=most)])
    with transaction(actor=actor):
        row, file = _judged(subject, attachment, FileStep.REJECT, now, reason=reason)
        if file.party == Party.WORKER:
            telling.rejected(row, file, now=now)
        _trace("file.rejected", row, actor, now, file=str(attachment), document=file.document)
    return file


def _looked_at(wanted: Wanted, document: Document, now: datetime) -> Looked:
    """The file, or Refused with everything that is wrong with it and its description."""
    today = clock.today(now)
    found = attachment_faults(
        document=document, description=wanted.description, digest="", known=frozenset(), on=today
    )
    looked = None
    try:
        # A photo loses where and with what it was taken; the office needs what is on it.
        looked = attachments.look_at(
            allowance=allowance(on=today), name=wanted.name, data=wanted.data, is_cleaned=True
        )
    except AttachmentRefused as refusal:
        if refusal.code in _NO_FAULTS:
            raise
        code = "infected" if refusal.code == "virus" else refusal.code
        found = (file_fault(code, on=today), *found)
    if looked is None or any_blocks(found):
        raise Refused(found)
    return looked


def _held(subject: Subject) -> Subject:
    """The request or notice, nobody else's until the transaction ends."""
    rows = type(subject).objects.select_for_update(of=("self",), no_key=True)
    row: Subject = rows.select_related("person", "employer").get(pk=subject.pk)
    return row


def _require_taken(row: Subject, party: Party, step: FileStep, now: datetime) -> None:
    if not takes_files(state=known_state(row, today=clock.today(now)), party=party):
        raise FileRefused(step=step, why="closed")


def _digests(row: Subject, by: Bearer, document: Document | None = None) -> frozenset[str]:
    """What this side has here already, of one document or of all.

    Never what the other side has: that a file is known would tell of it.
    """
    given = _at(row) | ({"document": document.value} if document else {})
    there = File.objects.filter(party=by.party, state__in=_COUNTS, **given)
    mine = [
        one.attachment.digest
        for one in chosen(row, by)
        if document is None or one.document == document
    ]
    return frozenset([*mine, *there.values_list("digest", flat=True)])


def _once(mine: Sequence[Choice], row: Subject, by: Bearer) -> tuple[list[Choice], list[Choice]]:
    """Pending files that are new here, and those that somebody of this side applied meanwhile."""
    there = set(
        File.objects.filter(party=by.party, state__in=_COUNTS, **_at(row)).values_list(
            "document", "digest"
        )
    )
    fresh: list[Choice] = []
    doubled: list[Choice] = []
    for one in mine:
        key = (one.document, one.attachment.digest)
        (doubled if key in there else fresh).append(one)
        there.add(key)
    return fresh, doubled


def _part(row: Subject, by: Bearer, now: datetime, *, prefix: str = EMPLOYER_WEB) -> Part | None:
    """A ticket for what an employer adds to a request, at a version of the request of its own."""
    if by.party is not Party.EMPLOYER or isinstance(row, Notice):
        return None
    Request.objects.filter(pk=row.pk).update(version=F("version") + 1, changed_at=now)
    row.refresh_from_db(fields=["version"])
    employer = by.owner.enterprise_number
    steps.noted(row, "attached", actor=by.actor, now=now, employer=employer)
    return Part.objects.create(
        request=row, ticket=tickets.take(prefix), kind="attachments", version=row.version,
        at=now,
    )  # fmt: skip


def _received(choice: Choice, row: Subject, by: Bearer, part: Part | None, now: datetime) -> File:
    following = after_file(state=FileState.PENDING, step=FileStep.APPLY, party=by.party)
    kept = choice.attachment
    return File.objects.create(
        attachment=kept.pk, document=choice.document, description=choice.description,
        party=by.party, name=kept.name, kind=kept.kind, size=kept.size, digest=kept.digest,
        enterprise=by.owner.enterprise_number, state=following.value, part=part,
        received_at=now, changed_at=now, **_at(row),
    )  # fmt: skip


def _delete(row: Subject, attachment: UUID, by: Bearer, now: datetime) -> None:
    file = File.objects.filter(attachment=attachment, party=by.party, **_at(row)).first()
    if file is None or file.state == FileState.DELETED:
        raise UnknownFile(str(attachment))
    if not lets_files_go(state=state_of(row)):
        raise FileRefused(step=FileStep.DELETE, why="closed")
    _lead(file, FileStep.DELETE, by.party, now)
    attachments.forget_files(service=FILES.service, attachments=[attachment])


def _judged(
    subject: Request, attachment: UUID, step: FileStep, now: datetime, reason: str = ""
) -> tuple[Request, File]:
    row = _held(subject)
    if isinstance(row, Notice):
        raise UnknownFile(str(attachment))
    file = File.objects.filter(attachment=attachment, request=row).first()
    if file is None or file.state == FileState.DELETED:
        raise UnknownFile(str(attachment))
    if not judges_files(state=state_of(row)):
        raise FileRefused(step=step, why="closed")
    _lead(file, step, Party.OFFICER, now, reason=reason)
    return row, file


def _lead(file: File, step: FileStep, party: Party, now: datetime, *, reason: str = "") -> None:
    file.state = after_file(state=FileState(file.state), step=step, party=party).value
    file.reason, file.changed_at = reason, now
    file.save(update_fields=["state", "reason", "changed_at"])


def _description(wanted: Wanted, document: Document) -> str:
    return wanted.description.strip() if document is Document.OTHER else ""


def _at(row: Subject) -> dict[str, Subject]:
    return {"notice": row} if isinstance(row, Notice) else {"request": row}


def _trace(what: str, row: Subject, actor: Actor, now: datetime, **detail: object) -> None:
    trail.record(
        action=f"careerBreak.{what}", actor=actor, target=belongs(row), now=now, detail=detail
    )
