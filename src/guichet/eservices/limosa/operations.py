"""Making, changing and cancelling Limosa declarations: the declaration, the register, the L1."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.limosa import bis, proofs
from guichet.eservices.limosa.content import declared_of, plain
from guichet.eservices.limosa.models import Declaration, Draft, Version
from guichet.eservices.limosa.queries import Owner, sent
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.changing import RegisterRefused
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.registers.postings import operations as postings
from guichet.registers.postings.queries import PostingPlace, PostingRecord
from guichet.registers.sorting import sort_key
from guichet.rules import limosa_declarations as rules
from guichet.rules.limosa_declarations import Declared, Problem, State, Step

_SERIAL: Final = 10**9
_MOST_DRAFTS: Final = 20


class UnknownDeclaration(LookupError):
    """No such declaration or draft of this owner."""


class Refused(Exception):
    """Nothing is stored; ``problems``: why."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{one.field} {one.code}" for one in found if one.blocks))
        self.problems = tuple(found)


class ChangedMeanwhile(Exception):
    """Somebody else changed it since it was read."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who does it, for whom, and in which language the L1 is made."""

    actor: Actor
    owner: Owner
    language: str


def begin(*, sender: Sender, now: datetime, number: str = "") -> Draft:
    """A draft, empty or of a declaration that is to be changed; raises UnknownDeclaration.

    An owner has twenty drafts: the oldest one goes.
    """
    with transaction(actor=sender.actor):
        draft = Draft(changed_at=now, **_owned(sender.owner))
        if number:
            row = _held(number, sender.owner)
            draft.number, draft.version = row.number, row.version
        draft.save(force_insert=True)
        rows = Draft.objects.filter(**sender.owner.where).order_by("-changed_at")
        old = rows.values_list("pk", flat=True)[_MOST_DRAFTS:]
        Draft.objects.filter(pk__in=list(old)).delete()
        trail.record(action="limosa.draft.begun", actor=sender.actor, target=str(draft.pk), now=now)
    return draft


def keep(*, key: UUID, step: str, typed: dict[str, str], sender: Sender, now: datetime) -> Draft:
    """Keep what was typed at one step; raises UnknownDeclaration."""
    with transaction(actor=sender.actor):
        draft = _draft(key, sender.owner)
        draft.typed = draft.typed | {step: typed}
        draft.changed_at = now
        draft.save(update_fields=["typed", "changed_at"])
        trail.record(action="limosa.draft.kept", actor=sender.actor, target=str(key), now=now)
    return draft


def forget(*, key: UUID, sender: Sender, now: datetime) -> None:
    """Throw a draft away; raises UnknownDeclaration."""
    with transaction(actor=sender.actor):
        _draft(key, sender.owner).delete()
        trail.record(action="limosa.draft.forgotten", actor=sender.actor, target=str(key), now=now)


def declare(*, key: UUID, declared: Declared, sender: Sender, now: datetime) -> Declaration:
    """Make the declaration of a draft, or the change it was begun for; once for each draft.

    Raises UnknownDeclaration, Refused, ChangedMeanwhile, StepRefused.
    """
    with transaction(actor=sender.actor):
        draft = Draft.objects.select_for_update(of=("self",)).filter(
            pk=key, **sender.owner.where
        ).first()  # fmt: skip
        if draft is None:
            done = sent(key=key, owner=sender.owner)
            if done is None:
                raise UnknownDeclaration(str(key))
            return done
        if draft.number:
            row = _changed(draft, declared, sender, now)
        else:
            row = _accepted(draft, declared, sender, now)
        draft.delete()
    return row


def cancel(*, number: str, reason: str, sender: Sender, now: datetime) -> Declaration:
    """The posting does not take place; raises UnknownDeclaration, StepRefused once it began."""
    with transaction(actor=sender.actor):
        row = _held(number, sender.owner)
        row.state = _after(row, Step.CANCEL, now)
        postings.cancel(number=number, actor=sender.actor, now=now)
        _version(row, "cancelled", sender, now, reason=reason)
    return row


def problems(
    *, declared: Declared, today: date, former: Declared | None = None
) -> tuple[Problem, ...]:
    """By the rules, and by what the registers know of the client and of a number."""
    found = list(rules.problems(declared=declared, today=today, former=former))
    wrong = {one.field for one in found}
    for name in ("client", "employer"):
        number = getattr(declared, name)
        if number and name not in wrong and not Enterprise.objects.filter(number=number).exists():
            found.append(Problem(name, "unknown"))
    if declared.niss and "niss" not in wrong and persons.person(niss=declared.niss) is None:
        found.append(Problem("niss", "unknown"))
    return tuple(found)


def former_of(*, number: str, owner: Owner) -> Declared | None:
    """What a change begins from."""
    row = Declaration.objects.filter(number=number, **owner.where).first()
    return None if row is None else declared_of(row.content)


def _accepted(draft: Draft, declared: Declared, sender: Sender, now: datetime) -> Declaration:
    _check(declared, now)
    whole = _known(declared, sender.actor, now)
    number = _new_number(clock.today(now))
    row = Declaration(
        number=number, draft=draft.pk, version=0, accepted_at=now, **_owned(sender.owner)
    )
    _put(row, whole, sender, now)
    _version(row, "accepted", sender, now)
    return row


def _changed(draft: Draft, declared: Declared, sender: Sender, now: datetime) -> Declaration:
    row = _held(draft.number, sender.owner)
    if row.version != draft.version:
        raise ChangedMeanwhile(draft.number)
    row.state = _after(row, Step.CHANGE, now)
    former = declared_of(row.content)
    # Somebody else is another posting: who is posted, and by whom, stays.
    whole = replace(declared, kind=former.kind, niss=former.niss, employer=former.employer,
                    employer_vat=former.employer_vat)  # fmt: skip
    _check(whole, now, former=former)
    row.draft = draft.pk
    _put(row, whole, sender, now)
    _version(row, "changed", sender, now)
    return row


def _put(row: Declaration, declared: Declared, sender: Sender, now: datetime) -> None:
    if declared.first_day is None or declared.last_day is None:
        raise Refused([Problem("first_day", "missing")])
    name = f"{declared.family_name} {declared.given_name}".strip()
    row.content, row.worker_name = plain(declared), name
    row.search_key = sort_key(f"{row.number} {name} {declared.client} {declared.employer_name}")
    row.first_day, row.last_day = declared.first_day, declared.last_day
    posting = PostingRecord(
        number=row.number,
        niss=declared.niss,
        first_day=declared.first_day,
        last_day=declared.last_day,
        kind=declared.kind,
        foreign_vat_number=declared.employer_vat,
        employer=declared.employer or None,
        client=declared.client,
        places=tuple(
            PostingPlace("site" if one.reference else "address", one.reference or None, one.text,
                         Address())
            for one in declared.places
        ),
    )  # fmt: skip
    postings.declare(posting=posting, actor=sender.actor, now=now)
    row.document = proofs.issue_l1(
        number=row.number, declared=declared, owner=sender.owner, language=sender.language,
        actor=sender.actor, now=now,
    )  # fmt: skip


def _known(declared: Declared, actor: Actor, now: datetime) -> Declared:
    """With the number of the worker and the names of the register."""
    niss = declared.niss or bis.number_for(declared=declared, actor=actor, now=now)
    record = persons.person(niss=niss)
    if record is None:
        raise Refused([Problem("niss", "unknown")])
    return replace(
        declared, niss=record.niss, given_name=record.given_name, family_name=record.family_name,
        birth_date=record.birth_date,
    )  # fmt: skip


def _check(declared: Declared, now: datetime, *, former: Declared | None = None) -> None:
    found = problems(declared=declared, today=clock.today(now), former=former)
    if any(one.blocks for one in found):
        raise Refused(found)


def _after(row: Declaration, step: Step, now: datetime) -> State:
    return rules.after(
        State(row.state), step, first_day=row.first_day, last_day=row.last_day,
        today=clock.today(now),
    )  # fmt: skip


def _version(
    row: Declaration, event: str, sender: Sender, now: datetime, *, reason: str = ""
) -> None:
    row.version += 1
    row.changed_at = now
    row.save()
    Version.objects.create(
        declaration=row, number=row.version, event=event, content=row.content, at=now
    )
    trail.record(
        action=f"limosa.declaration.{event}", actor=sender.actor, target=row.number, now=now,
        reason=reason, detail={"version": row.version},
    )  # fmt: skip


def _held(number: str, owner: Owner) -> Declaration:
    rows = Declaration.objects.select_for_update(of=("self",))
    row = rows.filter(number=number, **owner.where).first()
    if row is None:
        raise UnknownDeclaration(number)
    return row


def _draft(key: UUID, owner: Owner) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",))
    row = rows.filter(pk=key, **owner.where).first()
    if row is None:
        raise UnknownDeclaration(str(key))
    return row


def _owned(owner: Owner) -> dict[str, Any]:
    if owner.enterprise:
        return {"enterprise": Enterprise.objects.get(number=owner.enterprise)}
    return {"person": Person.objects.get(niss=owner.niss)}


def _new_number(today: date) -> str:
    """Fifteen digits that begin with the day, and two that make the whole 1 modulo 97."""
    body = int(f"{today:%y%m%d}{secrets.randbelow(_SERIAL):09d}")
    return f"{body:015d}{98 - body * 100 % 97:02d}"


__all__ = [
    "ChangedMeanwhile", "Refused", "RegisterRefused", "Sender", "UnknownDeclaration", "begin",
    "cancel", "declare", "forget", "former_of", "keep", "problems",
]  # fmt: skip
