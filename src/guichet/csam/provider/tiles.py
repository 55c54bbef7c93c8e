"""The tiles of the sign-in page: each means of identification brings its own.

An application of the provider has a module ``tiles.py`` of its own that registers them; this one
keeps them in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise

from guichet.platform.discovery import discover
from guichet.rules.assurance import Means

Block = Literal["card", "codes", "second", "abroad"]
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Tile:
    """One way in.

    ``means``: what it can lead to, the strongest first; ``url_name``: where it begins;
    ``template``: a piece of page with a form of its own, drawn on the sign-in page itself.
    """

    means: tuple[Means, ...]
    title: Text
    text: Text
    url_name: str
    block: Block = "card"
    order: int = 50
    is_simulated: bool = False
    template: str | None = None


_TILES: Final[list[Tile]] = []


def register(tile: Tile) -> Tile:
    """Add a tile to the sign-in page."""
    if tile not in _TILES:
        _TILES.append(tile)
    return tile


def every() -> Sequence[Tile]:
    """All tiles, in the order of the page."""
    discover("tiles")
    return sorted(_TILES, key=lambda tile: tile.order)
