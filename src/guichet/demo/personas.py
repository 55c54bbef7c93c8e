"""Who a visitor of the demonstration can be: one click, a story, and a first thing to do."""

from typing import Final

from guichet.demo.persona import Persona
from guichet.demo.personas_inside import INSIDE
from guichet.demo.personas_outside import OUTSIDE

PERSONAS: Final[tuple[Persona, ...]] = (*OUTSIDE, *INSIDE)
