"""Taking a file in, and declaring what stands in it: form by form, each form once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from guichet.access.mandates import queries as mandates
from guichet.audit.actors import Actor, actor_of
from guichet.eservices.works import operations
from guichet.eservices.works.batch import meaning, reading
from guichet.eservices.works.batch.reading import Contents
from guichet.eservices.works.content import declared_of
from guichet.eservices.works.models import Declaration, FileForm
from guichet.eservices.works.operations import Refused, Sender
from guichet.platform import clock
from guichet.platform.db import savepoint, transaction
from guichet.registers.changing import RegisterRefused
from guichet.registers.exchanges import taking
from guichet.registers.exchanges.models import File
from guichet.registers.exchanges.operations import Received
from guichet.rules.mandates import Domain
from guichet.rules.works.finding import Anomaly

SERVICE: Final = "works"
_STRUCTURE: Final = "Form-003"


def receive(*, content: bytes, sender: str, channel: str, actor: Actor, now: datetime) -> Received:
    """Store a file and let it be read in a moment; raises as `taking.receive`."""
    return taking.receive(
        service=SERVICE,
        content=content,
        reference_of=reading.reference_of,
        sender=sender,
        channel=channel,
        actor=actor,
        now=now,
    )


def read(*, file: int, now: datetime) -> None:
    """Read a file that waits: its forms wait then, or the whole file is refused.

    Does nothing for a file that was read already.
    """
    taking.read(service=SERVICE, file=file, contents_of=reading.read, take=_take, now=now)


def _take(row: File, contents: Contents) -> tuple[int, int]:
    rows = [
        FileForm(
            file_id=row.pk,
            position=form.position,
            reference=form.reference,
            found=form.found,
            result="refused" if form.fault else "pending",
            anomalies=[[_STRUCTURE, form.fault]] if form.fault else [],
        )
        for form in contents.forms
    ]
    FileForm.objects.bulk_create(rows, batch_size=500)
    return len(rows), sum(1 for one in rows if one.result == "refused")


def declare_next(*, file: int, now: datetime) -> bool:
    """Declare the next form of a file that waits; False when none does.

    The form and its declaration are one transaction: whatever stops it, it counts once.
    """
    rows = FileForm.objects.filter(file_id=file, result="pending").order_by("position")
    waiting = rows.values_list("pk", "file__actor", "file__sender").first()
    if waiting is None:
        return False
    key, actor_text, enterprise = waiting
    actor = actor_of(actor_text)
    with transaction(actor=actor):
        form = FileForm.objects.select_for_update().filter(pk=key, result="pending").first()
        if form is not None:
            _decide(form, actor, enterprise, now)
    return True


def _decide(form: FileForm, actor: Actor, enterprise: str, now: datetime) -> None:
    found: dict[str, Any] = form.found
    try:
        with savepoint():
            row, warned = _carried_out(found, actor, enterprise, now)
    except Refused as refusal:
        form.result = "refused"
        form.anomalies = [[one.code, one.field] for one in refusal.anomalies]
    except (operations.UnknownDeclaration, operations.AlreadyCancelled):
        form.result, form.anomalies = "refused", [["00941-008", "declaration"]]
    except RegisterRefused:
        form.result, form.anomalies = "refused", [[_STRUCTURE, "register"]]
    else:
        form.result, form.declaration_id = "accepted", row.pk
        form.anomalies = [[one.code, one.field] for one in warned]
    form.found = {}  # what was declared stands in its declaration
    form.save(update_fields=["result", "declaration_id", "anomalies", "found"])


def _carried_out(
    found: dict[str, Any], actor: Actor, enterprise: str, now: datetime
) -> tuple[Declaration, tuple[Anomaly, ...]]:
    number = found.get("AVWDDTId", "")
    declarant = meaning.declarant_of(found)
    if not _may_declare(declarant, enterprise, now):
        raise Refused([Anomaly("WorksContractDeclarantId-005", "declarant")])
    sender = Sender(actor, "file", declarant)
    if number and "CancellationReason" in found:
        reason = found["CancellationReason"][:250]
        row = operations.cancel_within(number=number, reason=reason, sender=sender, now=now)
        return row, ()
    declared, faults = meaning.declared(found)
    faults += meaning.created_on(found, today=clock.today(now))
    if faults:
        raise Refused(faults)
    if number:
        row = operations.held(number=number, enterprise=declarant)
        former = declared_of(row.content)
        declared = replace(declared, chain=operations.recognised(former.chain, declared.chain))
        row = operations.change_within(row=row, declared=declared, sender=sender, now=now)
    else:
        row = operations.declare_within(declared=declared, sender=sender, now=now)
    found_again = operations.problems(
        declared=declared_of(row.content), now=now, former=declared_of(row.content), is_first=True
    )
    return row, operations.warnings(found_again)


def _may_declare(declarant: str, enterprise: str, now: datetime) -> bool:
    if declarant == enterprise:
        return True
    lent = mandates.lenders(
        mandators=[declarant], mandatary=enterprise, domain=Domain.WORKS, on=clock.today(now)
    )
    return declarant in lent
