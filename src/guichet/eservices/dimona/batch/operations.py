"""Taking a file in, and declaring what stands in it: form by form, each file once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from guichet.audit.actors import Actor, actor_of
from guichet.eservices.dimona import operations, rights, wire
from guichet.eservices.dimona.batch import reading
from guichet.eservices.dimona.batch.reading import Contents, Form, FormFault
from guichet.eservices.dimona.emergency import queries as emergencies
from guichet.eservices.dimona.models import FileForm
from guichet.registers.exchanges import taking
from guichet.registers.exchanges.models import File
from guichet.registers.exchanges.operations import Received

SERVICE: Final = "dimona"
NOT_MANDATED: Final = "noMandate"


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
    """Read a file that waits: all its sound forms are declared, or the whole file is refused.

    Does nothing for a file that was read already.
    """

    def take(row: File, contents: Contents) -> tuple[int, int]:
        rows = _declared(row, contents.forms, now=now)
        return len(rows), sum(1 for each in rows if each.fault)

    taking.read(service=SERVICE, file=file, contents_of=reading.read, take=take, now=now)


def _declared(row: File, forms: Iterable[Form], *, now: datetime) -> list[FileForm]:
    may = _Mandates(row.sender, now)
    known = _Dossiers()
    rows, bodies, taken, dossiers = [], [], [], []
    for form in forms:
        fault, element = (form.fault.value, form.element) if form.fault else ("", "")
        if form.body is not None and not may.declare(form.body):
            fault, element = NOT_MANDATED, "Employer"
        dossier = known.of(form) if form.body is not None and not fault else ""
        if dossier is None:
            fault, element = FormFault.NO_DOSSIER.value, "Form"
        one = FileForm(
            file_id=row.pk,
            position=form.position,
            reference=form.reference,
            fault=fault,
            element=element,
        )
        rows.append(one)
        if form.body is not None and not fault:
            bodies.append(form.body)
            taken.append(one)
            dossiers.append(dossier or "")
    if bodies:
        numbers = operations.take_in(
            bodies,
            channel="file",
            sender=row.sender,
            actor=actor_of(row.actor),
            now=now,
            dossiers=dossiers,
        )
        for one, number in zip(taken, numbers, strict=True):
            one.declaration_id = number
    FileForm.objects.bulk_create(rows, batch_size=1_000)
    return rows


class _Dossiers:
    """Which emergency a form names; each number of an employer is asked once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str | None] = {}

    def of(self, form: Form) -> str | None:
        """The number as it is kept, empty for a form that names none, None for an unknown one."""
        if not form.dossier or form.body is None:
            return ""
        employer = rights.employer_of(form.body.employer) or ""
        key = (employer, form.dossier)
        if key not in self._known:
            found = emergencies.dossier(number=form.dossier, enterprise=employer)
            self._known[key] = found.number if found else None
        return self._known[key]


class _Mandates:
    """For whom the sender may declare; each employer of a file is asked once."""

    def __init__(self, sender: str, now: datetime) -> None:
        self._sender = sender
        self._now = now
        self._known: dict[tuple[str | None, int | str | None], bool] = {}

    def declare(self, body: wire.Body) -> bool:
        """Whether a form may be taken; an employer that nobody knows is answered by Dimona."""
        given = body.employer or wire.Employer()
        key = (given.enterprise_number, given.employer_id)
        if key not in self._known:
            employer = rights.employer_of(given)
            self._known[key] = employer is None or rights.may_act_for(
                employer=employer, enterprise=self._sender, now=self._now
            )
        return self._known[key]
