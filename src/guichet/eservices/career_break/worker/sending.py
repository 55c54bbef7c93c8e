"""A worker's part typed, sent, or given up; and what he finds wrong in his employer's.

Each is one transaction and one line of the trail. Who was quicker, the worker or the employer, is
the database's answer (`steps.move`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from guichet.audit.actors import Actor
from guichet.eservices.career_break import operations, steps, together
from guichet.eservices.career_break.content import OtherEmployer
from guichet.eservices.career_break.models import Request, WorkerPart
from guichet.eservices.career_break.said import plain
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.eservices.career_break.worker import papers, parts, reading, receipts, telling
from guichet.eservices.career_break.worker.models import Objection
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.attachments import Needed
from guichet.rules.career_break.states import Party, Step, StepRefused


class Incomplete(Exception):
    """Nothing is sent; ``steps``: those that miss something, in their order."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(", ".join(steps))
        self.steps = tuple(steps)


class PapersMissing(Exception):
    """Nothing is sent; ``papers``: the mandatory documents that are not there."""

    def __init__(self, missing: Sequence[Needed]) -> None:
        super().__init__(", ".join(one.document for one in missing))
        self.papers = tuple(missing)


class OthersMissing(Exception):
    """Nothing is sent; ``others``: the other employers who reduce too, and did not file yet."""

    def __init__(self, others: Sequence[OtherEmployer]) -> None:
        super().__init__(f"{len(others)} employers")
        self.others = tuple(others)


def save_step(
    *, ticket: str, step: str, typed: Mapping[str, Any], actor: Actor, now: datetime
) -> WorkerPart:
    """Keep what was typed at one step, as it was typed.

    Raises UnknownRequest, states.StepRefused once the part was sent or the request is over.
    """
    with transaction(actor=actor):
        row = _own(ticket, actor)
        steps.following(row, Step.COMPLETE, Party.WORKER)
        WorkerPart.objects.get_or_create(request=row, defaults={"changed_at": now})
        part = WorkerPart.objects.select_for_update(of=("self",)).get(request=row)
        part.typed = part.typed | {step: dict(typed)}
        part.changed_at = now
        part.save(update_fields=["typed", "changed_at"])
        steps.trace("part.kept", row, actor=actor, now=now, step=step)
    return part


def send(
    *,
    ticket: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    ebox_for_all: bool = False,
    reason: str = "",
) -> Request:
    """Send the part that was typed, whole or not at all, and once however often it is sent.

    The worker certified it; its receipt goes to his e-Box. ``version``: of the request that he
    read before. Raises UnknownRequest, Incomplete, PapersMissing, OthersMissing, states.StepRefused
    when the employer cancelled or changed it meanwhile.
    """
    with transaction(actor=actor):
        row = _own(ticket, actor)
        part = WorkerPart.objects.select_for_update(of=("self",)).filter(request=row).first()
        if part is not None and part.content is not None:
            return row
        steps.following(row, Step.COMPLETE, Party.WORKER)
        if version not in (None, row.version):
            raise StepRefused(state=row.state, step=Step.COMPLETE, why="overtaken")
        case = reading.case_of(row, part.typed if part else {}, today=clock.today(now))
        if lacking := parts.missing_steps(case):
            raise Incomplete(lacking)
        said = parts.said_in(case, ebox_for_all=ebox_for_all, reason=reason)
        if missing := papers.missing(row, said):
            raise PapersMissing(missing)
        if others := together.waits_for(row, others_reduce=said.others_reduce):
            raise OthersMissing(others)
        row = operations.completed(ticket=row.ticket, said=plain(said), actor=actor, now=now)
        document = receipts.issue_receipt(row=row, said=said, actor=actor, now=now)
        WorkerPart.objects.filter(request=row).update(document=document)
        telling.sent(row, now=now)
    return row


def withdraw(*, ticket: str, actor: Actor, now: datetime) -> Request:
    """The worker does not want the break; raises UnknownRequest, states.StepRefused."""
    with transaction(actor=actor):
        row = _own(ticket, actor)
        steps.carry_out(row, Step.WITHDRAW, Party.WORKER, event="withdrawn", actor=actor, now=now)
        telling.withdrawn(row, now=now)
    return row


def object_to(*, ticket: str, text: str, actor: Actor, now: datetime) -> Objection:
    """Tell the employer what is wrong in his part; the request goes on waiting for the worker.

    The same text of the same version twice is told once. Raises UnknownRequest,
    states.StepRefused.
    """
    with transaction(actor=actor):
        row = _own(ticket, actor)
        steps.following(row, Step.COMPLETE, Party.WORKER)
        objection, is_new = Objection.objects.get_or_create(
            request=row, version=row.version, text=text, defaults={"at": now}
        )
        if is_new:
            telling.objected(row, objection, now=now)
            steps.trace("request.contested", row, actor=actor, now=now)
    return objection


def _own(ticket: str, actor: Actor) -> Request:
    row = reading.request(ticket=ticket, niss=actor.id)
    if row is None:
        raise UnknownRequest(ticket)
    return row
