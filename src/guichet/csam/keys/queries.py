"""Reading the keys of a person: plain values out."""

from dataclasses import dataclass, field
from datetime import datetime

from guichet.csam.codes.models import Account
from guichet.csam.keys.models import CardSheet, Key
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import SECOND, State, level_of


@dataclass(frozen=True, slots=True)
class KeptKey:
    """One key as its owner sees it; ``level``: what a sign-in with it reaches."""

    key_id: int
    kind: Means
    name: str
    state: State
    level: int
    user_name: str = field(repr=False)
    address: str = field(repr=False)
    activated_at: datetime
    enrolled_means: Means
    last_used_at: datetime | None
    locked_at: datetime | None
    revoked_at: datetime | None
    has_sheet: bool = False


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A user name of the person, and the kinds of key that it can still take."""

    account_id: int
    user_name: str = field(repr=False)
    free: frozenset[Means]


def keys(*, person_id: int, now: datetime) -> list[KeptKey]:
    """Every key of the person, those that work first, then the locked and the withdrawn."""
    rows = Key.objects.filter(person_id=person_id).select_related("account", "mail_address")
    sheets = set(
        CardSheet.objects.filter(card__key__person_id=person_id, until__gt=now).values_list(
            "card_id", flat=True
        )
    )
    order = list(State)
    found = [_kept(row, has_sheet=row.pk in sheets) for row in rows.order_by("pk")]
    return sorted(found, key=lambda key: order.index(key.state))


def key(*, person_id: int, key_id: int, now: datetime) -> KeptKey | None:
    """One key of the person; None when there is none or it is not his."""
    return next((one for one in keys(person_id=person_id, now=now) if one.key_id == key_id), None)


def accounts(*, person_id: int) -> list[OwnAccount]:
    """The user names in use of the person, oldest first."""
    taken = set(
        Key.objects.filter(person_id=person_id, kind__in=SECOND)
        .exclude(state=State.REVOKED)
        .values_list("account_id", "kind")
    )
    rows = Account.objects.filter(person_id=person_id, state=Account.State.ACTIVE).order_by("pk")
    return [
        OwnAccount(
            row.pk,
            row.user_name,
            frozenset(kind for kind in SECOND if (row.pk, kind.value) not in taken),
        )
        for row in rows
    ]


def _kept(row: Key, *, has_sheet: bool) -> KeptKey:
    kind, account = Means(row.kind), row.account
    return KeptKey(
        key_id=row.pk,
        kind=kind,
        name=row.name,
        state=State(row.state),
        level=level_of(
            kind=kind,
            key_level=row.enrolled_level,
            account_level=None if account is None else account.enrolled_level,
        ),
        user_name="" if account is None else account.user_name,
        address=row.mail_address.address if kind is Means.MAIL else "",
        activated_at=row.activated_at,
        enrolled_means=Means(row.enrolled_means),
        last_used_at=row.last_used_at,
        locked_at=row.locked_at,
        revoked_at=row.revoked_at,
        has_sheet=has_sheet,
    )
