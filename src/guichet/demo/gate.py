"""A kiosk at the door where Amina works, for a visitor to try: enrolled, with a card and a badge.

Everything goes through the operations of devices and means. The code of a card is known once, as
everywhere: a visitor who begins gets a new one, and with it a one-time code for his browser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from guichet.audit.actors import system
from guichet.demo import numbers, people
from guichet.demo.firms import QUATRE_NUAGES
from guichet.demo.sites import GRAND_HIBOU
from guichet.eservices.presence.kiosk import devices, means
from guichet.eservices.presence.kiosk.devices import Enrolment, SiteRefused
from guichet.eservices.presence.kiosk.means import NotStaff
from guichet.eservices.presence.kiosk.models import Device, Means
from guichet.registers.persons.models import Person
from guichet.registers.works import queries as works

ACTOR: Final = system("demo")
SITE: Final = numbers.works_reference(GRAND_HIBOU)
FIRM: Final = numbers.enterprise(QUATRE_NUAGES)
BADGE: Final = "77101985"
_NAME: Final = "Grand-Hibou, entrée"
_READS: Final = ("badge", "card", "eid")
# Of visitors before: more browsers than that are not tried at once.
_MOST: Final = 5


class NotLoaded(Exception):
    """The site, Sofie or Amina is not there, or the works are over: load the demonstration."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a visitor needs: the one-time code of a kiosk, and what Amina's card holds."""

    code: str = field(repr=False)
    card: str = field(repr=False)


def furnish(*, today: date, now: datetime) -> None:
    """A kiosk that waits for its browser, a badge and a card of Amina; what is there stays."""
    if works.site(reference=SITE) is None or SITE not in works.references_of(
        enterprise=FIRM, on=today
    ):
        return
    sofie = Person.objects.filter(niss=people.SOFIE.niss).first()
    if sofie is None:
        return
    if not _devices().exists():
        _enrol(sofie, now)
    for kind in (Means.Kind.BADGE, Means.Kind.CARD):
        if not _amina(kind).exists():
            try:
                _issue(kind, sofie, now)
            except NotStaff:  # she does not work there in this world
                return


def begin(*, now: datetime) -> Begun:
    """A fresh code for a kiosk and a fresh card for Amina; raises NotLoaded.

    The card of the visitor before is void, and the oldest kiosks that were tried are ended.
    """
    sofie = Person.objects.filter(niss=people.SOFIE.niss).first()
    if sofie is None:
        raise NotLoaded
    for old in _devices().filter(state=Device.State.ACTIVE).order_by("-pk")[_MOST - 1 :]:
        devices.end(number=old.number, enterprise=FIRM, actor=ACTOR, now=now)
    try:
        waiting = _devices().filter(state=Device.State.WAITING).order_by("pk").first()
        device = waiting or _enrol(sofie, now)
        card = _amina(Means.Kind.CARD).order_by("pk").first()
        card = card or _issue(Means.Kind.CARD, sofie, now)
    except (SiteRefused, NotStaff):
        raise NotLoaded from None
    _row, token = means.print_card(number=card.number, enterprise=FIRM, actor=ACTOR, now=now)
    code = devices.new_code(number=device.number, enterprise=FIRM, actor=ACTOR, now=now)
    return Begun(code, token)


def _devices() -> QuerySet[Device]:
    return Device.objects.filter(
        enterprise_number=FIRM, works_reference=SITE, kind=Device.Kind.KIOSK, name=_NAME
    )


def _amina(kind: str) -> QuerySet[Means]:
    return Means.objects.filter(
        enterprise_number=FIRM, person__niss=people.AMINA.niss, kind=kind, blocked_at=None
    )


def _enrol(sofie: Person, now: datetime) -> Device:
    wanted = Enrolment(Device.Kind.KIOSK, _NAME, SITE, _READS)
    return devices.enrol(
        wanted=wanted, enterprise=FIRM, person_id=sofie.pk, actor=ACTOR, now=now
    )  # fmt: skip


def _issue(kind: str, sofie: Person, now: datetime) -> Means:
    return means.issue(
        kind=kind, niss=people.AMINA.niss, identifier=BADGE if kind == Means.Kind.BADGE else "",
        enterprise=FIRM, person_id=sofie.pk, actor=ACTOR, now=now,
    )  # fmt: skip
