"""Changing declarations of works: filing, changing, cancelling, taking over what stands already.

Each is one transaction with its line in the trail; what the parties are told are jobs in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.works import registering, telling
from guichet.eservices.works.content import declared_of, plain
from guichet.eservices.works.facts import facts
from guichet.eservices.works.models import Declaration, Version
from guichet.eservices.works.search import search_key
from guichet.kernel.verdict import Severity
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.works import models as works_models
from guichet.registers.works import operations as works
from guichet.registers.works import queries as register
from guichet.rules.works import declared as rules
from guichet.rules.works.anomalies import anomalies
from guichet.rules.works.finding import Anomaly

# What may not change once a declaration was filed: another sector is another declaration.
_FIXED: Final = ("sector", "site")


class UnknownDeclaration(LookupError):
    """No such declaration of this declarant."""


class Refused(Exception):
    """The declaration is not sound: nothing is stored. ``anomalies``: why, and what warns."""

    def __init__(self, found: Sequence[Anomaly]) -> None:
        super().__init__(", ".join(one.code for one in found if one.blocks))
        self.anomalies = tuple(found)


class AlreadyCancelled(Exception):
    """A declaration that was cancelled is not changed any more."""


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the version that was read."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends it and on which channel; ``enterprise``: the firm in whose name he does."""

    actor: Actor
    channel: str
    enterprise: str


def declare(*, declared: rules.Declaration, sender: Sender, now: datetime) -> Declaration:
    """File a declaration: site and declaration numbers, register, trail, messages to all parties.

    Raises Refused with nothing stored.
    """
    with transaction(actor=sender.actor):
        return declare_within(declared=declared, sender=sender, now=now)


def declare_within(*, declared: rules.Declaration, sender: Sender, now: datetime) -> Declaration:
    """The same, inside the caller's transaction."""
    if declared.site:
        _hold(declared.site)
    _check(declared, now)
    number = registering.new_number()
    is_first = not declared.site
    reference = declared.site or registering.new_reference()
    whole = replace(declared, site=reference)
    actor = sender.actor
    if is_first:
        registering.put_site(reference=reference, declared=whole, actor=actor, now=now)
    registering.put_contract(
        reference=reference, number=number, declared=whole, actor=actor, now=now
    )
    chain = registering.put_chain(number=number, former=(), chain=whole.chain, actor=actor, now=now)
    row = Declaration(number=number, is_first=is_first, filed_at=now, version=0)
    _keep(row, replace(whole, chain=chain), now)
    is_changed, is_obliged = _settle(reference, sender, now)
    _version(row, "filed", sender, is_obliged=is_obliged, now=now)
    telling.filed(row, is_obliged=is_obliged, now=now)
    if is_changed:
        telling.obligation(reference, is_obliged=is_obliged, but=row.number, now=now)
    return row


def change(
    *,
    number: str,
    declared: rules.Declaration,
    version: int,
    sender: Sender,
    now: datetime,
) -> Declaration:
    """Bring a declaration up to date; ``version``: the one that was read.

    Raises UnknownDeclaration, AlreadyCancelled, ChangedMeanwhile, Refused.
    """
    with transaction(actor=sender.actor):
        row = held(number=number, enterprise=sender.enterprise)
        if row.version != version:
            raise ChangedMeanwhile(number)
        return change_within(row=row, declared=declared, sender=sender, now=now)


def change_within(
    *, row: Declaration, declared: rules.Declaration, sender: Sender, now: datetime
) -> Declaration:
    """The same for a row that is held, inside the caller's transaction."""
    former = declared_of(row.content)
    wanted = replace(declared, site=row.site_reference)
    _hold(row.site_reference)
    _check(wanted, now, former=former, is_first=row.is_first)
    actor, reference = sender.actor, row.site_reference
    if row.is_first:
        registering.put_site(reference=reference, declared=wanted, actor=actor, now=now)
    registering.put_contract(
        reference=reference, number=row.number, declared=wanted, actor=actor, now=now
    )
    chain = registering.put_chain(
        number=row.number, former=former.chain, chain=wanted.chain, actor=actor, now=now
    )
    _keep(row, replace(wanted, chain=chain), now)
    is_changed, is_obliged = _settle(reference, sender, now)
    _version(row, "changed", sender, is_obliged=is_obliged, now=now)
    telling.changed(row, former=former, is_obliged=is_obliged, now=now)
    if is_changed:
        telling.obligation(reference, is_obliged=is_obliged, but="", now=now)
    return row


def cancel(*, number: str, reason: str, sender: Sender, now: datetime) -> Declaration:
    """The works do not take place. The site stays where others declared works on it.

    Raises UnknownDeclaration, AlreadyCancelled.
    """
    with transaction(actor=sender.actor):
        return cancel_within(number=number, reason=reason, sender=sender, now=now)


def cancel_within(*, number: str, reason: str, sender: Sender, now: datetime) -> Declaration:
    """The same, inside the caller's transaction."""
    row = held(number=number, enterprise=sender.enterprise)
    _hold(row.site_reference)
    works.remove_contract(declaration_number=number, actor=sender.actor, now=now)
    row.state, row.changed_at = "cancelled", now
    is_changed, is_obliged = _settle(row.site_reference, sender, now)
    _version(row, "cancelled", sender, is_obliged=is_obliged, now=now, reason=reason)
    telling.cancelled(row, now=now)
    if is_changed:
        telling.obligation(row.site_reference, is_obliged=is_obliged, but=number, now=now)
    return row


def take_over(*, actor: Actor, now: datetime) -> int:
    """Give every contract of the register a declaration; how many had none.

    A register that was loaded holds works which were declared elsewhere: their declarants find
    them here and keep them up to date.
    """
    sender = Sender(actor, "register", "")
    with transaction(actor=actor):
        known = Declaration.objects.values("number")
        rows = works_models.Contract.objects.exclude(declaration_number__in=known)
        found = list(rows.select_related("site").order_by("id"))
        firsts = _first_contracts()
        for contract in found:
            _take_over(contract, sender, is_first=contract.pk in firsts, now=now)
    return len(found)


def _take_over(
    contract: works_models.Contract, sender: Sender, *, is_first: bool, now: datetime
) -> None:
    site = register.site(reference=contract.site.reference)
    record = register.contract(declaration_number=contract.declaration_number)
    if site is None or record is None:
        return
    row = Declaration(number=record.declaration_number, is_first=is_first, filed_at=now, version=0)
    _keep(row, registering.taken_over(site=site, contract=record), now)
    _version(row, "taken_over", sender, is_obliged=site.is_obliged, now=now)


def _first_contracts() -> frozenset[int]:
    rows = works_models.Contract.objects.order_by("site", "id").distinct("site")
    return frozenset(rows.values_list("pk", flat=True))


def _check(
    declared: rules.Declaration,
    now: datetime,
    *,
    former: rules.Declaration | None = None,
    is_first: bool = False,
) -> None:
    found = list(problems(declared=declared, now=now, former=former, is_first=is_first))
    if any(one.blocks for one in found):
        raise Refused(found)


def problems(
    *,
    declared: rules.Declaration,
    now: datetime,
    former: rules.Declaration | None = None,
    is_first: bool = False,
) -> tuple[Anomaly, ...]:
    """Everything that is wrong; for a change, with what may not change any more.

    Who made the site may give it another principal: the number is his already.
    """
    known = facts(declared=declared, now=now)
    if former is not None and is_first:
        known = replace(known, site_fits=True)
    found = anomalies(declared=declared, facts=known)
    if former is None:
        return found
    is_fixed = [name for name in _FIXED if getattr(former, name) != getattr(declared, name)]
    if former.activity != declared.activity and "sector" not in is_fixed:
        found = (*found, Anomaly("WorksGlobalProjectType-005", "work_type"))
    fixed = (Anomaly("WorksGlobalProjectSector-005", name) for name in is_fixed)
    # A beginning that was declared in time is not late because something is changed later.
    if former.first_day == declared.first_day:
        found = tuple(one for one in found if one.field != "late_reason")
    return (*found, *fixed)


def _keep(row: Declaration, declared: rules.Declaration, now: datetime) -> None:
    """The row as the declaration says it; saved with its version."""
    row.contract_number = f"{row.number}1"
    row.site_reference = declared.site
    row.declarant = Enterprise.objects.get(number=declared.declarant)
    row.content = plain(declared)
    row.name = registering.name_of(declared)
    row.search_key = search_key(row.number, declared)
    row.first_day = registering.given(declared.first_day)
    row.last_day = declared.last_day
    row.cents = declared.cents or 0
    row.changed_at = now


def _version(
    row: Declaration,
    event: str,
    sender: Sender,
    *,
    is_obliged: bool,
    now: datetime,
    reason: str = "",
) -> None:
    row.version += 1
    row.save()
    Version.objects.create(
        declaration=row,
        number=row.version,
        event=event,
        content=row.content,
        channel=sender.channel,
        enterprise=sender.enterprise,
        is_obliged=is_obliged,
        at=now,
    )
    trail.record(
        action=f"works.declaration.{_PAST[event]}",
        actor=sender.actor,
        target=row.number,
        now=now,
        reason=reason,
        detail={"version": row.version, "channel": sender.channel, "site": row.site_reference},
    )


_PAST: Final = {
    "filed": "filed",
    "changed": "changed",
    "cancelled": "cancelled",
    "taken_over": "takenOver",
}


def _settle(reference: str, sender: Sender, now: datetime) -> tuple[bool, bool]:
    """Whether the obligation of a site changed by what was done, and what it is now."""
    wanted = registering.obligation(reference=reference)
    site = register.site(reference=reference)
    stood = site is not None and site.is_obliged
    if wanted is None or wanted == stood:
        return False, stood
    works.set_obligation(reference=reference, is_obliged=wanted, actor=sender.actor, now=now)
    return True, wanted


def _hold(reference: str) -> None:
    if register.site(reference=reference) is not None:
        works.hold_site(reference=reference)


def held(*, number: str, enterprise: str) -> Declaration:
    """A declarant's own declaration, held until the transaction ends.

    Raises UnknownDeclaration, AlreadyCancelled.
    """
    rows = Declaration.objects.select_for_update(of=("self",)).select_related("declarant")
    row = rows.filter(number=number, declarant__number=enterprise).first()
    if row is None:
        raise UnknownDeclaration(number)
    if row.state == "cancelled":
        raise AlreadyCancelled(number)
    return row


def warnings(found: Sequence[Anomaly]) -> tuple[Anomaly, ...]:
    """Those that store all the same."""
    return tuple(one for one in found if one.severity is Severity.WARN)


def recognised(former: Sequence[rules.Link], chain: Sequence[rules.Link]) -> tuple[rules.Link, ...]:
    """A chain whose links have their keys of the register, the same firms being the same links.

    A message knows no keys: the first link of a firm that has not been matched yet is it.
    """
    free = list(former)
    found = []
    for link in chain:
        same = next((one for one in free if one.party.identity == link.party.identity), None)
        if same is not None:
            free.remove(same)
        found.append(replace(link, known_as=same.known_as if same else None))
    return tuple(found)
