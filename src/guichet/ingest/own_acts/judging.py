"""What becomes of each act of a phone, from what is stored already. Pure: no clock, no row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from guichet.ingest.own_acts.wire import OwnAct
from guichet.kernel.moments import BRUSSELS, brussels_day, elapsed
from guichet.presence_log.acts import NewAct
from guichet.presence_log.wire import Address, Employer
from guichet.rules.dated import UnknownParameter
from guichet.rules.presence import Profile, address_says_something, refusals
from guichet.rules.presence_activities import Events, activity_rules
from guichet.rules.presence_day import DayAct
from guichet.rules.presence_next import LONGEST_SHIFT, Step, is_same_press

CHANNEL: Final = "mobile_manual"
# What nobody declared is cleaning, as at every door.
_UNDECLARED: Final = "cleaning"
# Of a move the IN comes after the OUT, by the smallest step that the log keeps in words.
_AFTER: Final = timedelta(milliseconds=1)


class Refused(StrEnum):
    """Codes beside those of the presence service."""

    SITUATION_CHANGED = "error.check-in-out.situation-changed"
    OTHER_REGISTRATION = "error.check-in-out.other-registration"
    CORRECTION_SENT = "error.check-in-out.correction-sent"
    KEY_REUSED = "error.check-in-out.key-reused"

    @property
    def description(self) -> str:
        """A sentence for the log of a developer; pages say it in their own words."""
        return _DESCRIPTIONS[self]


_DESCRIPTIONS: Final[Mapping[Refused, str]] = {
    Refused.SITUATION_CHANGED: "another act was registered since the page was shown",
    Refused.OTHER_REGISTRATION: "at this site presences are not registered by IN and OUT",
    Refused.CORRECTION_SENT: "the employer has a correction of this act already",
    Refused.KEY_REUSED: "this key was used for another act",
}


@dataclass(frozen=True, slots=True)
class Site:
    """What the register knows of a site: the activity, its first address if it has one."""

    activity: str
    address: Address | None


@dataclass(slots=True)
class Known:
    """An act in the log, or one that this call adds (``new``; its receipt comes later).

    ``is_cancelled``: a correction took it away since; its key still answers with it.
    """

    kind: str
    occurred_at: datetime
    site: str
    receipt: int = 0
    enterprise_number: str | None = None
    foreign_vat_number: str | None = None
    new: NewAct | None = None
    is_cancelled: bool = False

    @property
    def number(self) -> int:
        """The receipt, once there is one."""
        return self.new.receipt if self.new is not None else self.receipt


@dataclass(slots=True)
class Kept:
    """A press that is stored or will be: its step and the acts it stands for."""

    step: str
    acts: list[Known]


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction that asks for a missing act; ``is_sent``: the worker let it out of his hands."""

    number: int
    key: uuid.UUID
    kind: str
    occurred_at: datetime
    site: str
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """``reasons`` refuse the act; else ``kept`` says what it stands for.

    ``is_new``: the press has to be kept; ``is_made``: its acts were made for it; ``needless``: the
    numbers of prepared corrections of which nothing is missing any more.
    """

    act: OwnAct
    kept: Kept | None = None
    is_new: bool = False
    is_made: bool = False
    needless: tuple[int, ...] = ()
    reasons: tuple[StrEnum, ...] = ()


@dataclass(slots=True)
class Desk:
    """One person's acts around one call; deciding an act adds it to what is known."""

    ssin: str
    received_at: datetime
    profile: Profile
    known: list[Known]
    sites: Mapping[str, Site]
    pressed: dict[uuid.UUID, Kept] = field(default_factory=dict)
    fixes: Sequence[Fix] = ()

    def decide(self, act: OwnAct) -> Decision:
        """What becomes of an act. A key that is known is never judged again."""
        kept = self.pressed.get(act.key)
        if kept is not None:
            if kept.step != act.step:
                return Decision(act, reasons=(Refused.KEY_REUSED,))
            return Decision(act, kept)
        before, after = self._neighbours(act)
        for near in (before, after):
            if near is not None and _is_same(near, Step(act.step).acts[-1], act.site, act):
                kept = self.pressed[act.key] = Kept(act.step, [near])
                return Decision(act, kept, is_new=True)
        if act.after is not None and act.after != (before.number if before else 0):
            return Decision(act, reasons=(Refused.SITUATION_CHANGED,))
        return self._made(act, before)

    def _made(self, act: OwnAct, before: Known | None) -> Decision:
        running = before if before is not None and before.kind == "in" else None
        if running is not None and elapsed(running.occurred_at, act.occurred_at) > LONGEST_SHIFT:
            running = None  # forgotten, not running: nothing is closed in its name
        made: list[NewAct] = []
        reasons: list[StrEnum] = []
        for kind, site, employer in _sides(act, running):
            at = act.occurred_at + len(made) * _AFTER
            new = self._act(act, kind, site, at)
            if employer is not None:
                new.enterprise_number = employer.enterprise_number
                new.foreign_vat_number = employer.foreign_vat_number
            made.append(new)
            reasons += [one for one in self._refusals(new, act) if one not in reasons]
        fixes = self._fixes(act, made)
        if any(fix.is_sent for fix in fixes):
            reasons.append(Refused.CORRECTION_SENT)
        if reasons:
            return Decision(act, reasons=tuple(reasons))
        added = [
            Known(
                new.type,
                new.occurred_at,
                new.works_reference,
                enterprise_number=new.enterprise_number,
                foreign_vat_number=new.foreign_vat_number,
                new=new,
            )
            for new in made
        ]
        self.known += added
        kept = self.pressed[act.key] = Kept(act.step, added)
        needless = tuple(fix.number for fix in fixes)
        return Decision(act, kept, is_new=True, is_made=True, needless=needless)

    def _fixes(self, act: OwnAct, made: Sequence[NewAct]) -> list[Fix]:
        """The corrections that ask for what these acts register, by key or as the same act."""
        return [
            fix
            for fix in self.fixes
            if fix.key == act.key
            or any(_is_same(fix, new.type, new.works_reference, act) for new in made)
        ]

    def _act(self, act: OwnAct, kind: str, site: str, at: datetime) -> NewAct:
        offset = at.astimezone(BRUSSELS).utcoffset() or timedelta()
        record = self.sites.get(site)
        new = NewAct(
            occurred_at=at,
            received_at=self.received_at,
            offset_minutes=int(offset.total_seconds()) // 60,
            type=kind,
            ssin=self.ssin,
            works_reference=site,
            activity=_UNDECLARED if record is None else record.activity,
            channel=CHANNEL,
        )
        point = act.position.coordinates
        # Of a move the phone is at the new site; the one left behind has its own address.
        elsewhere = site != act.site and record is not None and record.address is not None
        if point is not None and not elsewhere:
            new.longitude, new.latitude = point.longitude, point.latitude
        elif record is not None and record.address is not None:
            new.address = record.address
        elif act.address is not None and _says_something(act.address):
            new.address = act.address
        return new

    def _refusals(self, new: NewAct, act: OwnAct) -> tuple[StrEnum, ...]:
        found: tuple[StrEnum, ...] = refusals(
            occurred_at=act.occurred_at,
            received_at=self.received_at,
            ssin=new.ssin,
            enterprise_number=new.enterprise_number,
            foreign_vat_number=new.foreign_vat_number,
            has_coordinates=new.longitude is not None,
            has_address=new.address is not None,
            reference=new.works_reference,
            custom_reference=None,
            profile=self.profile,
        )
        if not _is_by_the_hour(new):
            found = (*found, Refused.OTHER_REGISTRATION)
        return found

    def _neighbours(self, act: OwnAct) -> tuple[Known | None, Known | None]:
        """The last act up to a press and the first one after it.

        After a move the same move begins with the OUT of the site that both leave.
        """
        ordered = sorted(self.known, key=lambda one: one.occurred_at)
        earlier = [one for one in ordered if one.occurred_at <= act.occurred_at]
        later = ordered[len(earlier) :]
        if Step(act.step) is Step.MOVE and later and later[0].kind == "out":
            later = later[1:]
        return (earlier[-1] if earlier else None), (later[0] if later else None)


def decided(desk: Desk, acts: Sequence[OwnAct]) -> list[Decision]:
    """Every act, the earliest first whatever the phone's order; answers in the phone's order."""
    found: dict[int, Decision] = {}
    for at in sorted(range(len(acts)), key=lambda at: acts[at].occurred_at):
        found[at] = desk.decide(acts[at])
    return [found[at] for at in range(len(acts))]


def _is_same(near: Known | Fix, kind: str, site: str, act: OwnAct) -> bool:
    stored = DayAct(near.kind, near.occurred_at, near.site, 0)
    return is_same_press(last=stored, kind=kind, site=site, now=act.occurred_at)


def _sides(act: OwnAct, running: Known | None) -> Iterator[tuple[str, str, Employer | None]]:
    """The acts of a press: kind, site, for whom. An OUT is for whom the IN was."""
    step = Step(act.step)
    for kind in step.acts:
        if kind == "in" or (step is not Step.MOVE and running is None):
            yield kind, act.site, act.employer
        elif step is not Step.MOVE and running is not None:
            yield kind, act.site, _employer_of(running)
        elif (left := _left(act, running)) is not None:
            yield kind, *left


def _employer_of(one: Known) -> Employer:
    return Employer(one.enterprise_number, one.foreign_vat_number)


def _left(act: OwnAct, running: Known | None) -> tuple[str, Employer | None] | None:
    """The site that a move leaves, and for whom.

    The phone knows it best: the IN may wait in it, or have come too late for the log.
    """
    site = act.leaves.site if act.leaves is not None else running.site if running else act.site
    if site == act.site:
        return None
    if running is not None and running.site == site:
        return site, _employer_of(running)
    return site, act.leaves.employer if act.leaves is not None else None


def _is_by_the_hour(new: NewAct) -> bool:
    try:
        rules = activity_rules(new.activity, on=brussels_day(new.occurred_at))
    except UnknownParameter:
        return False
    return rules.events is Events.IN_OUT and "self" in rules.who_may_submit


def _says_something(address: Address) -> bool:
    return address_says_something(
        address.post_code,
        address.municipality_name,
        address.street_name,
        address.house_number,
        address.box_number,
    )
