"""Technical users: the accounts by which software calls the older SOAP services.

Each has one secret: a password that we make and show once, or a certificate. A password of ours
has 26 signs out of 32, which is 130 bits: a list of stolen hashes helps nobody.
"""

import functools
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from django.db import IntegrityError
from django.db.models import QuerySet

from guichet.access.certificates import Certificate, TestCertificate, read_certificate
from guichet.access.chaman.models import Sender, TechnicalUser
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.platform.db import savepoint, transaction

_SIGNS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH: Final = 26
_NAME: Final = re.compile(r"[a-z0-9]{8,30}\Z")
_HASHER: Final = PasswordHasher()


class UserRefused(Exception):
    """A change that is not open; `str()` is a sentence."""


class UserNameTaken(UserRefused):
    """A user name is given once, for ever."""


class UserCertificateTaken(UserRefused):
    """The certificate belongs to a technical user already."""


class UnknownUser(UserRefused):
    """No technical user of this name (or not one of the enterprise that asks)."""


class UnknownSenderOfUser(UserRefused):
    """The enterprise has no sender yet."""


class SignInRefused(Exception):
    """The one answer: unknown, blocked, or not the right secret."""


# --- reading -------------------------------------------------------------------------------------


def users(*, enterprise_number: str) -> list[TechnicalUser]:
    """The technical users of an enterprise, by name."""
    found = TechnicalUser.objects.filter(sender__enterprise_number=enterprise_number)
    return list(found.select_related("sender").order_by("user_name"))


def user(*, user_name: str, enterprise_number: str) -> TechnicalUser:
    """One technical user of an enterprise; raises UnknownUser."""
    for one in _of(enterprise_number).filter(user_name=user_name):
        return one
    raise UnknownUser("There is no technical user of this name.")


def technical_user(*, user_name: str, password: str, now: datetime) -> TechnicalUser:
    """Who calls with this user name and password; raises SignInRefused.

    Unknown, blocked and wrong cost the same work and get the same answer. The caller limits the
    number of tries.
    """
    found = None
    if _NAME.match(user_name):  # a NUL would be an accident in PostgreSQL
        found = TechnicalUser.objects.select_related("sender").filter(user_name=user_name).first()
    kept = found.password_hash if found is not None else None
    is_right = _holds(kept or _decoy(), password)
    if found is None or kept is None or not is_right or found.state != TechnicalUser.State.ACTIVE:
        if found is not None:
            trail.record_refusal(
                action="access.technicalUser.refused",
                actor=Actor("client", found.user_name, found.sender.enterprise_number),
                target=_target(found),
                now=now,
                reason=found.state if found.state != TechnicalUser.State.ACTIVE else "secret",
            )
        raise SignInRefused
    return found


def technical_user_of_certificate(*, thumbprint: str, now: datetime) -> TechnicalUser:
    """Who calls with the key of this certificate (SHA-256, lower case); raises SignInRefused."""
    found = TechnicalUser.objects.select_related("sender").filter(
        thumbprint=thumbprint, state=TechnicalUser.State.ACTIVE, not_after__gte=now
    )
    for one in found:
        return one
    raise SignInRefused


def proposed(*, data: bytes, is_simulation: bool, now: datetime) -> Certificate:
    """What an upload holds, refused as it would be when it is kept; raises CertificateRefused."""
    certificate = read_certificate(data=data, now=now)
    if certificate.is_test and not is_simulation:
        raise TestCertificate
    return certificate


# --- changing ------------------------------------------------------------------------------------


def create_with_password(*, user_name: str, actor: Actor, now: datetime) -> str:
    """Create a technical user; its password, which nobody can read again later.

    Raises UserNameTaken, UnknownSenderOfUser.
    """
    password = _new_password()
    _create(user_name, actor, now, password_hash=_HASHER.hash(password), password_at=now)
    return password


def create_with_certificate(
    *, user_name: str, data: bytes, is_simulation: bool, actor: Actor, now: datetime
) -> None:
    """Create a technical user that shows a certificate.

    Raises UserNameTaken, UserCertificateTaken, UnknownSenderOfUser, CertificateRefused.
    """
    certificate = proposed(data=data, is_simulation=is_simulation, now=now)
    _create(
        user_name,
        actor,
        now,
        pem=certificate.pem,
        thumbprint=certificate.thumbprint,
        not_after=certificate.not_after,
    )


def renew_password(*, user_name: str, actor: Actor, now: datetime) -> str:
    """A new password in the place of the old one, which ends at once; raises UnknownUser."""
    password = _new_password()
    kept = _HASHER.hash(password)
    with transaction():
        found = _locked(user_name, actor)
        if found.password_hash is None:
            raise UnknownUser("This technical user has a certificate, no password.")
        found.password_hash, found.password_at = kept, now
        found.save(update_fields=["password_hash", "password_at"])
        _record("access.technicalUser.passwordRenewed", found, actor, now)
    return password


def block(*, user_name: str, actor: Actor, now: datetime) -> None:
    """Refuse the technical user from now on; raises UnknownUser."""
    _put_in_state(TechnicalUser.State.BLOCKED, user_name, actor, now)


def unblock(*, user_name: str, actor: Actor, now: datetime) -> None:
    """Open a blocked technical user again; raises UnknownUser."""
    _put_in_state(TechnicalUser.State.ACTIVE, user_name, actor, now)


def _create(user_name: str, actor: Actor, now: datetime, **secret: object) -> None:
    with transaction():
        for sender in Sender.objects.filter(enterprise_number=actor.enterprise):
            with _told_by_the_database(), savepoint():
                made = TechnicalUser.objects.create(
                    user_name=user_name, sender=sender, created_at=now, **secret
                )
            _record("access.technicalUser.created", made, actor, now)
            return
        raise UnknownSenderOfUser("This enterprise has no sender yet.")


def _put_in_state(state: TechnicalUser.State, user_name: str, actor: Actor, now: datetime) -> None:
    with transaction():
        found = _locked(user_name, actor)
        if found.state == state:
            return
        found.state = state
        found.save(update_fields=["state"])
        word = "blocked" if state == TechnicalUser.State.BLOCKED else "unblocked"
        _record(f"access.technicalUser.{word}", found, actor, now)


def _of(enterprise_number: str | None) -> QuerySet[TechnicalUser]:
    return TechnicalUser.objects.filter(sender__enterprise_number=enterprise_number or "")


def _locked(user_name: str, actor: Actor) -> TechnicalUser:
    for one in _of(actor.enterprise).select_for_update(of=("self",)).filter(user_name=user_name):
        return one
    raise UnknownUser("There is no technical user of this name.")


@contextmanager
def _told_by_the_database() -> Iterator[None]:
    """Constraint names become errors with a sentence."""
    try:
        yield
    except IntegrityError as fault:
        text = str(fault)
        if "access_technical_user_name_unique" in text:
            raise UserNameTaken("This user name exists already.") from None
        if "access_technical_user_certificate_used_once" in text:
            raise UserCertificateTaken("This certificate has its technical user.") from None
        raise


def _new_password() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def _holds(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@functools.cache
def _decoy() -> str:
    """The hash of a password that nobody has, for as much work as a real one."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _target(user: TechnicalUser) -> str:
    return f"technical-user/{user.user_name}"


def _record(action: str, user: TechnicalUser, actor: Actor, now: datetime) -> None:
    trail.record(action=action, actor=actor, target=_target(user), now=now)
