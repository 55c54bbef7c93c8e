"""A file of communications checked without anybody knowing whose: in memory, nothing looked up.

What only the registers and the dossier know (is it your employer, is the worker in service, was it
announced) is not judged here; the rest is judged as the service does. Nothing is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from guichet.eservices.temporary_unemployment.messages import layout, schema
from guichet.eservices.temporary_unemployment.messages.frames import (
    FrameFault,
    FrameRefused,
    Limits,
)
from guichet.eservices.temporary_unemployment.messages.reading import Placed, ReadForm, read
from guichet.rules.temporary_unemployment import check
from guichet.rules.temporary_unemployment.communication import Communication, Known
from guichet.rules.temporary_unemployment.faults import Fault, any_blocks
from guichet.rules.temporary_unemployment.kinds import Channel, Kind
from guichet.rules.temporary_unemployment.states import State

LARGEST: Final = 2 * 1024 * 1024
MOST_FORMS: Final = 200
_LIMITS: Final = Limits(largest=LARGEST, most_forms=MOST_FORMS, largest_form=LARGEST)
_PIECE: Final = 64 * 1024
# Said of what the dossier does not hold: recognition and announcements.
_OF_THE_DOSSIER: Final = frozenset({"CTW-033", "CTW-043"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A form and what would become of it. ``kind``: None when it cannot be read.

    ``only_read``: a cancellation, of which only the dossier knows whether it is possible.
    """

    position: int
    own_reference: str
    kind: Kind | None
    placed: tuple[Placed, ...]
    only_read: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether it would not be received."""
        return any_blocks(one.fault for one in self.placed)


@dataclass(frozen=True, slots=True)
class Report:
    """The forms up to where the frame breaks; ``why``: how it breaks, None when it is sound."""

    forms: tuple[Judged, ...]
    why: FrameFault | None = None
    line: int = 0
    path: str = ""


def report(content: bytes, *, now: datetime) -> Report:
    """What the service would answer to a file that it received at this moment."""
    pieces = (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))
    # A schema serves one thread at a time: each request has its own.
    held = etree.XMLSchema(etree.fromstring(schema.document()))
    forms: list[Judged] = []
    try:
        for form in read(
            pieces, schema=held, channel=Channel.BATCH, received_at=now, limits=_LIMITS
        ):
            forms.append(_judged(form))
    except FrameRefused as refusal:
        return Report(tuple(forms), refusal.why, refusal.line, refusal.path)
    return Report(tuple(forms))


def faults(said: Communication) -> tuple[Fault, ...]:
    """What is wrong with a communication by itself; tickets that it names are taken to be good."""
    tickets = frozenset({said.nature_ticket} - {""})
    known = Known(changed=State.RECEIVED, nature_tickets=tickets)
    found = check.faults(said, known=known)
    return tuple(fault for fault in found if fault.code not in _OF_THE_DOSSIER)


def _judged(form: ReadForm) -> Judged:
    placed = form.faults
    cancels = bool(form.meant and form.meant.cancels)
    if form.meant is not None and not cancels:
        placed = form.placed(faults(form.meant.said))
    return Judged(
        position=form.position,
        own_reference=form.head.own_reference or "",
        kind=layout.KINDS.get(form.head.identification or ""),
        placed=placed,
        only_read=cancels,
    )
