"""From submitted items to rows of the log: each item is either a new act or a list of refusals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from guichet.kernel.problem import Problem, bad_request
from guichet.presence_log import breaches, wire
from guichet.rules.presence import Profile, Refusal, address_says_something, refusals

CHANNEL: Final = "ws"
_NO_EMPLOYER: Final = wire.Employer()
_NO_PLACE: Final = wire.PlaceOfWork()

ActivityOf = Callable[[str], str]
"""works reference -> code of the activity; what nobody knows is cleaning."""


# Short names on the way to PostgreSQL: the text of a batch is a third smaller (insert.sql).
_COLUMNS: Final = {
    "occurred_at": "o",
    "received_at": "r",
    "offset_minutes": "m",
    "type": "t",
    "ssin": "p",
    "works_reference": "w",
    "activity": "v",
    "channel": "c",
    "receipt": "n",
    "sender": "s",
    "enterprise_number": "e",
    "foreign_vat_number": "f",
    "longitude": "x",
    "latitude": "y",
    "custom_reference": "u",
    "address": "a",
}


class NewAct(msgspec.Struct, omit_defaults=True, gc=False, rename=_COLUMNS):
    """A row of presence_act, encoded as one JSON object; ``receipt`` 0 means not numbered yet."""

    occurred_at: datetime
    received_at: datetime
    offset_minutes: int
    type: str
    ssin: str
    works_reference: str
    activity: str
    channel: str
    receipt: int = 0
    sender: int | None = None
    enterprise_number: str | None = None
    foreign_vat_number: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    custom_reference: str | None = None
    address: wire.Address | None = None


class Refused(msgspec.Struct, gc=False):
    """An item of which nothing is stored, with every reason."""

    item: wire.Item
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One call after judging: an entry for each item, in order; ``acts`` are those to store."""

    entries: Sequence[NewAct | Refused]
    acts: Sequence[NewAct]
    received_at: datetime


def judged(
    *,
    body: bytes,
    received_at: datetime,
    sender: int | None,
    profile: Profile,
    activity_of: ActivityOf,
) -> Judged:
    """Read a registerInBulk body and judge its items.

    ``received_at`` is the aware moment at which the request reached us, ``sender`` the id of the
    technical channel. Raises SchemaBreach when the body breaks the schema.
    """
    entries: list[NewAct | Refused] = []
    acts: list[NewAct] = []
    for item in breaches.decoded(body).items:
        entry = _entry(item, received_at, sender, profile, activity_of)
        entries.append(entry)
        if type(entry) is NewAct:
            acts.append(entry)
    return Judged(entries, acts, received_at)


def breach_problem(breach: breaches.SchemaBreach) -> Problem:
    """The 400 that answers a body which breaks the schema."""
    detail = breach.issues[0].detail or "The input message is incorrect"
    return bad_request(issues=breach.issues, detail=detail)


def _entry(
    item: wire.Item,
    received_at: datetime,
    sender: int | None,
    profile: Profile,
    activity_of: ActivityOf,
) -> NewAct | Refused:
    employer = item.employer or _NO_EMPLOYER
    place = item.place_of_work or _NO_PLACE
    reference = item.contractual_relationship_reference or ""
    address = place.address
    if address is not None and not address_says_something(
        address.post_code,
        address.municipality_name,
        address.street_name,
        address.house_number,
        address.box_number,
    ):
        address = None
    point = place.coordinates
    occurred_at = item.registration_date
    reasons = refusals(
        occurred_at=occurred_at,
        received_at=received_at,
        ssin=item.ssin,
        enterprise_number=employer.enterprise_number,
        foreign_vat_number=employer.foreign_vat_number,
        has_coordinates=point is not None,
        has_address=address is not None,
        reference=reference,
        custom_reference=item.custom_reference,
        profile=profile,
    )
    if reasons:
        return Refused(item, reasons)
    offset = occurred_at.utcoffset()
    return NewAct(
        occurred_at=occurred_at,
        received_at=received_at,
        offset_minutes=int(offset.total_seconds()) // 60 if offset else 0,
        type=item.type.lower(),
        ssin=item.ssin,
        works_reference=reference,
        activity=activity_of(reference),
        channel=CHANNEL,
        sender=sender,
        enterprise_number=employer.enterprise_number,
        foreign_vat_number=employer.foreign_vat_number,
        longitude=None if point is None else point.longitude,
        latitude=None if point is None else point.latitude,
        custom_reference=item.custom_reference,
        address=address,
    )
