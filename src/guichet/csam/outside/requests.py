"""What a person does with his request for BelgianID: ask, confirm or cancel, make the key.

A link is a secret of which the database knows the digest; used, ended or never sent, it is one
answer. The trail names a request by its reference.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.csam.codes import registration
from guichet.csam.codes.registration import Chosen
from guichet.csam.keys import activation, sealing
from guichet.csam.keys.codes_made import bare, digits
from guichet.csam.keys.holders import Holder, WrongCode
from guichet.csam.outside import mails
from guichet.csam.outside.copies import Copy
from guichet.csam.outside.models import DocumentCopy, Request
from guichet.csam.provider.logins import digest
from guichet.platform import throttle
from guichet.platform.db import transaction
from guichet.rules.assurance import Means
from guichet.rules.belgianid import (
    CODE_DIGITS,
    LEVEL,
    MOST_WRONG,
    OVER,
    State,
    Step,
    after,
    ends_at,
    locks,
)

ACTOR: Final = system("csam.belgianid")
ASKED_AN_HOUR: Final = 5
ASKED_A_DAY_BY_ADDRESS: Final = 3
# Easy to read aloud: no sign that looks or sounds like another.
_SIGNS: Final = "ACDEFHJKLMNPRTUVWXY3479"
_SECURITY: Final = "belgianid security code"
_ACTIVATION: Final = "belgianid activation code"


class LinkOver(Exception):
    """The link opens nothing: used, too old, replaced, tried too often, or never sent."""


@dataclass(frozen=True, slots=True, repr=False)
class Applicant:
    """Who asks, in his own words; ``nationality``: ISO 3166."""

    given_name: str
    family_name: str
    birth_date: date
    nationality: str
    email: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as its maker gets to know it; the code is shown once and never again."""

    reference: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class App:
    """An app that has shown the code of one step."""

    secret: str = field(repr=False)
    step: int


def ask(*, applicant: Applicant, source: str, now: datetime) -> Asked:
    """Ask for an interview; raises Throttled after too many from one address or mailbox."""
    throttle.hit(key=f"csam.belgianid:{source}", limit=ASKED_AN_HOUR, seconds=3600, now=now)
    throttle.hit(
        key=f"csam.belgianid:{applicant.email.lower()}",
        limit=ASKED_A_DAY_BY_ADDRESS,
        seconds=86_400,
        now=now,
    )
    code = digits(CODE_DIGITS)
    asked = Asked("".join(secrets.choice(_SIGNS) for _ in range(8)), code)
    with transaction():
        row = Request.objects.create(
            reference=asked.reference,
            given_name=applicant.given_name,
            family_name=applicant.family_name,
            birth_date=applicant.birth_date,
            nationality=applicant.nationality,
            email=applicant.email,
            phone=applicant.phone,
            language=applicant.language,
            security_code=sealing.digest(code, purpose=_SECURITY),
            asked_at=now,
            until=ends_at(State.REQUESTED, now=now),
        )
        note("asked", row, actor=ACTOR, now=now)
    return asked


def proposed(*, secret: str, now: datetime) -> Request:
    """The request whose slot this link confirms or cancels; raises LinkOver."""
    return _behind(secret, State.SLOT_PROPOSED, now)


def confirm(*, secret: str, code: str, copy: Copy, now: datetime) -> None:
    """Confirm the slot with the security code and a copy of the document.

    Raises LinkOver, WrongCode (with the last wrong one the link is over).
    """
    with _tried(secret, State.SLOT_PROPOSED, now) as row:
        if not sealing.same(row.security_code, bare(code), purpose=_SECURITY):
            left = count_wrong(row)
        else:
            left = None
            take(row, Step.CONFIRM, now=now)
            row.save()
            DocumentCopy.objects.create(
                request=row, kind=copy.kind.value, data=copy.data, given_at=now
            )
            note("confirmed", row, actor=ACTOR, now=now)
            mails.confirmed(row, now=now)
    if left is not None:
        raise WrongCode(left)


def cancel(*, secret: str, now: datetime) -> None:
    """The person does not want the interview; raises LinkOver."""
    with _tried(secret, State.SLOT_PROPOSED, now) as row:
        end(row, Step.CANCEL, actor=ACTOR, now=now)


def awaited(*, secret: str, now: datetime) -> Request:
    """The request whose key this link makes; raises LinkOver."""
    return _behind(secret, State.ACTIVATION_SENT, now)


def check_activation_code(*, secret: str, code: str, now: datetime) -> None:
    """The activation code opens the page behind the link.

    Raises LinkOver, WrongCode (with the last wrong one the link is over).
    """
    left = None
    with _tried(secret, State.ACTIVATION_SENT, now) as row:
        if not sealing.same(row.activation_code, bare(code), purpose=_ACTIVATION):
            left = count_wrong(row)
            note("codeRefused", row, actor=ACTOR, now=now)
    if left is not None:
        raise WrongCode(left)


def activate(*, secret: str, chosen: Chosen, key_name: str, app: App | None, now: datetime) -> str:
    """Make the user name and its key (of the app, else of the mail address): the link is used.

    The number of the person. The caller has seen the activation code (`check_activation_code`).
    Raises LinkOver, UserNameTaken; nothing is changed then.
    """
    with _tried(secret, State.ACTIVATION_SENT, now) as row:
        person = row.person
        if person is None:
            raise LinkOver
        actor = Actor(kind="person", id=person.niss)
        with acting(actor, now=now):
            account = registration.open_account(person=person, chosen=chosen, level=LEVEL, now=now)
            kind = Means.MAIL if app is None else Means.APP
            # The interview is no means of the tiles: the key stands for itself, at its level.
            holder = Holder(person_id=person.pk, niss=person.niss, level=LEVEL, means=kind)
            if app is None:
                activation.enrol_mail(
                    holder=holder, account=account, name=key_name, address=row.email, now=now
                )
            else:
                activation.enrol_app(
                    holder=holder,
                    account=account,
                    name=key_name,
                    secret=app.secret,
                    step=app.step,
                    now=now,
                )
            take(row, Step.ACTIVATE, now=now)
            row.save()
            note("activated", row, actor=actor, now=now, account=account.pk, kind=kind.value)
    return person.niss


# --- what the desk shares -------------------------------------------------------------------------


def take(row: Request, step: Step, *, now: datetime) -> None:
    """Carry out a step on a locked row, not yet saved: state, end, and the former link is void.

    Raises StepRefused.
    """
    row.state = after(State(row.state), step)
    row.until = ends_at(State(row.state), now=now, slot_at=row.slot_at)
    row.link, row.wrong = "", 0
    if State(row.state) in OVER:
        row.ended_at = now
        row.activation_code = ""


def end(row: Request, step: Step, *, actor: Actor, now: datetime) -> None:
    """A request that ends without an interview: its copy goes at once; the person is told."""
    take(row, step, now=now)
    row.save()
    DocumentCopy.objects.filter(request=row).delete()
    note(row.state, row, actor=actor, now=now)
    mails.ended(row, now=now)


def count_wrong(row: Request) -> int:
    """Count a wrong code; how many are left."""
    row.wrong += 1
    if locks(wrong=row.wrong):
        row.link = ""
    row.save(update_fields=["wrong", "link"])
    return MOST_WRONG - row.wrong


def activation_digest(code: str) -> str:
    """What is kept of an activation code."""
    return sealing.digest(code, purpose=_ACTIVATION)


def note(what: str, row: Request, *, actor: Actor, now: datetime, **detail: object) -> None:
    """A line of the trail about a request."""
    trail.record(
        action=f"csam.belgianid.{what}",
        actor=actor,
        target=f"belgianid/{row.reference}",
        now=now,
        detail=detail,
    )


def _behind(secret: str, state: State, now: datetime) -> Request:
    rows = Request.objects.select_related("person")
    row = rows.filter(link=digest(secret), state=state, until__gt=now).first()
    if row is None:
        raise LinkOver
    return row


@contextmanager
def _tried(secret: str, state: State, now: datetime) -> Iterator[Request]:
    """The row behind a link, locked in a transaction of its own; raises LinkOver."""
    with transaction(), acting(ACTOR, now=now):
        rows = Request.objects.select_for_update(of=("self",)).select_related("person")
        row = rows.filter(link=digest(secret), state=state, until__gt=now).first()
        if row is None:
            raise LinkOver
        yield row
