"""For whom software may act: for its own enterprise, or by a mandate in force."""

from collections.abc import Collection
from datetime import date

from guichet.access.mandates import queries as mandates
from guichet.rules.mandates import Domain


def may_act_for(*, employer: str, enterprise: str, on: date) -> bool:
    """Whether an enterprise may handle the breaks of an employer on a day."""
    return employer in employers_of(mandators=[employer], enterprise=enterprise, on=on)


def mandataries_of(*, employer: str, on: date) -> frozenset[str]:
    """The enterprises that may handle the breaks of an employer on a day by mandate."""
    return mandates.mandataries(mandator=employer, domain=Domain.CAREER_BREAK, on=on)


def employers_of(*, mandators: Collection[str], enterprise: str, on: date) -> frozenset[str]:
    """Those of ``mandators`` for whom an enterprise may act; itself among them."""
    lent = mandates.lenders(
        mandators=mandators, mandatary=enterprise, domain=Domain.CAREER_BREAK, on=on
    )
    return lent | ({enterprise} & set(mandators))
