"""For whom somebody may communicate: for the own enterprise, or by a mandate in force."""

from collections.abc import Collection
from datetime import date

from guichet.access.mandates import queries as mandates
from guichet.rules.mandates import Domain


def employers_of(*, mandators: Collection[str], enterprise: str, on: date) -> frozenset[str]:
    """Those of ``mandators`` for whom an enterprise may act; itself among them."""
    lent = mandates.lenders(
        mandators=mandators, mandatary=enterprise, domain=Domain.TEMPORARY_UNEMPLOYMENT, on=on
    )
    return lent | ({enterprise} & set(mandators))
