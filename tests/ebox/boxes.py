"""Boxes, a sender, and messages in them, made by the operations."""

import re
from datetime import date, datetime, time
from itertools import count
from typing import Any, Final
from uuid import UUID

from guichet.access.models import Manager, Member
from guichet.access.rights import give_right
from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.demo import fixtures
from guichet.ebox import boxes, consumers, publishing, senders
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.models import Box, Message
from guichet.ebox.visibility import Reader
from guichet.kernel.label import Label
from guichet.platform import clock
from guichet.platform.clock import BRUSSELS
from guichet.platform.db import transaction
from guichet.platform.models import Dispatch
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.portal.world import CLERK, STAFF

TESTS: Final = system("tests")
SENDER: Final = fixtures.E2
NAME: Final = Label(
    nl="Rijksdienst Proef", fr="Office des Essais", de="Probeamt", en="Office of Trials"
)
FIRM: Final = fixtures.E1
OTHER_FIRM: Final = fixtures.E3
PDF: Final = b"%PDF-1.7 the letter"
# The smallest whole document: one page that a viewer shows.
PAGE: Final = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 44>>stream\n"
    b"BT /F 24 Tf 40 100 Td (Votre demande) Tj ET  \nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
MANAGER: Final = STAFF[2].niss
PERSONNEL: Final = STAFF[4].niss
_numbers = count(1)


def at(day: date, text: str = "10:00") -> datetime:
    """A moment of a day in Brussels."""
    return datetime.combine(day, time.fromisoformat(text), BRUSSELS)


def build(now: datetime | None = None) -> None:
    """The sender; two persons' boxes; two enterprises with a manager and readers."""
    now = now or clock.now()
    with transaction():
        senders.connect(
            number=SENDER, name=NAME, actor=TESTS, now=now, applications={"letters": NAME}
        )
    for niss in (fixtures.W1, fixtures.W2):
        open_box(niss, now=now)
    for number in (FIRM, OTHER_FIRM):
        manage(MANAGER, number, now=now)
    for niss, number, service in (
        (MANAGER, FIRM, "access_management"),
        (CLERK, FIRM, "ebox"),
        (CLERK, OTHER_FIRM, "ebox"),
        (MANAGER, FIRM, "ebox"),
        (PERSONNEL, FIRM, "ebox"),
        (PERSONNEL, FIRM, "temporary_unemployment"),
    ):
        with transaction():
            give_right(
                niss=niss, enterprise_number=number, service=service,
                first_day=clock.today(now), actor=TESTS, now=now,
            )  # fmt: skip


def person(niss: str) -> Person:
    """The row of a person."""
    return Person.objects.get(niss=niss)


def himself(niss: str) -> Actor:
    """The person as an actor."""
    return Actor("person", niss)


def ask(niss: str, *, now: datetime, email: str = "somebody@example.org") -> Box:
    """Consent, the address not yet confirmed."""
    boxes.ask_to_open(
        person_id=person(niss).pk, email=email, language="fr", actor=himself(niss), now=now
    )
    return Box.objects.get(person__niss=niss)


def code() -> str:
    """The six digits of the last mail."""
    body = Dispatch.objects.order_by("pk").last().body  # type: ignore[union-attr]
    return re.findall(r"\b[0-9]{6}\b", body)[0]


def open_box(niss: str, *, now: datetime) -> Box:
    """A person's box, consented and confirmed."""
    box = ask(niss, now=now)
    boxes.confirm(box_id=box.pk, code=code(), actor=himself(niss), now=now)
    return Box.objects.get(pk=box.pk)


def manage(niss: str, number: str, *, now: datetime) -> None:
    """The enterprise registered its access: it has a main manager with an address."""
    enterprise = Enterprise.objects.get(number=number)
    with transaction(), acting(TESTS, now=now):
        Member.objects.create(
            person=person(niss), enterprise=enterprise, state="active",
            email=f"manager-{number}@example.org", created_at=now,
        )  # fmt: skip
        Manager.objects.create(
            person=person(niss), enterprise=enterprise, kind="main", named_at=now,
            activated_at=now,
        )  # fmt: skip


def draft(**given: Any) -> NewMessage:
    """A letter to the firm with one PDF, unless ``given`` says otherwise."""
    if "niss" not in given:
        given.setdefault("enterprise_number", FIRM)
    members = {
        "sender_number": SENDER,
        "reference": f"letter-{next(_numbers)}",
        "type": "letter.official",
        "language": "fr",
        "subject": "Votre demande",
        "documents": (document(),),
    }
    return NewMessage(**(members | given))


def document(name: str = "lettre.pdf", data: bytes = PDF, **given: Any) -> NewDocument:
    """A PDF, unless told otherwise."""
    return NewDocument(name, given.pop("media_type", "application/pdf"), data, **given)


def put(*, now: datetime | None = None, **given: Any) -> UUID:
    """Publish; the number of the message."""
    published = publishing.publish(message=draft(**given), actor=TESTS, now=now or clock.now())
    return published.uuid


def message(uuid: UUID) -> Message:
    """The row of a message."""
    return Message.objects.get(uuid=uuid)


def reader(holder: str = FIRM, **given: Any) -> Reader:
    """Who sees all of the box of an enterprise (ten digits) or of a person (eleven)."""
    found = Box.objects.filter(enterprise__number=holder) | Box.objects.filter(person__niss=holder)
    given.setdefault("client_id", "" if "person_id" in given else "tests")
    return Reader(found.get().pk, **given)


def open_of_firm(holder: str = FIRM) -> Box:
    """The box of an enterprise, opened before something came."""
    return boxes.open_of_enterprise(number=holder, actor=TESTS, now=clock.now())


def let_read(client_id: str, holder: str = FIRM, *, now: datetime | None = None) -> None:
    """The holder of a box names a program; an enterprise without a manager has no box."""
    now = now or clock.now()
    with transaction():
        box = boxes.of_person(person_id=person(holder).pk) if len(holder) == 11 else None
        box = box or boxes.ensured(number=holder, actor=TESTS, now=now)
    if box is not None:
        consumers.name(
            box_id=box.pk,
            client_id=client_id,
            person_id=person(MANAGER).pk,
            actor=TESTS,
            now=now,
        )
