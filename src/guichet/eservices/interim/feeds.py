"""The calendar feed: a secret address, and the relations written as iCalendar (RFC 5545)."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import get_language, gettext, override
from icalendar import Calendar, Event

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.interim.models import Feed
from guichet.eservices.interim.queries import Relation
from guichet.eservices.interim.words import KINDS, STATES
from guichet.platform.db import transaction
from guichet.rules.interim import State, window

_SECRET_BYTES: Final = 24
_PRODUCT: Final = "-//Guichet//Interim@Work//"


@dataclass(frozen=True, slots=True)
class Held:
    """Whose feed it is, and since when."""

    niss: str = field(repr=False)
    language: str
    made_at: datetime


def held(*, person_id: int) -> Held | None:
    """The feed of a person, if he has one."""
    row = Feed.objects.select_related("person").filter(person_id=person_id).first()
    return None if row is None else Held(row.person.niss, row.language, row.made_at)


def behind(*, secret: str) -> Held | None:
    """Whose feed stands at an address; None for one that was never given, or is void."""
    rows = Feed.objects.select_related("person").filter(secret=_digest(secret))
    row = rows.filter(person__replaced_by=None).first()
    return None if row is None else Held(row.person.niss, row.language, row.made_at)


def make(*, person_id: int, by: Actor, now: datetime) -> str:
    """Give a new address; the former one is void. The secret part, which is kept nowhere."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    language = (get_language() or "en").partition("-")[0]
    with transaction(actor=by):
        Feed.objects.update_or_create(
            person_id=person_id,
            defaults={"secret": _digest(secret), "language": language, "made_at": now},
        )
        trail.record(action="interim.feedMade", actor=by, target=str(person_id), now=now)
    return secret


def end(*, person_id: int, by: Actor, now: datetime) -> None:
    """The address is void; nothing happens when there is none."""
    with transaction(actor=by):
        gone, _ = Feed.objects.filter(person_id=person_id).delete()
        if gone:
            trail.record(action="interim.feedEnded", actor=by, target=str(person_id), now=now)


def as_calendar(found: Iterable[Relation], *, language: str, on: date, now: datetime) -> bytes:
    """The relations as whole-day events; cancelled ones say so, for programs that kept them."""
    with override(language):
        whole = Calendar()
        whole.add("prodid", f"{_PRODUCT}{language.upper()}")
        whole.add("version", "2.0")
        whole.add("method", "PUBLISH")
        whole.add("x-wr-calname", "Interim@Work")
        for one in found:
            whole.add_component(_event(one, on, now))
        return bytes(whole.to_ical())


def _event(one: Relation, on: date, now: datetime) -> Event:
    last = one.span.ends_by(window(on)[1])
    where = one.user.name if one.user else one.agency.name
    event = Event()
    event.add("uid", f"{one.reference}@interim.guichet")
    event.add("dtstamp", now)
    event.add("dtstart", one.first_day)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", f"{KINDS[one.kind]}: {where}")
    lines = [
        gettext("Temp agency: %(name)s") % {"name": one.agency.name},
        *([gettext("Hours: %(hours)s") % {"hours": one.hours}] if one.hours else []),
        gettext("State: %(state)s") % {"state": STATES[one.state]},
        gettext("A relation is not a contract and does not replace one."),
    ]
    event.add("description", "\n".join(lines))
    if one.user and one.user.address:
        event.add("location", one.user.address)
    event.add("status", "CANCELLED" if one.state is State.CANCELLED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
