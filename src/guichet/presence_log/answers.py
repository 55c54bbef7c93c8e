"""The answer of registerInBulk: an array with one entry for each item, in order.

Null members are written where the service writes them; the shapes are those of its manual.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from guichet.kernel.moments import BRUSSELS
from guichet.presence_log import wire
from guichet.presence_log.acts import Judged, NewAct, Refused

_ENCODER: Final = msgspec.json.Encoder()


class _Status(msgspec.Struct, gc=False):
    code: str
    date: str


class _Place(msgspec.Struct, gc=False):
    coordinates: wire.Coordinates | None
    address: wire.Address | None
    description: None = None


class _Created(msgspec.Struct, rename="camel", gc=False):
    id: int
    registration_date: str
    ssin: str
    type: str
    worker: None
    employer: wire.Employer
    place_of_work: _Place
    contractual_relationship_reference: str
    activity: str
    channel: str
    custom_reference: str | None
    status: _Status
    validity: str = "pending"
    remarks: tuple[()] = ()


class _PlaceSubmitted(msgspec.Struct, gc=False):
    coordinates: wire.Coordinates | UnsetType = UNSET
    address: wire.Address | UnsetType = UNSET


class _Submitted(msgspec.Struct, rename="camel", gc=False):
    id: None
    registration_date: str
    ssin: str
    type: str
    employer: wire.Employer | None
    place_of_work: _PlaceSubmitted | None
    contractual_relationship_reference: str | None
    activity: None
    channel: None
    custom_reference: str | None
    status: None = None
    remarks: tuple[()] = ()


class _Error(msgspec.Struct, rename="camel", gc=False):
    error_code: str
    error_description: str


class _NotCreated(msgspec.Struct, rename="camel", gc=False):
    presence_registration_submitted: _Submitted
    error_list: list[_Error]


class _Entry(msgspec.Struct, rename="camel", gc=False):
    created_presence_registration: _Created | None
    not_created_presence_registration: _NotCreated | None


# PostgreSQL refused a row that passed every check of ours; its neighbours are stored.
_NOT_STORED: Final = _Error(
    "error.presence-registration.creation.not-stored", "the registration could not be stored"
)


def belgian(moment: datetime) -> str:
    """An aware moment with the Belgian offset then in force, milliseconds at least."""
    local = moment.astimezone(BRUSSELS)
    return local.isoformat(timespec="microseconds" if local.microsecond % 1000 else "milliseconds")


def answer(judged: Judged, *, unstored: Collection[int] = ()) -> bytes:
    """The body for a call whose acts carry receipts; those in ``unstored`` were not stored."""
    status = _Status("registered", belgian(judged.received_at))
    entries = []
    for entry in judged.entries:
        if isinstance(entry, Refused):
            entries.append(_refused(entry))
        elif entry.receipt in unstored:
            entries.append(_unstored(entry))
        else:
            entries.append(_created(entry, status))
    return _ENCODER.encode(entries)


def _created(act: NewAct, status: _Status) -> _Entry:
    point = None
    if act.longitude is not None and act.latitude is not None:
        point = wire.Coordinates(act.longitude, act.latitude)
    created = _Created(
        act.receipt,
        belgian(act.occurred_at),
        act.ssin,
        act.type,
        None,
        wire.Employer(act.enterprise_number, act.foreign_vat_number),
        _Place(point, act.address),
        act.works_reference,
        act.activity,
        act.channel,
        act.custom_reference,
        status,
    )
    return _Entry(created, None)


def _refused(refused: Refused) -> _Entry:
    item, place, shown = refused.item, refused.item.place_of_work, None
    if place is not None:
        shown = _PlaceSubmitted(place.coordinates or UNSET, place.address or UNSET)
    submitted = _Submitted(
        None,
        item.registration_date.isoformat().replace("+00:00", "Z"),
        item.ssin,
        item.type.lower(),
        item.employer,
        shown,
        item.contractual_relationship_reference,
        None,
        None,
        item.custom_reference,
    )
    errors = [_Error(reason.value, reason.description) for reason in refused.reasons]
    return _Entry(None, _NotCreated(submitted, errors))


def _unstored(act: NewAct) -> _Entry:
    point: wire.Coordinates | UnsetType = UNSET
    if act.longitude is not None and act.latitude is not None:
        point = wire.Coordinates(act.longitude, act.latitude)
    submitted = _Submitted(
        None,
        act.occurred_at.isoformat().replace("+00:00", "Z"),
        act.ssin,
        act.type,
        wire.Employer(act.enterprise_number, act.foreign_vat_number),
        _PlaceSubmitted(point, act.address or UNSET),
        act.works_reference,
        None,
        None,
        act.custom_reference,
    )
    return _Entry(None, _NotCreated(submitted, [_NOT_STORED]))
