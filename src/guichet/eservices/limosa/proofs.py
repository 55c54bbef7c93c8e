"""The L1: the proof of a declaration, with the QR code that a client and a phone read."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import Actor
from guichet.documents import squares
from guichet.documents.operations import Recipient, issue
from guichet.eservices.limosa.queries import Owner
from guichet.eservices.limosa.words import KINDS, SECTORS
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.postings.codes import address_of
from guichet.rules.limosa_declarations import Declared

KIND: Final = "limosa.l1"
_TEMPLATE: Final = "limosa-l1"


def issue_l1(
    *, number: str, declared: Declared, owner: Owner, language: str, actor: Actor, now: datetime
) -> str:
    """Ask for the L1 in the caller's transaction; the reference of the document."""
    with override(language):
        return issue(
            template=_TEMPLATE,
            data=_content(number, declared, language),
            language=language,
            title=_("L1 %(number)s") % {"number": number},
            recipient=Recipient(niss=owner.niss, enterprise_number=owner.enterprise),
            kind=KIND,
            actor=actor,
            now=now,
            subjects=[declared.niss],
        )


def _content(number: str, declared: Declared, language: str) -> dict[str, object]:
    named = [one for one in (declared.client, declared.employer) if one]
    names = enterprises.names(numbers=named, language=language)
    employer = declared.employer_vat or declared.employer
    name = declared.employer_name or names.get(declared.employer, "")
    facts = [
        (_("Worker"), f"{declared.family_name} {declared.given_name}"),
        (_("Kind"), str(KINDS[declared.kind])),
        (_("Employer"), f"{name} {employer}".strip()),
        (_("Client in Belgium"), f"{names.get(declared.client, '')} {declared.client}".strip()),
        (_("Period"), _period(declared)),
        (_("Sector"), str(SECTORS[declared.sector])),
        (_("Work"), declared.service),
        (_("Places of work"), "; ".join(one.reference or one.text for one in declared.places)),
        (_("Working time"), _hours(declared)),
        (_("Contact in Belgium"), f"{declared.liaison_name} {declared.liaison_reach}".strip()),
    ]
    return {
        "title": _("Limosa-1 (L1): proof of declaration"),
        "number": number,
        "number_label": _("Limosa number"),
        "facts": [[label, text] for label, text in facts if text],
        "qr": squares.drawing(address_of(number)),
        "alt": _("QR code of the L1 %(number)s") % {"number": number},
        "text": _(
            "Show this form to the client before the work starts. Its QR code fills in the worker "
            "and his employer where presences are registered. It says what was declared when it "
            "was made; the register says what stands today."
        ),
    }


def _period(declared: Declared) -> str:
    days = (declared.first_day, declared.last_day)
    return " - ".join(wording.day(day) for day in days if day)


def _hours(declared: Declared) -> str:
    if declared.weekly_minutes is None:
        return declared.schedule
    hours = f"{declared.weekly_minutes // 60}:{declared.weekly_minutes % 60:02d}"
    return _("%(hours)s a week, %(schedule)s") % {"hours": hours, "schedule": declared.schedule}
