"""Reading files: which documents are asked for, which are there, and the bytes of one.

What a side sees: an employer the files that he brought himself and those of a notice to him, never
what the worker sent to the office; the worker every file of his own request; an officer all of
them. A pending file is seen by who chose it alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from guichet.documents.attachments import queries as attachments
from guichet.eservices.career_break import decided
from guichet.eservices.career_break.files import facts
from guichet.eservices.career_break.files.allowances import FILES
from guichet.eservices.career_break.files.bearers import Bearer
from guichet.eservices.career_break.files.facts import Subject
from guichet.eservices.career_break.files.models import Choice, File
from guichet.eservices.career_break.models import Notice, Request
from guichet.eservices.career_break.queries import signs_of
from guichet.eservices.career_break.said import Said
from guichet.rules.career_break.attachments import Bringer, Document, Needed
from guichet.rules.career_break.file_states import COUNTS, FileState, lets_files_go
from guichet.rules.career_break.states import NoticeState, Party, State

_COUNTS: Final = tuple(one.value for one in COUNTS)


@dataclass(frozen=True, slots=True)
class Shown:
    """One file for a page. ``key``: of the attachment; ``reason``: why the office rejected it."""

    key: UUID
    document: Document
    description: str
    name: str
    kind: str
    size: int
    state: FileState
    party: Party
    at: datetime
    reason: str = ""
    ticket: str = ""
    may_delete: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One document with its files. ``need``: None for one that nobody asks for.

    ``state``: pending, received, accepted, or not received, which a rejected one is too;
    ``files``: those that the reader may open; ``is_elsewhere``: the other side brought it, and
    what it brought is not the reader's to see.
    """

    document: Document
    need: Needed | None
    state: FileState
    files: tuple[Shown, ...]
    is_elsewhere: bool = False

    @property
    def is_mandatory(self) -> bool:
        """Whether the worker's part cannot be sent without it."""
        return self.need is not None and self.need.is_mandatory


def documents_of(
    subject: Subject, *, party: Party, said: Said | None = None, by: Bearer | None = None
) -> tuple[Slot, ...]:
    """The documents of a request or a notice as a side sees them, the mandatory ones first.

    ``party``: of the reader; ``said``: the worker's part, None for an employer; ``by``: whose
    pending files are shown too. A file of a notice counts for the request made of it.
    """
    everything = list(_standing(subject))
    pending = chosen(subject, by) if by else []
    needs = {
        each.document: each
        for each in facts.needed(subject, said)
        if party is not Party.WORKER or each.by is not Bringer.EMPLOYER
    }
    shown = [_shown(one, subject, party) for one in everything if _may_see(one, party)]
    shown += [_pending(one) for one in pending]
    kinds = dict.fromkeys((*needs, *sorted({one.document for one in shown}, key=_RANK.index)))
    there = {Document(one.document) for one in everything if one.state in _COUNTS}
    return tuple(
        _slot(document, needs.get(document), [one for one in shown if one.document is document],
              is_there=document in there)
        for document in kinds
    )  # fmt: skip


def missing_of(subject: Subject, *, said: Said | None = None) -> tuple[Needed, ...]:
    """The mandatory documents that are not received; the worker's part cannot go without them."""
    there = {one.document for one in _standing(subject) if one.state in _COUNTS}
    return tuple(
        each
        for each in facts.needed(subject, said)
        if each.is_mandatory and each.document.value not in there
    )


def opened(
    subject: Subject, *, attachment: UUID, party: Party, by: Bearer | None = None
) -> attachments.File | None:
    """The bytes of one file that the reader may see; any other and none are the same None."""
    if by and any(one.attachment_id == attachment for one in chosen(subject, by)):
        return attachments.own_file(attachment=attachment, owner=by.owner)
    found = next((one for one in _standing(subject) if one.attachment == attachment), None)
    if found is None or not _may_see(found, party):
        return None
    return attachments.file(
        attachment=attachment, service=FILES.service,
        applied_to=belongs(found.request or found.notice or subject),
    )  # fmt: skip


def files_of(*, niss: str) -> list[File]:
    """What was applied for the breaks of a person and not deleted, oldest first."""
    wanted = Q(request__person__niss=niss) | Q(notice__person__niss=niss)
    return list(File.objects.filter(wanted).exclude(state=FileState.DELETED.value).order_by("id"))


def own_subject(*, ticket: str, niss: str) -> Subject | None:
    """The worker's own request or notice of a ticket; anybody else's and none are the same None."""
    signs = signs_of(ticket)
    if not signs:
        return None
    given = {"ticket": signs, "person__niss": niss}
    found: Subject | None = Request.objects.filter(**given).select_related("person").first()
    return found or Notice.objects.filter(**given).select_related("person").first()


def chosen(subject: Subject, by: Bearer) -> list[Choice]:
    """The pending files of somebody at a request or a notice, oldest first."""
    rows = Choice.objects.filter(
        _subject(subject),
        party=by.party,
        attachment__person_id=by.owner.person_id,
        attachment__enterprise_number=by.owner.enterprise_number,
    )
    return list(rows.select_related("attachment").order_by("id"))


def state_of(subject: Subject) -> State | NoticeState:
    """The state of a request or of a notice."""
    if isinstance(subject, Notice):
        return NoticeState(subject.state)
    return State(subject.state)


def known_state(subject: Subject, *, today: date) -> State | NoticeState:
    """The same as those outside the office may know it: a decision that is not sent is none."""
    if isinstance(subject, Notice):
        return NoticeState(subject.state)
    return decided.known_state(subject, today=today)


def belongs(subject: Subject) -> str:
    """The business key under which the files of a request or a notice are kept: its ticket."""
    return subject.ticket or f"paper-{subject.pk}"


def _standing(subject: Subject) -> "QuerySet[File]":
    """What was applied and not deleted, those of the notice behind a request too."""
    wanted = _subject(subject)
    if not isinstance(subject, Notice) and subject.notice_id is not None:
        wanted |= Q(notice_id=subject.notice_id)
    rows = File.objects.filter(wanted).exclude(state=FileState.DELETED.value)
    return rows.select_related("request", "notice", "part").order_by("id")


def _subject(subject: Subject) -> Q:
    return Q(notice=subject) if isinstance(subject, Notice) else Q(request=subject)


def _may_see(file: File, party: Party) -> bool:
    if party is Party.EMPLOYER:
        return file.party == Party.EMPLOYER or file.notice_id is not None
    return True


def _shown(file: File, subject: Subject, party: Party) -> Shown:
    is_own = file.party == party and file.notice_id == _notice_id(subject)
    return Shown(
        key=file.attachment, document=Document(file.document), description=file.description,
        name=file.name, kind=file.kind, size=file.size, state=FileState(file.state),
        party=Party(file.party), at=file.received_at, reason=file.reason,
        ticket=file.part.ticket if file.part else "",
        may_delete=is_own and file.state == FileState.RECEIVED
        and lets_files_go(state=state_of(subject)),
    )  # fmt: skip


def _notice_id(subject: Subject) -> int | None:
    return subject.pk if isinstance(subject, Notice) else None


def _pending(choice: Choice) -> Shown:
    kept = choice.attachment
    return Shown(
        key=kept.pk, document=Document(choice.document), description=choice.description,
        name=kept.name, kind=kept.kind, size=kept.size, state=FileState.PENDING,
        party=Party(choice.party), at=choice.chosen_at, may_delete=True,
    )  # fmt: skip


def _slot(
    document: Document, need: Needed | None, files: Sequence[Shown], *, is_there: bool
) -> Slot:
    states = {one.state for one in files}
    is_elsewhere = is_there and not states & COUNTS
    state = FileState.RECEIVED if is_elsewhere else _best(states)
    return Slot(document, need, state, tuple(files), is_elsewhere)


def _best(states: Iterable[FileState]) -> FileState:
    """The state of a document by its files: a rejected one is as good as not received."""
    found = set(states)
    order = (FileState.ACCEPTED, FileState.RECEIVED, FileState.PENDING)
    return next((one for one in order if one in found), FileState.NOT_RECEIVED)


_RANK: Final = tuple(Document)
