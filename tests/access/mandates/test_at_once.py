"""Two who sign at the same moment: one signature, one mandatary."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from guichet.access.mandates.models import Lent, Mandate, Signature
from guichet.access.mandates.operations import MandateRefused
from guichet.rules.mandates import Domain
from tests.access.mandates.parties import (
    FIRM,
    GRIET,
    INGE,
    KOEN,
    OFFICE,
    OTHER_OFFICE,
    proposed,
    sign,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


def _both(*acts: tuple[Mandate, str, str]) -> list[str]:
    """Each signs from a thread of its own at the same moment; the refusals, sorted."""
    start = Barrier(len(acts))

    def act(given: tuple[Mandate, str, str]) -> str:
        start.wait()
        try:
            sign(*given)
        except MandateRefused as refusal:
            return refusal.key
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(act, acts))


@pytest.mark.usefixtures("parties")
def test_a_party_that_signs_twice_at_once_has_signed_once() -> None:
    mandate = proposed()

    refusals = _both((mandate, INGE, FIRM), (Mandate.objects.get(), INGE, FIRM))

    assert refusals == ["", "step"]
    assert Signature.objects.count() == 1


@pytest.mark.usefixtures("parties")
def test_of_two_mandataries_that_sign_at_once_one_gets_the_domain() -> None:
    mandates = [proposed(Domain.DIMONA, other=office) for office in (OFFICE, OTHER_OFFICE)]
    for mandate in mandates:
        sign(mandate, INGE, FIRM)

    refusals = _both((mandates[0], KOEN, OFFICE), (mandates[1], GRIET, OTHER_OFFICE))

    assert refusals == ["", "taken"]
    assert Lent.objects.count() == 1
