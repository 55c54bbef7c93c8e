"""One person of the picker of the demonstration."""

from dataclasses import dataclass

from guichet.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Persona:
    """One person of the picker; ``first_url`` is a path of the portal.

    ``quality``: in which his enterprise appears, where it has several.
    """

    key: str
    niss: str
    enterprise_number: str | None
    name: str
    role: Label
    story: Label
    first_step: Label
    first_url: str
    quality: str | None = None
