"""Short ways to bring files to requests and notices."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.audit.actors import Actor
from guichet.documents.attachments.operations import Owner
from guichet.eservices.career_break.files import operations
from guichet.eservices.career_break.files.bearers import Bearer
from guichet.eservices.career_break.files.facts import Subject
from guichet.eservices.career_break.files.operations import Applied, Chosen, Wanted
from guichet.eservices.career_break.models import Notice, Request
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.career_break.states import Party
from tests.documents.attachments import samples
from tests.eservices.career_break import world
from tests.eservices.career_break.world import CLERK, FIRM, LUC, NOW

OFFICER = Actor("person", world.STRANGER, "0206737484")


def place(row: Request, more: str = "") -> str:
    """The page of the attachments of a request."""
    return f"/career-break/requests/{row.ticket}/attachments/{more}"


def assistance(**given: Any) -> Request:
    """A request that asks for a medical attestation."""
    details = {"relation": "family"}
    return world.filed(**{"leave": "medical_assistance", "details": details, **given})


def notice() -> Notice:
    """A notice of a leave that a medical attestation proves."""
    row = world.notice()
    row.leave = "medical_assistance"
    with transaction(actor=world.ACTOR):
        row.save(update_fields=["leave"])
    return row


def clerk(niss: str = CLERK, enterprise: str = FIRM) -> Bearer:
    """Who brings files for an employer."""
    owner = Owner(Person.objects.get(niss=niss).pk, niss, enterprise)
    return Bearer(Party.EMPLOYER, owner, Actor("person", niss, enterprise))


def worker(niss: str = LUC) -> Bearer:
    """The worker for himself."""
    return Bearer(
        Party.WORKER, Owner(Person.objects.get(niss=niss).pk, niss), Actor("person", niss)
    )


def chosen(
    row: Subject,
    by: Bearer,
    document: str = "medical_attestation",
    *,
    data: bytes | None = None,
    name: str = "attest.pdf",
    description: str = "",
) -> Chosen:
    """A file that is pending."""
    wanted = Wanted(document, name, samples.pdf() if data is None else data, description)
    return operations.choose(subject=row, wanted=wanted, by=by, now=NOW)


def applied(
    row: Subject, by: Bearer, document: str = "medical_attestation", **given: Any
) -> Applied:
    """A file that was received."""
    chosen(row, by, document, **given)
    return operations.apply(subject=row, by=by, now=NOW)


def sent(
    client: Client,
    row: Request,
    *,
    data: bytes | None = None,
    name: str = "attest.pdf",
    document: str = "medical_attestation",
    do: str = "add",
    **given: str,
) -> Any:
    """What the page answers to a file."""
    file = SimpleUploadedFile(name, samples.pdf() if data is None else data)
    typed = {"files": "1", "document": document, "description": "", "file": file, "do": do}
    return client.post(place(row), typed | given)


def apply(client: Client, row: Request) -> Any:
    """What the page answers to *Apply the changes*."""
    return client.post(place(row), {"files": "1", "do": "apply"}, follow=True)
