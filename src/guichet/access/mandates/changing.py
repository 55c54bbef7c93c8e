"""The pieces of which changes of mandates are made; each takes part in the caller's transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError
from django.db.models import Q

from guichet.access.mandates import domains
from guichet.access.mandates.models import Lent, Mandate, Signature
from guichet.access.models import Manager, Right
from guichet.access.rights import in_force
from guichet.access.services import PROVIDER, Permission
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.verdict import Severity, Verdict
from guichet.platform import clock
from guichet.platform.db import savepoint
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules import mandates as rules
from guichet.rules.access_management import REPRESENTATIVES
from guichet.rules.mandates import EXCLUSIVE, Domain, Held, Quarter, Side, Status, Step

_EVE: Final = timedelta(days=1)
# What the database promises, and the word for whoever runs into it.
_PROMISES: Final = {
    "access_mandate_lent_to_one": "taken",
    "access_mandate_lent_once": "already_held",
}


class MandateRefused(Exception):
    """A change that is not open; ``key`` is a word of the rules, told in words by the pages."""

    def __init__(self, key: str, domain: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.domain = domain


class UnknownMandate(MandateRefused):
    """No such mandate for this enterprise, or none that it may see."""

    def __init__(self) -> None:
        super().__init__("unknown")


@dataclass(frozen=True, slots=True)
class How:
    """How somebody signed: ``page`` or ``document``, and how surely he was identified."""

    way: str
    means: str
    level: int
    serial_number: str = ""


def person_of(by: Actor) -> Person:
    """The person who acts; raises MandateRefused."""
    row = Person.objects.filter(niss=by.id, replaced_by=None).first()
    if row is None:
        raise MandateRefused("not_manager")
    return row


def parties(own: str, side: Side, other: str) -> tuple[Enterprise, Enterprise]:
    """Mandator (locked: its mandates follow one another) and mandatary; raises MandateRefused."""
    giver, receiver = (own, other) if side is Side.MANDATOR else (other, own)
    mandator = Enterprise.objects.select_for_update().filter(number=giver).first()
    mandatary = Enterprise.objects.filter(number=receiver).first()
    if mandator is None:
        raise MandateRefused("not_enterprise")
    if mandatary is None:
        raise MandateRefused("not_provider")
    return mandator, mandatary


def locked(mandate: int, number: str, side: Side) -> Mandate:
    """A mandate of the enterprise, which sits on ``side``; raises UnknownMandate."""
    own = {f"{side.value}__number": number}
    found = Mandate.objects.filter(pk=mandate, **own).values_list("mandator_id", flat=True)
    giver = found.first()
    if giver is None:
        raise UnknownMandate
    Enterprise.objects.select_for_update().get(pk=giver)
    row = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("mandator", "mandatary")
        .get(pk=mandate)
    )
    if not is_visible(row, side):
        raise UnknownMandate
    return row


def is_visible(row: Mandate, side: Side) -> bool:
    """Whether this party knows of the mandate."""
    made_by, status = Side(row.made_by), Status(row.status)
    is_signed = side is not made_by and row.signatures.exists()
    return rules.is_visible(status, side=side, made_by=made_by, is_signed=is_signed)


def after(row: Mandate, step: Step, side: Side, *, on: date | None = None) -> Status:
    """The status after a step; raises MandateRefused. ``on``: the day, where an end may be past."""
    status = Status(row.status)
    if on is not None:
        status = rules.status_on(status, last_day=row.last_day, on=on)
    try:
        return rules.after(status, step, side=side, made_by=Side(row.made_by))
    except rules.StepRefused:
        raise MandateRefused("step") from None


def require(verdict: Verdict[Any]) -> None:
    """Raises MandateRefused with the first finding that blocks."""
    blocking = [one for one in verdict.findings if one.severity is Severity.BLOCK]
    if blocking:
        domain = blocking[0].inputs.get("domain", "")
        raise MandateRefused(blocking[0].key.removeprefix("mandates."), str(domain))


def functions_of(number: str, niss: str, on: date) -> frozenset[str]:
    """The functions of a person in an enterprise on a day."""
    found = enterprises.functions(number=number, on=on)
    return frozenset(one.function for one in found if one.niss == niss)


def require_manager(number: str, side: Side, by: Actor, now: datetime) -> None:
    """Whoever acts manages the mandates of the enterprise, or represents it."""
    if REPRESENTATIVES & functions_of(number, by.id, clock.today(now)):
        return
    held = Right.objects.filter(
        in_force(now),
        person__niss=by.id,
        enterprise__number=number,
        service=Permission.MANDATES.value,
    )
    quality = Q(quality=PROVIDER)
    if not held.filter(quality if side is Side.MANDATARY else ~quality).exists():
        raise MandateRefused("not_manager")


def require_signatory(
    row: Mandate, side: Side, niss: str, is_sure_enough: bool, now: datetime
) -> None:
    """This person may sign for the party; raises MandateRefused."""
    enterprise = row.mandator if side is Side.MANDATOR else row.mandatary
    managers = Manager.objects.filter(
        Q(kind=Manager.Kind.MAIN) | Q(kind=Manager.Kind.CO, quality=PROVIDER),
        enterprise=enterprise,
        person__niss=niss,
        activated_at__lte=now,
        withdrawn_at=None,
    )
    require(
        rules.may_sign(
            side=side,
            functions=functions_of(enterprise.number, niss, clock.today(now)),
            is_manager=managers.exists(),
            is_sure_enough=is_sure_enough,
            first_day=row.first_day,
            on=clock.today(now),
        )
    )


def require_representative(row: Mandate, niss: str, is_sure_enough: bool, now: datetime) -> None:
    """This person represents the employer; raises MandateRefused."""
    if not REPRESENTATIVES & functions_of(row.mandator.number, niss, clock.today(now)):
        raise MandateRefused("not_representative")
    if not is_sure_enough:
        raise MandateRefused("sign_in_too_low")


def held(mandator: Enterprise) -> list[Held]:
    """What the enterprise lends, or will: every domain of its mandates that is not taken back."""
    rows = Lent.objects.select_related("mandatary").filter(mandator=mandator, revoked_at=None)
    return [
        Held(one.mandatary.number, Domain(one.domain), one.first_day, one.last_day) for one in rows
    ]


def proposal(
    mandator: Enterprise,
    mandatary: Enterprise,
    wanted: Collection[Domain],
    first: Quarter,
    now: datetime,
) -> Verdict[tuple[Held, ...]]:
    """Whether such a mandate can begin, and what it replaces."""
    qualities = enterprises.qualities(number=mandatary.number, on=first.first_day)
    return rules.may_propose(
        mandator=mandator.number,
        mandatary=mandatary.number,
        is_provider=any(one.quality == PROVIDER for one in qualities),
        domains=wanted,
        first=first,
        held=held(mandator),
        on=clock.today(now),
    )


def signed(row: Mandate, side: Side, person: Person, how: How, *, now: datetime) -> None:
    """Keep a signature."""
    Signature.objects.create(
        mandate=row,
        side=side.value,
        person=person,
        way=how.way,
        means=how.means,
        level=how.level,
        serial_number=how.serial_number,
        signed_at=now,
    )


def lend(row: Mandate, wanted: Iterable[Domain]) -> None:
    """From its first quarter on the mandate lends its domains; raises MandateRefused."""
    try:
        with savepoint():
            Lent.objects.bulk_create(
                Lent(
                    mandate=row,
                    mandator=row.mandator,
                    mandatary=row.mandatary,
                    domain=one.value,
                    permissions=list(domains.permissions(one)),
                    is_exclusive=one in EXCLUSIVE,
                    first_day=row.first_day,
                )
                for one in wanted
            )
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", "")
        if name not in _PROMISES:
            raise
        raise MandateRefused(_PROMISES[name], row.domains[0]) from None


def cut(row: Mandate, last_day: date) -> None:
    """What the mandate lends ends with this day at the latest."""
    open_ended = Q(last_day__isnull=True) | Q(last_day__gt=last_day)
    row.lent.filter(open_ended, revoked_at=None).update(last_day=last_day)


def replaced(
    row: Mandate, former: Iterable[Held], *, by: Actor, now: datetime
) -> Sequence[Mandate]:
    """End what the new mandate takes over, on the eve of its first quarter; whose it was."""
    eve = row.first_day - _EVE
    taken = {(one.mandatary, one.domain.value) for one in former}
    found: dict[int, Mandate] = {}
    rows = Lent.objects.select_related("mandate__mandator", "mandate__mandatary").filter(
        Q(last_day__isnull=True) | Q(last_day__gt=eve), mandator=row.mandator, revoked_at=None
    )
    for lent in rows:
        if (lent.mandate.mandatary.number, lent.domain) in taken:
            lent.last_day = eve
            lent.save(update_fields=["last_day"])
            found.setdefault(lent.mandate_id, lent.mandate)
    for mandate in found.values():
        _close_if_over(mandate, eve)
        record("replaced", mandate, by=by, now=now)
    return list(found.values())


def _close_if_over(mandate: Mandate, eve: date) -> None:
    """A mandate of which nothing goes on has a last day."""
    if mandate.lent.filter(Q(last_day__isnull=True) | Q(last_day__gt=eve)).exists():
        return
    mandate.last_day, mandate.closing = eve, "replaced"
    mandate.save(update_fields=["last_day", "closing"])


def record(what: str, row: Mandate, *, by: Actor, now: datetime, **detail: Any) -> None:
    """One line in the trail, with both parties."""
    trail.record(
        action=f"access.mandate.{what}",
        actor=by,
        target=f"mandate/{row.pk}",
        now=now,
        detail={"mandator": row.mandator.number, "mandatary": row.mandatary.number, **detail},
    )


def record_refusal(mandate: int, key: str, *, by: Actor, now: datetime) -> None:
    """A document that was not taken leaves a line, whatever becomes of the transaction."""
    trail.record_refusal(
        action="access.mandate.documentRefused",
        actor=by,
        target=f"mandate/{mandate}",
        now=now,
        reason=key,
    )
