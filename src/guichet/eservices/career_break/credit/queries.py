"""Reading codes: a worker his own, an enterprise those that it opened."""

from datetime import date
from uuid import UUID

from guichet.eservices.career_break.credit.models import Attestation

_LONGEST = 100


def codes_of(*, niss: str) -> list[Attestation]:
    """The codes that a person made, newest first."""
    rows = Attestation.objects.filter(person__niss=niss).select_related("used_by")
    return list(rows.order_by("-made_at", "-id")[:_LONGEST])


def code_of(*, key: UUID, niss: str) -> Attestation | None:
    """One of them."""
    rows = Attestation.objects.filter(key=key, person__niss=niss)
    return rows.select_related("used_by").first()


def opened_by(*, enterprise: str, on: date) -> list[Attestation]:
    """What an enterprise opened and may still read, the last one first."""
    rows = Attestation.objects.filter(
        used_by__number=enterprise, revoked_at=None, shown_until__gte=on
    )
    return list(rows.select_related("person").order_by("-used_at", "-id")[:_LONGEST])


def one_opened_by(*, key: UUID, enterprise: str, on: date) -> Attestation | None:
    """One that an enterprise opened and may still read."""
    rows = Attestation.objects.filter(
        key=key, used_by__number=enterprise, revoked_at=None, shown_until__gte=on
    )
    return rows.select_related("person").first()
