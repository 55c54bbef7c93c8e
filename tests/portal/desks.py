"""An agent at the desks of an institution, and something on each of them."""

from datetime import date, datetime, timedelta

from django.db import transaction

from guichet.access.rights import give_right
from guichet.access.services import Permission
from guichet.audit.actors import Actor
from guichet.backoffice.enterprises import operations
from guichet.backoffice.enterprises.operations import ForeignEnterprise, Representative
from guichet.csam.outside import interviews, requests
from guichet.csam.outside.requests import Applicant
from guichet.platform import clock
from guichet.registers.addresses import Address
from tests.portal.world import ACTOR

BORN = date(1991, 5, 6)


def furnish(*, niss: str, number: str, now: datetime) -> dict[str, str]:
    """Give a person the desks of an institution; the reference of a request for an interview that
    is proposed, and the number of an enterprise from abroad."""
    with transaction.atomic():
        for desk in (
            Permission.CONTACT_DESK, Permission.IDENTIFICATION_DESK, Permission.ENTERPRISE_DESK,
            Permission.INSPECTION, Permission.CORRECTION_DESK, Permission.CAREER_BREAK_DESK,
            Permission.CAREER_BREAK_SIGN, Permission.CAREER_BREAK_READ,
            Permission.CRISIS_DESK, Permission.DIMONA_DESK,
            Permission.TEMPORARY_UNEMPLOYMENT_DESK, Permission.TEMPORARY_UNEMPLOYMENT_SIGN,
            Permission.TEMPORARY_UNEMPLOYMENT_READ,
        ):  # fmt: skip
            give_right(
                niss=niss, enterprise_number=number, service=desk, quality="public_body",
                first_day=clock.today(now), actor=ACTOR, now=now,
            )  # fmt: skip
    agent = Actor(kind="person", id=niss, enterprise=number)
    applicant = Applicant("Youssef", "Benali", BORN, "MA", "y@example.org", "+212 600 000", "fr")
    request = requests.ask(applicant=applicant, source="tests", now=now).reference
    slot = now + timedelta(days=1)
    interviews.propose(reference=request, slot_at=slot, actor=agent, now=now)
    return {"request": request, "foreign": _foreign(agent, now)}


def _foreign(agent: Actor, now: datetime) -> str:
    representative = Representative(
        given_name="Marta", family_name="Zielińska", birth_date=BORN, sex=None, nationality="PL",
        language="en", email="m@example.org", function="director", card_country="",
        means_country="PL",
    )  # fmt: skip
    enterprise = ForeignEnterprise(
        name="Wawel Czystość sp. z o.o.", country="PL", vat_number="PL5260001246",
        address=Address("ulica Długa", "7", "", "31-146", "Kraków", "PL"), language="en",
        representative=representative,
    )  # fmt: skip
    return operations.register(wanted=enterprise, actor=agent, now=now)
