"""Activating an app, an address or a paper card: begun, proved by a code, then a key.

A key is enrolled at the level of the session that activates it, and confirms its user name to
that level: whoever holds the stronger key says that the weaker one is his.
"""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from guichet.audit import trail
from guichet.csam.codes import operations as codes
from guichet.csam.codes.models import Account
from guichet.csam.keys import codes_made, notices, sealing
from guichet.csam.keys.holders import (
    Holder,
    KeyThere,
    NothingBegun,
    UnknownAccount,
    WrongCode,
    keeping,
)
from guichet.csam.keys.models import Activation, AppSecret, Key, MailAddress
from guichet.platform import throttle
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import (
    ACTIVATION_LIFE,
    MAIL_DIGITS,
    MAIL_LIFE,
    MOST_WRONG,
    State,
    check_activation,
    locks,
)

MAILS_AN_HOUR: Final = 5
_APP: Final = "app"
_CODE: Final = "code to verify an address"


def begin_app(*, holder: Holder, account_id: int, name: str, now: datetime) -> None:
    """Begin with an app: a secret is made and awaits a code of the app.

    Raises TooWeak, UnknownAccount, KeyThere.
    """
    check_activation(kind=Means.APP, level=holder.level, means=holder.means)
    sealed = sealing.seal(codes_made.new_secret().encode(), purpose=_APP)
    with keeping(holder.actor, now=now):
        account = account_for(holder, account_id, kind=Means.APP)
        _begin(holder, account, Means.APP, name, now, sealed=sealed.data, sealed_with=sealed.key_id)


def begin_mail(*, holder: Holder, account_id: int, name: str, address: str, now: datetime) -> None:
    """Begin with an address: a code is sent to it and awaited.

    Raises TooWeak, UnknownAccount, KeyThere, Throttled.
    """
    check_activation(kind=Means.MAIL, level=holder.level, means=holder.means)
    throttle.hit(
        key=f"csam.keys.verify:{holder.person_id}", limit=MAILS_AN_HOUR, seconds=3600, now=now
    )
    code = codes_made.digits(MAIL_DIGITS)
    kept = sealing.digest(code, purpose=_CODE)
    with keeping(holder.actor, now=now):
        account = account_for(holder, account_id, kind=Means.MAIL)
        _begin(
            holder, account, Means.MAIL, name, now, address=address, code=kept,
            until=now + MAIL_LIFE,
        )  # fmt: skip
        notices.send_code(code, to=address, now=now, language=account.language)


def app_begun(*, holder: Holder, now: datetime) -> tuple[str, str] | None:
    """The secret that awaits a code, and its ``otpauth`` address; None when there is none."""
    begun = _begun(holder, Means.APP, now).first()
    if begun is None:
        return None
    secret = secret_of(begun.sealed, begun.sealed_with)
    return secret, codes_made.address(secret, user_name=begun.account.user_name)


def mail_begun(*, holder: Holder, now: datetime) -> str | None:
    """The address that awaits a code; None when there is none."""
    begun = _begun(holder, Means.MAIL, now).first()
    return None if begun is None else begun.address


def confirm_app(*, holder: Holder, code: str, now: datetime) -> Key:
    """The app shows the right code: the key is active. The code is thereby used.

    Raises TooWeak, NothingBegun, WrongCode (the last wrong code ends the activation), KeyThere.
    """
    check_activation(kind=Means.APP, level=holder.level, means=holder.means)
    left = None
    with keeping(holder.actor, now=now):
        begun = _locked(holder, Means.APP, now)
        secret = secret_of(begun.sealed, begun.sealed_with)
        step = codes_made.matching_step(
            secret=secret, code=codes_made.bare(code), now=now, last_used=None
        )
        if step is None:
            left = _count_wrong(begun)
        else:
            key = activate(holder, kind=Means.APP, name=begun.name, account=begun.account, now=now)
            AppSecret.objects.create(
                key=key, sealed=begun.sealed, sealed_with=begun.sealed_with, last_step=step
            )
            begun.delete()
    if left is not None:
        raise WrongCode(left)
    return key


def confirm_mail(*, holder: Holder, code: str, now: datetime) -> Key:
    """The code of the mail was typed: the address is verified and the key active.

    Raises TooWeak, NothingBegun, WrongCode (the last wrong code ends the activation), KeyThere.
    """
    check_activation(kind=Means.MAIL, level=holder.level, means=holder.means)
    left = None
    with keeping(holder.actor, now=now):
        begun = _locked(holder, Means.MAIL, now)
        if sealing.same(begun.code, codes_made.bare(code), purpose=_CODE):
            key = activate(holder, kind=Means.MAIL, name=begun.name, account=begun.account, now=now)
            MailAddress.objects.create(key=key, address=begun.address, verified_at=now)
            begun.delete()
        else:
            left = _count_wrong(begun)
    if left is not None:
        raise WrongCode(left)
    return key


def account_for(holder: Holder, account_id: int, *, kind: Means) -> Account:
    """The person's user name, if it can take a key of this kind; in a transaction.

    Raises UnknownAccount, KeyThere.
    """
    accounts = Account.objects.select_for_update(of=("self",)).filter(
        person_id=holder.person_id, state=Account.State.ACTIVE
    )
    account = accounts.filter(pk=account_id).first()
    if account is None:
        raise UnknownAccount(f"account {account_id}")
    kept = Key.objects.filter(account=account, kind=kind).exclude(state=State.REVOKED)
    if kept.exists():
        raise KeyThere(kind)
    return account


def activate(
    holder: Holder, *, kind: Means, name: str, account: Account | None, now: datetime
) -> Key:
    """A new key, its user name confirmed to its level, the trail and the mail about it."""
    key = Key.objects.create(
        person_id=holder.person_id,
        account=account,
        kind=kind,
        name=name,
        enrolled_level=holder.level,
        enrolled_means=holder.means,
        activated_at=now,
    )
    if account is not None:
        codes.confirm_level(account=account, level=holder.level, now=now)
    trail.record(
        action="csam.key.activated",
        actor=holder.actor,
        target=f"key/{key.pk}",
        now=now,
        detail={"kind": str(kind), "level": holder.level, "means": holder.means},
    )
    notices.tell(key, notices.ACTIVATED, now=now)
    return key


def enrol_app(
    *, holder: Holder, account: Account, name: str, secret: str, step: int, now: datetime
) -> Key:
    """An app whose first code was right at ``step``, beside a user name that a desk stands for.

    In the caller's transaction; ``holder.level``: how sure the desk is. Raises TooWeak.
    """
    check_activation(kind=Means.APP, level=holder.level, means=holder.means)
    sealed = sealing.seal(secret.encode(), purpose=_APP)
    key = activate(holder, kind=Means.APP, name=name, account=account, now=now)
    AppSecret.objects.create(key=key, sealed=sealed.data, sealed_with=sealed.key_id, last_step=step)
    return key


def enrol_mail(*, holder: Holder, account: Account, name: str, address: str, now: datetime) -> Key:
    """An address that was proved otherwise, beside a user name that a desk stands for.

    In the caller's transaction. Raises TooWeak.
    """
    check_activation(kind=Means.MAIL, level=holder.level, means=holder.means)
    key = activate(holder, kind=Means.MAIL, name=name, account=account, now=now)
    MailAddress.objects.create(key=key, address=address, verified_at=now)
    return key


def _begin(
    holder: Holder, account: Account, kind: Means, name: str, now: datetime, **parts: object
) -> None:
    columns = {
        "account": account, "name": name, "wrong": 0, "begun_at": now,
        "until": now + ACTIVATION_LIFE, **parts,
    }  # fmt: skip
    Activation.objects.update_or_create(person_id=holder.person_id, kind=kind, defaults=columns)
    trail.record(
        action="csam.key.begun",
        actor=holder.actor,
        target=f"account/{account.pk}",
        now=now,
        detail={"kind": str(kind)},
    )


def _begun(holder: Holder, kind: Means, now: datetime) -> "QuerySet[Activation]":
    return Activation.objects.select_related("account").filter(
        person_id=holder.person_id, kind=kind, until__gt=now
    )


def _locked(holder: Holder, kind: Means, now: datetime) -> Activation:
    begun = _begun(holder, kind, now).select_for_update(of=("self",)).first()
    if begun is None:
        raise NothingBegun(kind)
    return begun


def _count_wrong(begun: Activation) -> int:
    """Count a wrong code; how many tries are left before it is over."""
    begun.wrong += 1
    if locks(wrong=begun.wrong):
        begun.delete()
    else:
        begun.save(update_fields=["wrong"])
    return MOST_WRONG - begun.wrong


def secret_of(sealed: bytes | memoryview | None, sealed_with: str) -> str:
    """The secret shared with an app; raises SealBroken."""
    return sealing.opened(sealing.Sealed(bytes(sealed or b""), sealed_with), purpose=_APP).decode()
