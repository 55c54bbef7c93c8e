"""Opening a box, taking the consent back, and the address to which its mails go."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from guichet.access.models import Manager, Member
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.ebox import mails
from guichet.ebox.models import Box
from guichet.platform.db import savepoint, transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules.ebox import CODE_MINUTES, CODE_TRIES, Key

# The text to which somebody consents; a new text has a new version.
CONSENT_VERSION: Final = "2026-01"
_SALT: Final = "guichet.ebox.address"


class UnknownBox(Exception):
    """No box here, or another one's."""


class CodeRefused(Exception):
    """The code is wrong, too old or tried too often; ``str()`` is a word for the page."""


class NoConsentToWithdraw(Exception):
    """The box is not open, or it is an enterprise's: that one stays open."""


def state_of(box: Box | None) -> Key:
    """Whether messages come into this box."""
    if box is None or box.opened_at is None:
        return Key.NEVER_OPENED
    return Key.WITHDRAWN if box.withdrawn_at else Key.OPEN


def of_person(*, person_id: int) -> Box | None:
    """The box of a person, opened or not."""
    return Box.objects.filter(person=person_id).first()


def of_enterprise(*, number: str) -> Box | None:
    """The box of an enterprise, once something came or somebody looked after it."""
    return Box.objects.filter(enterprise__number=number).first()


def ensured(*, number: str, actor: Actor, now: datetime) -> Box | None:
    """The box of an enterprise; it opens by itself once the enterprise registered its access.

    The address that its main access manager gave there is the first one. Takes part in the
    caller's transaction. None for an enterprise without a manager: never opened.
    """
    found = of_enterprise(number=number)
    if found is not None:
        return found
    wanted = to_open(number=number)
    if wanted is None:
        return None
    with savepoint(), acting(actor, now=now):
        box, is_new = Box.objects.get_or_create(
            enterprise=wanted.enterprise,
            defaults={
                "opened_at": now,
                "created_at": now,
                "email": wanted.email,
                "language": wanted.language,
            },
        )
        if is_new:
            _record("ebox.box.opened", box, actor, now)
    return box


def to_open(*, number: str) -> Box | None:
    """The box of an enterprise as it will open, stored nowhere; None without a main manager."""
    main = Manager.objects.filter(
        enterprise__number=number, kind=Manager.Kind.MAIN, withdrawn_at=None
    ).first()
    if main is None:
        return None
    member = Member.objects.filter(
        enterprise=main.enterprise_id, person=main.person_id, state=Member.State.ACTIVE
    ).first()
    enterprise = Enterprise.objects.get(pk=main.enterprise_id)
    email = member.email if member else ""
    return Box(enterprise=enterprise, email=email, language=enterprise.language)


def open_of_enterprise(*, number: str, actor: Actor, now: datetime) -> Box:
    """The box of an enterprise, to be changed; raises UnknownBox where none can be."""
    with transaction():
        box = ensured(number=number, actor=actor, now=now)
    if box is None:
        raise UnknownBox
    return box


def ask_to_open(*, person_id: int, email: str, language: str, actor: Actor, now: datetime) -> None:
    """A person consents; the box opens when the code that goes to the address is confirmed."""
    with transaction(), acting(actor, now=now):
        person = Person.objects.get(pk=person_id)
        box, _new = Box.objects.select_for_update().get_or_create(
            person=person, defaults={"created_at": now, "language": language}
        )
        box.language = language
        _await_code(box, email, opens=True, now=now)
        _record("ebox.consent.asked", box, actor, now)


def change_address(*, box_id: int, email: str, actor: Actor, now: datetime) -> None:
    """Ask for another address; the old one serves until the new one is confirmed. R-EB-9."""

    def change(box: Box) -> str:
        _await_code(box, email, opens=False, now=now)
        return "ebox.address.asked"

    _change(box_id, change, actor=actor, now=now)


def confirm(*, box_id: int, code: str, actor: Actor, now: datetime) -> bool:
    """The six digits that came by mail; whether the box opened by it. Raises CodeRefused."""
    with transaction(), acting(actor, now=now):
        box = _locked(box_id)
        fault = _code_fault(box, code, now)
        if fault:
            box.pending_tries += 1
            box.save(update_fields=["pending_tries"])
        opens = box.pending_opens
        if not fault:
            _settle_address(box, now)
            _record("ebox.box.opened" if opens else "ebox.address.changed", box, actor, now)
    if fault:
        raise CodeRefused(fault)
    return opens


def withdraw(*, box_id: int, actor: Actor, now: datetime) -> None:
    """Take the consent back: nothing new comes, what is there stays until its expiry. R-EB-8.

    Raises NoConsentToWithdraw, UnknownBox.
    """

    def change(box: Box) -> str:
        if box.person_id is None or state_of(box) is not Key.OPEN:
            raise NoConsentToWithdraw
        box.withdrawn_at = now
        return "ebox.consent.withdrawn"

    _change(box_id, change, actor=actor, now=now)


def prefer(
    *,
    box_id: int,
    language: str,
    mails_wanted: str,
    code_word: str,
    actor: Actor,
    now: datetime,
    is_exclusive: bool | None = None,
) -> None:
    """In which language, about what and with which word of recognition mails go out.

    ``is_exclusive``: no paper beside the box; None leaves it as it is.
    """

    def change(box: Box) -> str:
        box.language, box.mails, box.code_word = language, mails_wanted, code_word
        if is_exclusive is not None:
            box.is_exclusive = is_exclusive
        return "ebox.preferences.changed"

    _change(box_id, change, actor=actor, now=now)


def _change(box_id: int, change: Callable[[Box], str], *, actor: Actor, now: datetime) -> None:
    with transaction(), acting(actor, now=now):
        box = _locked(box_id)
        action = change(box)
        box.save()
        _record(action, box, actor, now)


def _locked(box_id: int) -> Box:
    for box in Box.objects.select_for_update().filter(pk=box_id):
        return box
    raise UnknownBox


def _await_code(box: Box, email: str, *, opens: bool, now: datetime) -> None:
    code = f"{secrets.randbelow(1_000_000):06d}"
    box.pending_email, box.pending_code = email, _digest(box.pk, code)
    box.pending_until = now + timedelta(minutes=CODE_MINUTES)
    box.pending_tries, box.pending_opens = 0, opens
    box.save()
    mails.code(to=email, code=code, language=box.language, now=now)


def _code_fault(box: Box, code: str, now: datetime) -> str:
    if not box.pending_code:
        return "none"
    if box.pending_tries >= CODE_TRIES:
        return "tries"
    if box.pending_until is None or box.pending_until <= now:
        return "late"
    return "" if constant_time_compare(box.pending_code, _digest(box.pk, code)) else "wrong"


def _settle_address(box: Box, now: datetime) -> None:
    box.email = box.pending_email
    if box.pending_opens:
        box.opened_at, box.withdrawn_at = now, None
        box.consent_version = CONSENT_VERSION
    box.pending_email = box.pending_code = ""
    box.pending_until, box.pending_tries, box.pending_opens = None, 0, False
    box.save()


def _digest(box_id: int, code: str) -> str:
    return salted_hmac(_SALT, f"{box_id}:{code}", algorithm="sha256").hexdigest()


def _record(action: str, box: Box, actor: Actor, now: datetime) -> None:
    trail.record(action=action, actor=actor, target=f"ebox/{box.pk}", now=now)
