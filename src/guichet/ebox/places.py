"""Before which box somebody stands: his own, or that of the enterprise for which he acts."""

from dataclasses import dataclass
from typing import Final

from guichet.access.sessions import Acting
from guichet.ebox import boxes
from guichet.ebox.models import Box
from guichet.ebox.visibility import Reader
from guichet.rules.access_management import MANAGEMENT

_NONE: Final = 0  # the key of no box


@dataclass(frozen=True, slots=True)
class Place:
    """``box`` and ``reader`` are None where there is no box yet."""

    box: Box | None
    reader: Reader | None
    is_enterprise: bool
    is_manager: bool


def place_of(acting: Acting) -> Place:
    """The box of this session; who may look is settled before."""
    number = acting.enterprise_number
    if number is None:
        box = boxes.of_person(person_id=acting.person_id)
        reader = Reader(box.pk, None, acting.person_id) if box else None
        return Place(box, reader, is_enterprise=False, is_manager=True)
    is_manager = MANAGEMENT in acting.rights
    box = boxes.of_enterprise(number=number)
    reader = Reader(box.pk, acting.rights, acting.person_id, is_manager=is_manager) if box else None
    return Place(box, reader, is_enterprise=True, is_manager=is_manager)


def place_to_open(acting: Acting) -> Place:
    """The box of an enterprise before anything came: nothing in it, as it will open."""
    box = boxes.to_open(number=acting.enterprise_number or "")
    is_manager = MANAGEMENT in acting.rights
    reader = Reader(_NONE, acting.rights, acting.person_id, is_manager=is_manager) if box else None
    return Place(box, reader, is_enterprise=True, is_manager=is_manager)
