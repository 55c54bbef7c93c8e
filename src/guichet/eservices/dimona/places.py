"""Addresses in Belgium held against the list of postcodes, as far as the list can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guichet.registers.works.municipalities import by_postcode, is_elsewhere
from guichet.rules.dimona.message import Address, Message

BELGIUM: Final = 150


def misplaced(message: Message) -> tuple[str, ...]:
    """The zones of postcodes that no town has, and of towns that have another postcode."""
    found: list[str] = []
    for address, postcode, town in _addresses(message):
        if address is None or address.country != BELGIUM or not address.postcode:
            continue
        if is_unknown(address.postcode):
            found.append(postcode)
        elif is_in_another_town(address):
            found.append(town)
    return tuple(dict.fromkeys(found))


def is_unknown(postcode: str) -> bool:
    """Whether no town has a postcode."""
    return not by_postcode(postcode=postcode)


def is_in_another_town(address: Address) -> bool:
    """Whether the town has other postcodes only; a code of the right town clears its name."""
    code = address.municipality_code
    if any(code == int(each.nis_code) for each in by_postcode(postcode=address.postcode)):
        return False
    return is_elsewhere(postcode=address.postcode, municipality=address.municipality)


def _addresses(message: Message) -> Iterator[tuple[Address | None, str, str]]:
    """Each address of an IN with the zones of its postcode and of its town."""
    if message.workplace is not None:
        yield message.workplace.address, "00520", "00522"
    if message.features.user is not None:
        yield message.features.user.address, "00520", "00522"
    if message.worker.identity is not None:
        yield message.worker.identity.address, "00033", "00034"
