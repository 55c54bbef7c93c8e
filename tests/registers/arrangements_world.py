"""Short ways to agree on something, and to declare a site, for tests anywhere."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from guichet.audit.actors import system
from guichet.registers.arrangements import operations
from guichet.registers.arrangements.operations import Recorded
from guichet.registers.works import operations as works
from guichet.registers.works.queries import ContractRecord, SiteRecord
from guichet.rules.presence_arrangements import Kind, Method, Registrar, Side

ACTOR = system("test")
SINCE = date(2026, 1, 1)
CLEANING, MEAT = "1Y103CF8203SZ", "1Y103CF8204TZ"


def site(reference: str, activity: str, *, declarant: str, now: datetime, name: str) -> None:
    """A site whose works run since the beginning of 2026, without end."""
    with transaction.atomic():
        record = SiteRecord(reference, name, activity, 3 if activity == "meat" else 1, True)
        works.declare_site(site=record, actor=ACTOR, now=now)
        contract = ContractRecord(f"9B0{reference[3:]}", declarant, 9_000_000, SINCE)
        works.declare_contract(reference=reference, contract=contract, actor=ACTOR, now=now)


def agreement(above: str, below: str, /, **given: object) -> Recorded:
    """An agreement of this year on interim workers, by which the one below registers."""
    wanted = Recorded(
        above, below, Kind.INTERIM, Registrar.BELOW, Side.BELOW, Method.SOFTWARE,
        "The agency's own software sends the list each morning.", SINCE, date(2026, 12, 31),
    )  # fmt: skip
    return replace(wanted, **given)  # type: ignore[arg-type]  # names of its own fields


def recorded(wanted: Recorded, *, now: datetime, by: Side = Side.ABOVE) -> UUID:
    """Record it; its number."""
    with transaction.atomic():
        return operations.record(wanted=wanted, by=by, actor=ACTOR, now=now)
