"""An agreement is recorded with its document, answered, ended; the other party hears of it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from guichet.audit.actors import Actor
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.operations import Owner
from guichet.eservices.presence.allowances import ARRANGEMENT
from guichet.eservices.presence.arrangements import telling
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.arrangements import operations, queries
from guichet.registers.arrangements.operations import Recorded
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules import dated
from guichet.rules.presence_activities import activity_rules
from guichet.rules.presence_arrangements import Registrar, Side, Step, may_register


class DocumentMissing(Exception):
    """An agreement is recorded with at least one document."""


class SiteRefused(Exception):
    """No presences are registered there, or the enterprise does not work there."""


class RegistrarRefused(Exception):
    """On this site the law lets only the worker himself register."""


def record(
    *, wanted: Recorded, by: Side, files: Sequence[UUID], owner: Owner, actor: Actor, now: datetime
) -> UUID:
    """Record an agreement; its documents belong to it from now on. The other party is told.

    Raises DocumentMissing, SiteRefused, RegistrarRefused, RegisterRefused, UnknownAttachment.
    """
    if not files:
        raise DocumentMissing
    _check_site(wanted, owner.enterprise_number, clock.today(now))
    with transaction(actor=actor):
        number = operations.record(wanted=wanted, by=by, actor=actor, now=now)
        attachments.apply(
            service=ARRANGEMENT.service, owner=owner, applied_to=str(number), now=now, only=files
        )
        _tell("recorded", number, owner.enterprise_number, now)
    return number


def answer(
    *, number: UUID, step: Step, enterprise: str, words: str = "", actor: Actor, now: datetime
) -> None:
    """Confirm, contest (``words``: why) or withdraw. Raises UnknownArrangement, StepRefused."""
    with transaction(actor=actor):
        operations.step(
            number=number, step=step, enterprise=enterprise, answer=words, actor=actor, now=now
        )
        _tell(step.value, number, enterprise, now)


def end(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> None:
    """Today is the last day. Raises UnknownArrangement, StepRefused."""
    with transaction(actor=actor):
        operations.end(number=number, enterprise=enterprise, actor=actor, now=now)
        _tell("end", number, enterprise, now)


def sites(*, enterprise: str, on: date) -> list[SiteRecord]:
    """The sites of an enterprise where presences are registered, by name."""
    found = works.sites(references=works.references_of(enterprise=enterprise, on=on)).values()
    fit = [one for one in found if _is_registered(one.activity, on)]
    return sorted(fit, key=lambda one: (one.name.casefold(), one.reference))


def _check_site(wanted: Recorded, enterprise: str, today: date) -> None:
    if not wanted.works_reference:
        return
    known = {one.reference: one for one in sites(enterprise=enterprise, on=today)}
    site = known.get(wanted.works_reference)
    if site is None:
        raise SiteRefused
    day = max(today, wanted.first_day)
    registrar = Registrar(wanted.registrar)
    if not may_register(registrar, activity=site.activity, on=day):
        raise RegistrarRefused


def _is_registered(activity: str, on: date) -> bool:
    try:
        activity_rules(activity, on=on)
    except dated.UnknownParameter:
        return False
    return True


def _tell(happened: str, number: UUID, by: str, now: datetime) -> None:
    found = queries.arrangement(number=number, enterprise=by)
    if found is not None:
        telling.tell(happened, found, by=by, now=now)
