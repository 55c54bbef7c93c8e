"""Messages of the demonstration: an enterprise and two citizens have some in their e-Box.

Everything goes through the operations of the e-Box; a reference that was used is not used again,
so a database that was loaded before gets what it lacks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from guichet.access.models import Right
from guichet.access.rights import give_right
from guichet.access.services import BY_KEY, Permission
from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.demo import numbers, people
from guichet.demo.firms import INSTITUTION, QUATRE_NUAGES
from guichet.ebox import boxes, publishing, senders
from guichet.ebox.boxes import CONSENT_VERSION
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.models import Application, Box
from guichet.ebox.publishing import NoDigitalUser, ReferenceReused
from guichet.kernel.label import Label
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person

ACTOR: Final[Actor] = system("demo")
OFFICE: Final = numbers.enterprise(INSTITUTION)
FIRM: Final = numbers.enterprise(QUATRE_NUAGES)
_NAME: Final = Label(
    nl="Huis van het Sociaal Onthaal",
    fr="Maison de l\u2019Accueil social",
    de="Haus der Sozialen Auskunft",
    en="House of Social Welcome",
)
_PROGRAMS: Final = {
    "dimona": BY_KEY["dimona"].name,
    "interim": Label(*["Interim@Work"] * 4),
    "works": BY_KEY["works"].name,
    "presence": BY_KEY["presence"].name,
    "career-break": BY_KEY["career-break"].name,
    "temporary-unemployment": BY_KEY["temporary-unemployment"].name,
}
_OPEN: Final = {
    people.AMINA: "amina.roussel@example.org",
    people.LUC: "luc.vandermeulen@example.org",
}
_LETTER: Final = "SPECIMEN\n\nCe fichier de démonstration tient lieu de courrier.\n"


def furnish(*, today: date, now: datetime) -> None:
    """The sender, the open boxes of citizens, and what was sent, unless it is there."""
    codes = set(Application.objects.filter(sender__number=OFFICE).values_list("code", flat=True))
    if not {*_PROGRAMS} <= codes:
        programs = dict(_PROGRAMS)
        with transaction():
            senders.connect(number=OFFICE, name=_NAME, actor=ACTOR, now=now, applications=programs)
    _let_read(today, now)
    _open(now)
    for days, message in _messages():
        try:
            publishing.publish(message=message, actor=ACTOR, now=now - timedelta(days=days))
        except (NoDigitalUser, ReferenceReused):
            continue


def _let_read(today: date, now: datetime) -> None:
    """Inge and Sofie read the box of the firm."""
    for known in (people.INGE, people.SOFIE):
        if not Right.objects.filter(person__niss=known.niss, service=Permission.EBOX).exists():
            with transaction():
                give_right(
                    niss=known.niss,
                    enterprise_number=FIRM,
                    service=Permission.EBOX.value,
                    first_day=today,
                    actor=ACTOR,
                    now=now,
                )


def _open(now: datetime) -> None:
    """The boxes of Amina and Luc, as if they had confirmed their address a month ago."""
    since = now - timedelta(days=30)
    for known, address in _OPEN.items():
        person = Person.objects.filter(niss=known.niss).first()
        if person is None or boxes.of_person(person_id=person.pk) is not None:
            continue
        with transaction(), acting(ACTOR, now=now):
            Box.objects.create(
                person=person,
                opened_at=since,
                consent_version=CONSENT_VERSION,
                email=address,
                language=known.language,
                created_at=since,
            )


def _messages() -> list[tuple[int, NewMessage]]:
    """How many days ago, and what."""
    letter = NewDocument("specimen.txt", "text/plain", _LETTER.encode())
    firm: dict[str, Any] = {"sender_number": OFFICE, "enterprise_number": FIRM, "language": "nl"}
    amina: dict[str, Any] = {
        "sender_number": OFFICE, "niss": people.AMINA.niss, "language": "fr",
    }  # fmt: skip
    luc: dict[str, Any] = {"sender_number": OFFICE, "niss": people.LUC.niss, "language": "nl"}
    return [
        (
            4,
            NewMessage(
                reference="demo-luc-1",
                type="message.general",
                subject="Welkom in uw e-Box",
                body="Uw officiële documenten komen voortaan hier, ook het overzicht van uw "
                "arbeidsrelaties.",
                **luc,
            ),
        ),
        (
            20,
            NewMessage(
                reference="demo-firm-1",
                type="message.general",
                subject="Welkom in uw e-Box",
                body="Officiële berichten voor uw onderneming komen voortaan hier.",
                **firm,
            ),
        ),
        (
            9,
            NewMessage(
                reference="demo-firm-2",
                type="decision.unemployment",
                subject="Beslissing over uw mededeling",
                documents=(letter,),
                **firm,
            ),
        ),
        (
            2,
            NewMessage(
                reference="demo-firm-3",
                type="letter.official",
                subject="Vraag om inlichtingen",
                documents=(letter,),
                action="Bezorg ons de gevraagde lijst.",
                **firm,
            ),
        ),
        (
            25,
            NewMessage(
                reference="demo-amina-1",
                type="message.general",
                subject="Bienvenue dans votre e-Box",
                body="Vos documents officiels arrivent désormais ici.",
                **amina,
            ),
        ),
        (
            16,
            NewMessage(
                reference="demo-amina-2",
                type="employment.overview",
                subject="Aperçu de vos occupations",
                documents=(letter,),
                **amina,
            ),
        ),
        (
            1,
            NewMessage(
                reference="demo-amina-3",
                type="reminder.deadline",
                subject="Une échéance approche",
                body="Votre réponse est attendue.",
                action="Répondez à la question de votre dossier.",
                **amina,
            ),
        ),
    ]
