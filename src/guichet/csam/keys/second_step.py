"""The second step of a sign-in: after a right password, a code of the app, the mail or the card.

The first step is remembered for one sign-in. Wrong codes lock a key, so nobody may try one before
he gave the right password: otherwise a stranger could lock anybody out by his user name.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from random import SystemRandom
from typing import Final

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.csam.codes.models import Account
from guichet.csam.keys import codes_made, notices, sealing
from guichet.csam.keys.activation import secret_of
from guichet.csam.keys.cards import code_purpose
from guichet.csam.keys.holders import UnknownKey, WrongCode, keeping
from guichet.csam.keys.models import (
    Activation,
    Card,
    CardCode,
    CardSheet,
    Challenge,
    FirstStep,
    Key,
    MailAddress,
)
from guichet.platform import throttle
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import (
    FIRST_STEP_LIFE,
    MAIL_DIGITS,
    MAIL_LIFE,
    MOST_WRONG,
    SECOND,
    State,
    level_of,
    locks,
    next_rank,
)

MAILS_AN_HOUR: Final = 5
# Asking a card again and again would in the end ask the one code that somebody saw.
RANKS_AN_HOUR: Final = 20
_RANDOM: Final = SystemRandom()


class NoFirstStep(Exception):
    """No right password in this sign-in, or too long ago, or the user name was blocked since."""


class NothingAsked(Exception):
    """No code awaits an answer: it expired, it was used, or a newer one took its place."""


class KeyLocked(Exception):
    """Five wrong codes in a row: the key opens nothing until the identity card unlocks it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A key that the user name has; ``level``: what a sign-in with it reaches."""

    key_id: int
    kind: Means
    name: str
    level: int
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now: of the card, the code of a rank; by mail, a code sent to an address."""

    kind: Means
    rank: int | None = None
    address: str = field(default="", repr=False)
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Passed:
    """Both steps succeeded: who it is and how sure that is."""

    niss: str = field(repr=False)
    means: Means
    level: int
    language: str
    email: str = field(repr=False)


def pass_first(*, login: str, account: Account, now: datetime) -> None:
    """Remember in this sign-in that user name and password were right."""
    with keeping(_actor(account), now=now):
        FirstStep.objects.filter(passed_at__lt=now - FIRST_STEP_LIFE).delete()
        FirstStep.objects.update_or_create(
            login=login, defaults={"account": account, "key": None, "passed_at": now}
        )
        trail.record(
            action="csam.firstStep.passed",
            actor=_actor(account),
            target=f"account/{account.pk}",
            now=now,
        )


def offers(*, login: str, means: Collection[Means], min_level: int, now: datetime) -> list[Offer]:
    """The keys of the user name that are enough for this sign-in; raises NoFirstStep."""
    account = _first(login, now).account
    keys = Key.objects.filter(account=account, kind__in=SECOND).exclude(state=State.REVOKED)
    found = [_offer(key, account) for key in keys.order_by("pk")]
    return [one for one in found if one.kind in means and one.level >= min_level]


def choose(*, login: str, key_id: int, now: datetime) -> None:
    """Go on with one key: the mail is sent, or a rank of the card is asked.

    Raises NoFirstStep, UnknownKey, KeyLocked, Throttled.
    """
    account = _first(login, now).account
    kind = Key.objects.filter(pk=key_id, account=account).values_list("kind", flat=True).first()
    _brake(kind, key_id, now)
    with keeping(_actor(account), now=now):
        first = _first(login, now, is_locked=True)
        key = _key(first.account, key_id)
        first.key = key
        first.save(update_fields=["key"])
        _ask(key, first, now)


def ask_again(*, login: str, now: datetime) -> None:
    """A new mail, or another rank; raises NoFirstStep, UnknownKey, KeyLocked, Throttled."""
    key_id = _first(login, now).key_id
    if key_id is None:
        raise NoFirstStep(login)
    choose(login=login, key_id=key_id, now=now)


def question(*, login: str, now: datetime) -> Question:
    """What this sign-in asks at present; raises NoFirstStep, KeyLocked."""
    key = _first(login, now).key
    if key is None or key.state == State.REVOKED:
        raise NoFirstStep(login)
    if key.state == State.LOCKED:
        raise KeyLocked(str(key.pk))
    if key.kind == Means.MAIL:
        mail = key.mail_address
        is_open = mail.asked_by == login and mail.code_until is not None and now < mail.code_until
        return Question(Means.MAIL, address=mail.address, is_open=is_open)
    if key.kind == Means.CARD:
        card = key.card
        return Question(Means.CARD, rank=card.last_rank, is_open=card.asked_by == login)
    return Question(Means.APP)


def answer(*, login: str, code: str, now: datetime) -> Passed:
    """The code that was asked; it is used up, and so is the first step.

    Raises NoFirstStep, NothingAsked, WrongCode, KeyLocked (also with the fifth wrong code).
    """
    account, typed, fault = _first(login, now).account, codes_made.bare(code), None
    passed = None
    with keeping(_actor(account), now=now):
        first = _first(login, now, is_locked=True)
        key = _key(first.account, first.key_id)
        if _is_right(key, typed, login, now):
            passed = _pass(first, key, now)
        else:
            fault = _count_wrong(key, first, now)
    if passed is None:
        raise fault or NothingAsked(login)
    return passed


def forget(*, now: datetime) -> None:
    """Remove what waited for a code and can no longer be answered."""
    FirstStep.objects.filter(passed_at__lte=now - FIRST_STEP_LIFE).delete()
    for kind in (Activation, Challenge, CardSheet):
        kind.objects.filter(until__lte=now).delete()


def _is_right(key: Key, typed: str, login: str, now: datetime) -> bool:
    if key.kind == Means.APP:
        return _use_app_code(key, typed, now)
    if key.kind == Means.MAIL:
        return _use_mail_code(key, typed, login, now)
    return _use_card_code(key, typed, login)


def _use_app_code(key: Key, typed: str, now: datetime) -> bool:
    kept = key.app_secret
    step = codes_made.matching_step(
        secret=secret_of(kept.sealed, kept.sealed_with),
        code=typed,
        now=now,
        last_used=kept.last_step,
    )
    if step is None:
        return False
    # The database compares once more: of two that come at the same moment one wins.
    rows = type(kept).objects.filter(pk=kept.pk)
    newer = rows.filter(last_step__isnull=True) | rows.filter(last_step__lt=step)
    return bool(newer.update(last_step=step))


def _use_mail_code(key: Key, typed: str, login: str, now: datetime) -> bool:
    mail = key.mail_address
    if mail.asked_by != login or mail.code_until is None or now >= mail.code_until:
        raise NothingAsked(login)
    if not sealing.same(mail.code, typed, purpose=_purpose(key)):
        return False
    _forget_mail_code(key)
    return True


def _use_card_code(key: Key, typed: str, login: str) -> bool:
    card = key.card
    if card.asked_by != login:
        raise NothingAsked(login)
    kept = CardCode.objects.get(card=card, rank=card.last_rank or 0)
    is_right = sealing.same(kept.code, typed, purpose=code_purpose(card_id=key.pk, rank=kept.rank))
    if is_right:
        Card.objects.filter(pk=card.pk).update(asked_by="")
    return is_right


def _pass(first: FirstStep, key: Key, now: datetime) -> Passed:
    account, kind = first.account, Means(key.kind)
    key.wrong, key.last_used_at = 0, now
    key.save(update_fields=["wrong", "last_used_at"])
    first.delete()
    level = level_of(kind=kind, key_level=key.enrolled_level, account_level=account.enrolled_level)
    _note("csam.key.used", account, key, now, level=level)
    return Passed(
        niss=key.person.niss,
        means=kind,
        level=level,
        language=account.language,
        email=account.email,
    )


def _count_wrong(key: Key, first: FirstStep, now: datetime) -> Exception:
    """Count a wrong code, lock with the fifth; a card is asked another rank at once."""
    key.wrong += 1
    if locks(wrong=key.wrong):
        key.state, key.locked_at = State.LOCKED, now
        key.save(update_fields=["wrong", "state", "locked_at"])
        _forget_question(key)
        _note("csam.key.locked", first.account, key, now)
        notices.tell(key, notices.LOCKED, now=now)
        return KeyLocked(str(key.pk))
    key.save(update_fields=["wrong"])
    if key.kind == Means.CARD:
        _ask_card(key, first.login)
    _note("csam.key.refused", first.account, key, now)
    return WrongCode(MOST_WRONG - key.wrong)


def _ask(key: Key, first: FirstStep, now: datetime) -> None:
    if key.kind == Means.MAIL:
        _ask_mail(key, first, now)
    if key.kind == Means.CARD:
        _ask_card(key, first.login)
    _note("csam.key.asked", first.account, key, now)


def _ask_mail(key: Key, first: FirstStep, now: datetime) -> None:
    code, mail = codes_made.digits(MAIL_DIGITS), key.mail_address
    mail.code, mail.asked_by = sealing.digest(code, purpose=_purpose(key)), first.login
    mail.code_until = now + MAIL_LIFE
    mail.save(update_fields=["code", "asked_by", "code_until"])
    notices.send_code(code, to=mail.address, now=now, language=first.account.language)


def _ask_card(key: Key, login: str) -> None:
    card = key.card
    card.last_rank, card.asked_by = next_rank(last=card.last_rank, random=_RANDOM), login
    card.save(update_fields=["last_rank", "asked_by"])


def _forget_question(key: Key) -> None:
    if key.kind == Means.MAIL:
        _forget_mail_code(key)
    Card.objects.filter(pk=key.pk).update(asked_by="")


def _forget_mail_code(key: Key) -> None:
    MailAddress.objects.filter(pk=key.pk).update(code="", asked_by="", code_until=None)


def _first(login: str, now: datetime, *, is_locked: bool = False) -> FirstStep:
    found = FirstStep.objects.select_related("account", "key")
    if is_locked:
        found = found.select_for_update(of=("self",))
    first = found.filter(
        login=login, passed_at__gt=now - FIRST_STEP_LIFE, account__state=Account.State.ACTIVE
    ).first()
    if first is None:
        raise NoFirstStep(login)
    return first


def _key(account: Account, key_id: int | None) -> Key:
    """The key, locked for the transaction; raises UnknownKey, KeyLocked."""
    keys = Key.objects.select_for_update(of=("self",)).select_related("person", "account")
    key = keys.filter(pk=key_id or 0, account=account).exclude(state=State.REVOKED).first()
    if key is None:
        raise UnknownKey(str(key_id))
    if key.state == State.LOCKED:
        raise KeyLocked(str(key.pk))
    return key


def _brake(kind: str | None, key_id: int, now: datetime) -> None:
    limit = {Means.MAIL.value: MAILS_AN_HOUR, Means.CARD.value: RANKS_AN_HOUR}.get(kind or "")
    if limit is not None:
        throttle.hit(key=f"csam.keys.ask:{key_id}", limit=limit, seconds=3600, now=now)


def _offer(key: Key, account: Account) -> Offer:
    kind = Means(key.kind)
    level = level_of(kind=kind, key_level=key.enrolled_level, account_level=account.enrolled_level)
    return Offer(key.pk, kind, key.name, level, key.state == State.LOCKED)


def _actor(account: Account) -> Actor:
    if account.person is None:
        raise NoFirstStep(account.user_name)
    return Actor(kind="person", id=account.person.niss)


def _note(action: str, account: Account, key: Key, now: datetime, **detail: object) -> None:
    trail.record(
        action=action,
        actor=_actor(account),
        target=f"key/{key.pk}",
        now=now,
        detail={"kind": key.kind, **detail},
    )


def _purpose(key: Key) -> str:
    return f"mail code {key.pk}"
