"""Reading accounts: plain values out."""

from dataclasses import dataclass
from datetime import datetime

from guichet.csam.codes.models import Account


@dataclass(frozen=True, slots=True)
class OwnCodes:
    """An account as its holder sees it."""

    account_id: int
    user_name: str
    created_at: datetime


def own(*, person_id: int) -> list[OwnCodes]:
    """The active accounts of a person, oldest first."""
    rows = Account.objects.filter(person_id=person_id, state=Account.State.ACTIVE).order_by("pk")
    return [OwnCodes(row.pk, row.user_name, row.created_at) for row in rows]
