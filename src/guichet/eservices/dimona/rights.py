"""For whom somebody may declare: for his own enterprise, or by a mandate in force."""

from __future__ import annotations

from datetime import datetime

from guichet.access.mandates import queries as mandates
from guichet.eservices.dimona import wire
from guichet.eservices.dimona.facts import digits
from guichet.eservices.dimona.queries import DeclarationRecord
from guichet.platform import clock
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.mandates import Domain


def may_act_for(*, employer: str, enterprise: str, now: datetime) -> bool:
    """Whether an enterprise may act for an employer today."""
    if employer == enterprise:
        return True
    lent = mandates.lenders(
        mandators=[employer], mandatary=enterprise, domain=Domain.DIMONA, on=clock.today(now)
    )
    return employer in lent


def employer_of(given: wire.Employer | None) -> str | None:
    """The enterprise number behind what a message says, None for an employer nobody knows."""
    plain = wire.employer_of(given or wire.Employer())
    rows = Enterprise.objects.all()
    if plain.onss_number is not None:
        found = rows.filter(onss_number=str(plain.onss_number))
    else:
        found = rows.filter(number=digits(plain.enterprise_number))
    return found.values_list("number", flat=True).first()


def may_see(*, record: DeclarationRecord, enterprise: str, now: datetime) -> bool:
    """Whether a declaration is an enterprise's own, sent by it, or of an employer it acts for."""
    if record.sender == enterprise:
        return True
    return bool(record.employer) and may_act_for(
        employer=record.employer, enterprise=enterprise, now=now
    )
