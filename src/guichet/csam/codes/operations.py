"""Accounts: checking a password, changing it, posting codes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from guichet.access.identification.operations import close_sessions
from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.csam.codes import breaches, hashing, letters, made_up
from guichet.csam.codes.letters import Addressee, Codes
from guichet.csam.codes.models import Account
from guichet.kernel.moments import BRUSSELS
from guichet.kernel.verdict import Finding
from guichet.platform import clock, throttle
from guichet.platform.db import savepoint, transaction
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules import access_codes, dated
from guichet.rules.access_codes import Profile

# The level of codes that came by post to an address of the registers.
POSTED_LEVEL: Final = 200
_CHECK: Final = system("csam.codes")


class CodesRefused(Exception):
    """User name and password do not open an account; it does not say why."""


class PasswordRefused(Exception):
    """A wished password breaks rules: ``findings``."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.key for finding in findings))
        self.findings = tuple(findings)


class WrongPassword(Exception):
    """The current password is another one."""


class UnknownAccount(Exception):
    """No active account of this person under this number."""


class UnknownAddressee(Exception):
    """A person, or an enterprise, that the registers do not know."""


# --- checking ------------------------------------------------------------------------------------


def check_password(
    *, user_name: str, password: str, source: str, now: datetime, posted: bool = False
) -> Account:
    """The active account of this user name and password; with ``posted`` a provisional one too.

    Compared exactly. Raises CodesRefused, after the same work and with the same line in the trail,
    for an unknown name, a wrong password, a blocked or closed account and posted codes that are
    too old; Throttled after too many attempts from ``source`` (an address): for this user name,
    or for whatever names. Nobody else is kept out by them.
    """
    key = _count_attempt(user_name, source, now)
    account = _by_name(user_name, now)
    is_right = hashing.is_right(
        kept=None if account is None else account.password_hash, password=password
    )
    if account is None or not is_right or not _may_enter(account, now=now, posted=posted):
        trail.record_refusal(
            action="csam.codes.refused",
            actor=_CHECK,
            target="account" if account is None else f"account/{account.pk}",
            now=now,
            reason="user name and password do not open an account",
        )
        raise CodesRefused
    throttle.forget(key=key)
    if hashing.is_outdated(account.password_hash):
        _digest_anew(account, password)
    return account


def _count_attempt(user_name: str, source: str, now: datetime) -> str:
    today = clock.today(now)
    pause = dated.whole("access_codes.attempts.pause", on=today)
    place = dated.whole("access_codes.attempts.most_from_one_place", on=today)
    most = dated.whole("access_codes.attempts.most", on=today)
    key = f"csam.codes:{source}:{user_name.lower()}"
    throttle.hit(key=key, limit=most, seconds=pause, now=now)
    throttle.hit(key=f"csam.codes:{source}", limit=place, seconds=pause, now=now)
    return key


def _by_name(user_name: str, now: datetime) -> Account | None:
    """A name that breaks a rule is nobody's: it is not asked of the database."""
    today = clock.today(now)
    if access_codes.user_name_findings(user_name, on=today):
        return None
    name = access_codes.user_name(user_name, on=today)
    return Account.objects.select_related("person").filter(user_name=name).first()


def _may_enter(account: Account, *, now: datetime, posted: bool) -> bool:
    if account.state == Account.State.PROVISIONAL:
        return posted and account.valid_until is not None and now < account.valid_until
    return account.state == Account.State.ACTIVE


def _digest_anew(account: Account, password: str) -> None:
    """The cost of digests has changed: keep this one at today's, unless it changed meanwhile."""
    fresh = hashing.digest(password)
    with transaction():
        Account.objects.filter(pk=account.pk, password_hash=account.password_hash).update(
            password_hash=fresh
        )
    account.password_hash = fresh


# --- changing ------------------------------------------------------------------------------------


def password_findings(password: str, *, user_name: str, now: datetime) -> tuple[Finding, ...]:
    """What a wished password breaks under the profile of this installation."""
    return access_codes.password_findings(
        password,
        on=clock.today(now),
        profile=Profile(settings.ENVIRONMENT.password_profile),
        user_name=user_name,
        breached=breaches.is_known,
    )


def confirm_level(*, account: Account, level: int, now: datetime) -> None:
    """A session of this level stood behind the account: it counts as enrolled at it, or higher.

    Inside the caller's transaction.
    """
    with savepoint():
        raised = Account.objects.filter(pk=account.pk, enrolled_level__lt=level).update(
            enrolled_level=level
        )
        if raised:
            account.enrolled_level = level
            _record("csam.codes.levelConfirmed", account, _holder(account), now, level=level)


def post_codes(
    *,
    niss: str,
    enterprise_number: str | None,
    quality: str | None,
    actor: Actor,
    now: datetime,
    email: str = "",
    phone: str = "",
) -> Account:
    """Make provisional codes for a person and send them: user name and password apart.

    Two letters, to the enterprise or else to the person. Somebody with a BIS number and no
    address in Belgium gets the user name at ``email`` and the password at ``phone`` instead, when
    both are known. Earlier codes for the same enterprise are void.
    Raises UnknownAddressee, or NoAddress when no way leads to him.
    """
    to = _addressee(niss, enterprise_number, email, phone)
    days = dated.whole("access_codes.posted.valid_days", on=clock.today(now))
    last_day = clock.today(now) + timedelta(days=days)
    codes = Codes(made_up.user_name(), made_up.password(), last_day)
    parcel = letters.parcel(to=to, codes=codes, now=now)
    kept = hashing.digest(codes.password)
    with transaction(), acting(actor, now=now):
        person = Person.objects.select_for_update().get(niss=to.person.niss)
        Account.objects.filter(
            person=person, enterprise_number=enterprise_number, state=Account.State.PROVISIONAL
        ).update(state=Account.State.CLOSED)
        account = Account.objects.create(
            person=person,
            user_name=codes.user_name,
            password_hash=kept,
            state=Account.State.PROVISIONAL,
            enrolled_level=POSTED_LEVEL,
            enterprise_number=enterprise_number,
            quality=quality,
            valid_until=datetime.combine(
                last_day + timedelta(days=1), datetime.min.time(), tzinfo=BRUSSELS
            ),
            email=email or to.person.email,
            phone=phone,
            language=to.language,
            created_at=now,
        )
        letters.send(parcel, now=now, language=to.language)
        _record("csam.codes.posted", account, actor, now, by=parcel.way)
    return account


def _addressee(niss: str, enterprise_number: str | None, email: str, phone: str) -> Addressee:
    person = persons.person(niss=niss)
    if person is None:
        raise UnknownAddressee("person")
    enterprise = None
    if enterprise_number is not None:
        enterprise = enterprises.enterprise(number=enterprise_number)
        if enterprise is None:
            raise UnknownAddressee("enterprise")
    return Addressee(person, enterprise, email or person.email, phone)


def change_password(
    *, account_id: int, person_id: int, current: str, new: str, source: str, now: datetime
) -> None:
    """Replace a password by its holder, who knows the current one; his sessions elsewhere end.

    Raises UnknownAccount, WrongPassword, PasswordRefused (the same as before is ``P7``), or
    Throttled after too many wrong ones.
    """
    account = own_account(account_id=account_id, person_id=person_id)
    key = _count_attempt(account.user_name, source, now)
    if not hashing.is_right(kept=account.password_hash, password=current):
        trail.record_refusal(
            action="csam.codes.changeRefused",
            actor=_holder(account),
            target=f"account/{account.pk}",
            now=now,
            reason="wrong current password",
        )
        raise WrongPassword
    throttle.forget(key=key)
    _store_password(account, new, now, how="current password")


def replace_password(*, account_id: int, person_id: int, new: str, now: datetime) -> None:
    """Replace a forgotten password; the caller has made sure of the person by a strong means.

    His sessions elsewhere end. Raises UnknownAccount, PasswordRefused.
    """
    account = own_account(account_id=account_id, person_id=person_id)
    _store_password(account, new, now, how="strong means")


def own_account(*, account_id: int, person_id: int) -> Account:
    """The active account of this person; somebody else's is as unknown as none."""
    account = (
        Account.objects.select_related("person")
        .filter(pk=account_id, person_id=person_id, state=Account.State.ACTIVE)
        .first()
    )
    if account is None:
        raise UnknownAccount
    return account


def _store_password(account: Account, new: str, now: datetime, *, how: str) -> None:
    findings = password_findings(new, user_name=account.user_name, now=now)
    if hashing.is_right(kept=account.password_hash, password=new):
        findings += (access_codes.same_as_before(),)
    if findings:
        raise PasswordRefused(findings)
    fresh, former = hashing.digest(new), account.password_hash
    with transaction():
        changed = Account.objects.filter(
            pk=account.pk, state=Account.State.ACTIVE, password_hash=former
        ).update(password_hash=fresh)
        if not changed:  # somebody was quicker, in another window
            raise UnknownAccount
        holder = _holder(account)
        _record("csam.codes.passwordChanged", account, holder, now, how=how)
        if account.person_id is not None:
            close_sessions(
                person_id=account.person_id, actor=holder, now=now, reason="password changed"
            )


def _holder(account: Account) -> Actor:
    if account.person is None:
        return _CHECK
    return Actor(kind="person", id=account.person.niss)


def _record(action: str, account: Account, actor: Actor, now: datetime, **detail: object) -> None:
    target = f"account/{account.pk}"
    trail.record(action=action, actor=actor, target=target, now=now, detail=detail)
