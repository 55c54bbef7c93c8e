"""Programs that read a box: named by its holder, and withdrawn by him.

The permission of a channel says what a program may do at all; whose box it reads, only the holder
of that box says. What he withdraws ends with the next call.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import F, Max, QuerySet

from guichet.access.models import Channel
from guichet.access.permissions import EBOX
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.ebox.models import Box, Consumer, Reading
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform.db import savepoint, transaction
from guichet.registers.enterprises import queries as enterprises

# Of one box: who lets more in than that no longer knows who reads.
MOST: Final = 10
_SHOWN: Final = 50


class UnknownProgram(Exception):
    """No program here, or one that reads another box."""


class ProgramRefused(Exception):
    """The program cannot be named; ``str()`` is a word for the page."""


@dataclass(frozen=True, slots=True)
class Program:
    """A channel that may read boxes, with the firm that answers for it."""

    client_id: str
    name: str
    firm: str
    firm_number: str


@dataclass(frozen=True, slots=True)
class Named:
    """A program in the settings of a box. ``opened_at``: when it last opened something there."""

    number: int
    key: UUID
    program: Program
    named_at: datetime
    withdrawn_at: datetime | None
    opened_at: datetime | None
    is_able: bool


def program(*, client_id: str, language: str) -> Program | None:
    """An active channel that may read boxes; None for every other identifier."""
    found = _able().filter(client_id=client_id).first()
    return _programs([found], language)[found.client_id] if found else None


def unnamed(*, box_id: int, enterprise_number: str | None, language: str) -> list[Program]:
    """The channels of the holder's own enterprise that may read boxes and do not read this one."""
    reading = Consumer.objects.filter(box=box_id, withdrawn_at=None).values("client_id")
    own = _able().filter(enterprise_number=enterprise_number or "")
    rows = own.exclude(client_id__in=reading)
    return list(_programs(list(rows.order_by("pk")), language).values())


def named(*, box_id: int, language: str) -> list[Named]:
    """The programs of a box: those that read it, then those withdrawn, the latest first."""
    order = (F("withdrawn_at").desc(nulls_first=True), "-named_at", "-pk")
    rows = list(Consumer.objects.filter(box=box_id).order_by(*order)[:_SHOWN])
    known = _programs(
        list(Channel.objects.filter(client_id__in={row.client_id for row in rows})), language
    )
    able = set(_able().filter(client_id__in=known).values_list("client_id", flat=True))
    opened = dict(
        Reading.objects.filter(message__box=box_id, client_id__in=known)
        .values_list("client_id")
        .annotate(last=Max("at"))
    )
    return [
        Named(
            number=row.pk,
            key=row.key,
            program=known.get(row.client_id) or Program(row.client_id, "", "", ""),
            named_at=row.named_at,
            withdrawn_at=row.withdrawn_at,
            opened_at=opened.get(row.client_id),
            is_able=row.client_id in able,
        )
        for row in rows
    ]


def how_many(*, box_id: int) -> int:
    """The number of programs that read the box."""
    return Consumer.objects.filter(box=box_id, withdrawn_at=None).count()


def name(*, box_id: int, client_id: str, person_id: int, actor: Actor, now: datetime) -> Consumer:
    """Let a program read the box from now on; raises ProgramRefused."""
    with transaction(), acting(actor, now=now):
        box = Box.objects.select_for_update().get(pk=box_id)
        if not _able().filter(client_id=client_id).exists():
            raise ProgramRefused("unknown")
        if Consumer.objects.filter(box=box, withdrawn_at=None).count() >= MOST:
            raise ProgramRefused("many")
        try:
            with savepoint():
                row = Consumer.objects.create(
                    box=box, client_id=client_id, key=uuid4(), named_at=now, named_by_id=person_id
                )
        except IntegrityError:
            raise ProgramRefused("named") from None
        _record("named", row, actor, now)
    return row


def withdraw(*, box_id: int, number: int, actor: Actor, now: datetime) -> None:
    """The program reads the box no more, from its next call on; raises UnknownProgram."""
    with transaction(), acting(actor, now=now):
        rows = Consumer.objects.select_for_update().filter(box=box_id, withdrawn_at=None)
        row = rows.filter(pk=number).first()
        if row is None:
            raise UnknownProgram
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        _record("withdrawn", row, actor, now)


def boxes_of(*, client_id: str) -> list[Consumer]:
    """The boxes that a program reads, with their holders, in the order of naming."""
    rows = Consumer.objects.filter(client_id=client_id, withdrawn_at=None)
    return list(rows.select_related("box__enterprise").order_by("named_at", "pk"))


def box_of(*, client_id: str, key: UUID) -> Box | None:
    """The box that a program means by a key; None for a key of others, withdrawn or of none."""
    rows = Consumer.objects.filter(client_id=client_id, key=key, withdrawn_at=None)
    found = rows.select_related("box__person").first()
    return found.box if found else None


def may_read(*, client_id: str, box_id: int) -> bool:
    """Whether the holder of a box named this program."""
    return Consumer.objects.filter(client_id=client_id, box=box_id, withdrawn_at=None).exists()


def kind_of(*, box_id: int) -> str:
    """``enterprise`` or ``citizen``, as the interface says."""
    is_citizen = Box.objects.filter(pk=box_id, person__isnull=False).exists()
    return "citizen" if is_citizen else "enterprise"


def _able() -> QuerySet[Channel]:
    return Channel.objects.filter(permissions__contains=[EBOX], state=Channel.State.ACTIVE)


def _programs(rows: list[Channel], language: str) -> dict[str, Program]:
    numbers = {row.enterprise_number for row in rows}
    firms = enterprises.names(numbers=numbers, language=language)
    return {
        row.client_id: Program(
            client_id=row.client_id,
            name=row.name,
            firm=firms.get(row.enterprise_number, ""),
            firm_number=EnterpriseNumber.parse(row.enterprise_number).formatted(),
        )
        for row in rows
    }


def _record(what: str, row: Consumer, actor: Actor, now: datetime) -> None:
    trail.record(
        action=f"ebox.program.{what}",
        actor=actor,
        target=f"ebox/{row.box_id}",
        now=now,
        detail={"client": row.client_id},
    )
