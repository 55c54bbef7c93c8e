"""Asking the NSSO in the small world of the portal: documents, requests, decisions."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.audit.actors import Actor
from guichet.documents.attachments.models import Attachment, State
from guichet.eservices.presence.corrections import deciding
from guichet.eservices.presence.models import Case
from guichet.registers.persons.models import Person
from guichet.rules.presence_corrections import Step
from tests.documents.attachments import samples
from tests.portal.browsing import NOW
from tests.portal.world import STAFF

STAFF_NEW, OWN_NEW = "/presence/staff/requests/new/", "/presence/requests/new/"
BOX = "/attachments/presence-correction/"
AGENT = STAFF[3].niss
GOOD = {"reason": "forgotten", "words": "She forgot her badge; the sheet is signed."}


def attach(client: Client, name: str = "sheet.pdf") -> str:
    """One document that waits for its form; its id."""
    file = SimpleUploadedFile(name, samples.pdf(), "application/pdf")
    assert client.post(BOX, {"attachment": file}).status_code == 302
    rows = Attachment.objects.filter(state=State.PENDING.value).order_by("-created_at", "-pk")
    found = rows.first()
    assert found is not None
    return str(found.pk)


def ask(client: Client, place: str, **given: Any) -> Any:
    """Send the form at this place, with a document unless ``attached`` says otherwise."""
    if "attached" not in given:
        given["attached"] = attach(client)
    return client.post(place, GOOD | given)


def asked(client: Client, receipt: int, *, place: str = STAFF_NEW, **given: Any) -> Case:
    """A request about this act that is with the NSSO."""
    answer = ask(client, f"{place}?receipt={receipt}", **given)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return Case.objects.latest("pk")


def decided(
    row: Case, step: Step, *, granted: deciding.Granted | None = None, now: datetime = NOW
) -> Case:
    """Taken and decided by an agent."""
    person = Person.objects.get(niss=AGENT)
    actor = Actor("person", AGENT)
    deciding.take(number=row.number, person_id=person.pk, actor=actor, now=now)
    return deciding.decide(
        number=row.number, step=step, granted=granted, reason="The sheet proves it.",
        person_id=person.pk, actor=actor, now=now,
    )  # fmt: skip
