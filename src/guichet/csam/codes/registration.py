"""The first connection: from posted codes to codes of one's own.

What a person chooses waits in the session of the browser, with the digest of the password and
never the password itself; nothing is stored until it is confirmed.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError

from guichet.access.roles.operations import activate_manager
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.csam.codes.models import Account
from guichet.csam.provider.models import Login
from guichet.platform.db import savepoint, transaction
from guichet.registers.persons.models import Person

_KEY: Final = "first-connection"


class NotAwaiting(Exception):
    """The posted codes await no first connection any more: used, void or too old."""


class UserNameTaken(Exception):
    """Somebody has, or had, this user name."""


@dataclass(frozen=True, slots=True, repr=False)
class Chosen:
    """What the person chose on the form; the password as its digest."""

    email: str
    phone: str
    language: str
    user_name: str
    password_hash: str


@dataclass(frozen=True, slots=True, repr=False)
class Pending:
    """A first connection under way in one browser, for one sign-in."""

    account: Account
    chosen: Chosen | None = None
    was_taken: bool = False


def begin(session: SessionBase, *, login: Login, account: Account) -> None:
    """These posted codes were right: the browser may go on to choose its own."""
    session.cycle_key()
    session[_KEY] = {"login": login.pk, "account": account.pk}


def keep(session: SessionBase, *, chosen: Chosen) -> None:
    """Hold what was chosen until it is confirmed."""
    session[_KEY] = _place(session) | {"chosen": asdict(chosen)}


def note_taken(session: SessionBase) -> None:
    """Somebody was quicker with this name: another one, and the password again."""
    place = _place(session)
    session[_KEY] = place | {
        "taken": True,
        "chosen": place.get("chosen", {}) | {"password_hash": "", "user_name": ""},
    }


def end(session: SessionBase, *, login: Login) -> None:
    """The codes are registered; the sign-in goes on with them."""
    session[_KEY] = {"login": login.pk, "registered": True}


def pending(session: SessionBase, *, login: Login, now: datetime) -> Pending:
    """The first connection of this sign-in; raises NotAwaiting."""
    place = _place(session)
    if place.get("login") != login.pk or "account" not in place:
        raise NotAwaiting
    account = _awaiting(Account.objects.select_related("person"), place["account"], now)
    kept = place.get("chosen")
    return Pending(account, Chosen(**kept) if kept else None, bool(place.get("taken")))


def is_registered(session: SessionBase, *, login: Login) -> bool:
    """Whether this sign-in has just registered new codes."""
    place = _place(session)
    return place.get("login") == login.pk and bool(place.get("registered"))


def is_taken(user_name: str) -> bool:
    """Whether somebody has, or had, this user name; a name is never free again."""
    return Account.objects.filter(user_name=user_name.lower()).exists()


def register(*, account_id: int, chosen: Chosen, now: datetime) -> Account:
    """Make the new account and end the posted codes.

    Raises NotAwaiting, or UserNameTaken when somebody was quicker; nothing is changed then.
    """
    with transaction():
        former = _awaiting(
            Account.objects.select_related("person").select_for_update(of=("self",)),
            account_id,
            now,
        )
        actor = _holder(former)
        with acting(actor, now=now):
            account = open_account(
                person=_person(former),
                chosen=chosen,
                level=former.enrolled_level,
                now=now,
                enterprise_number=former.enterprise_number,
                quality=former.quality,
            )
            former.state = Account.State.CLOSED
            former.save(update_fields=["state"])
            trail.record(
                action="csam.codes.registered",
                actor=actor,
                target=f"account/{account.pk}",
                now=now,
                detail={"posted": former.pk},
            )
        if former.person is not None and former.enterprise_number:
            activate_manager(
                niss=former.person.niss,
                enterprise_number=former.enterprise_number,
                email=account.email,
                phone=account.phone,
                language=account.language,
                now=now,
            )
    return account


def open_account(
    *,
    person: Person,
    chosen: Chosen,
    level: int,
    now: datetime,
    enterprise_number: str | None = None,
    quality: str | None = None,
) -> Account:
    """An account with codes of one's own, for somebody whom the caller has made sure of at
    ``level``; in the caller's transaction. Raises UserNameTaken."""
    try:
        with savepoint():
            return Account.objects.create(
                person=person,
                state=Account.State.ACTIVE,
                enrolled_level=level,
                enterprise_number=enterprise_number,
                quality=quality,
                created_at=now,
                **asdict(chosen),
            )
    except IntegrityError as broken:
        if "csam_account_user_name_unique" not in str(broken):
            raise
        raise UserNameTaken from None


def _awaiting(accounts: Any, account_id: int, now: datetime) -> Account:
    found: Account | None = accounts.filter(
        pk=account_id, state=Account.State.PROVISIONAL, valid_until__gt=now
    ).first()
    if found is None or found.person is None:
        raise NotAwaiting
    return found


def _person(account: Account) -> Person:
    if account.person is None:
        raise NotAwaiting
    return account.person


def _holder(account: Account) -> Actor:
    number = account.person.niss if account.person else ""
    return Actor(kind="person", id=number, enterprise=account.enterprise_number)


def _place(session: SessionBase) -> dict[str, Any]:
    return dict(session.get(_KEY, {}))
