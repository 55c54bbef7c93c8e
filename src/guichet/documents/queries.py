"""Reading documents: what somebody may see, how far one is, what everybody may know of one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from guichet.access.sessions import Acting
from guichet.documents import kinds
from guichet.documents.models import Document, Sealed, State

LONGEST_LIST: Final = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is; ``problem``: a word, empty when nothing went wrong."""

    state: State
    attempts: int
    problem: str
    requested_at: datetime
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A document as its recipient sees it in a list."""

    reference: str
    kind: str
    title: str
    language: str
    subjects: tuple[str, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody may know of a sealed document: its kind and its day, nothing of a person."""

    reference: str
    kind: str
    requested_at: datetime
    digest: str


def progress(*, reference: str) -> Progress | None:
    """How far a document is, for the service that asked for it."""
    row = Document.objects.filter(reference=reference).first()
    return None if row is None else _progress(row)


def sealed_pdf(*, reference: str) -> bytes | None:
    """The sealed bytes, for the service that asked for them; None before."""
    row = Sealed.objects.filter(document__reference=reference).first()
    return None if row is None else bytes(row.pdf)


def documents_of(*, acting: Acting) -> list[Row]:
    """The documents of the person, or of the enterprise for which he acts, the newest first."""
    found = list(_of(acting).order_by("-requested_at", "-pk")[:LONGEST_LIST])
    held = _held(found)
    rows = [row for row in found if row.reference not in held]
    return [_row(row) for row in rows if _may_read(row, acting)]


def document_of(*, acting: Acting, reference: str) -> Row | None:
    """One of them; somebody else's and none are the same None."""
    row = _of(acting).filter(reference=reference).first()
    if row is None or _held([row]) or not _may_read(row, acting):
        return None
    return _row(row)


def known(*, reference: str = "", digest: str = "") -> Known | None:
    """What everybody may know of the sealed document of this code or with these bytes.

    One that those whom it is for may not see yet is unknown to everybody.
    """
    wanted: Mapping[str, Any] = {"reference": reference} if reference else {"digest": digest}
    row = Document.objects.filter(state=State.SEALED.value, **wanted).first()
    if row is None or _held([row]):
        return None
    return Known(row.reference, row.kind, row.requested_at, row.digest)


def _of(acting: Acting) -> QuerySet[Document]:
    if acting.enterprise_number:
        return Document.objects.filter(enterprise__number=acting.enterprise_number)
    return Document.objects.filter(Q(person__niss=acting.niss) | Q(person_id=acting.person_id))


def _held(rows: Sequence[Document]) -> set[str]:
    """The references of those that are not shown, or not yet; each kind is asked once."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.reference)
    found: set[str] = set()
    for key, references in by_kind.items():
        if (held := kinds.kind(key).held) is not None:
            found.update(held(references))
    return found


def _may_read(row: Document, acting: Acting) -> bool:
    """A person reads what is his; for an enterprise he needs the right of the kind."""
    if not acting.enterprise_number:
        return True
    kind = kinds.kind(row.kind)
    if not kind.permission:
        return bool(acting.rights)
    return bool(acting.rights & {kind.permission, kind.or_permission})


def _row(row: Document) -> Row:
    return Row(
        row.reference, row.kind, row.title, row.language, tuple(row.subjects), _progress(row)
    )


def _progress(row: Document) -> Progress:
    return Progress(State(row.state), row.attempts, row.problem, row.requested_at, row.sealed_at)
