"""Who does something, as the trail and the history of the registers name him."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

ActorKind = Literal["person", "client", "system"]


class Kind(StrEnum):
    """The three kinds of actor."""

    PERSON = "person"
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """A person (NISS), a technical client (client id) or a part of the system (its name).

    ``enterprise``: the ten digits of the enterprise in whose name he acts, if any;
    ``mandatary``: those of the enterprise that does it by mandate, if it is not his own.
    """

    kind: ActorKind
    id: str
    enterprise: str | None = None
    mandatary: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in {*Kind} or not self.id:
            raise ValueError("an actor has a known kind and an id")
        if "|" in self.id or "|" in (self.enterprise or ""):
            raise ValueError("an actor's id holds no vertical bar")

    def __str__(self) -> str:
        """The form kept in the database: ``kind|id|enterprise``."""
        return f"{self.kind}|{self.id}|{self.enterprise or ''}"

    def __repr__(self) -> str:  # a person's id is a NISS
        shown = f"…{self.id[-2:]}" if self.kind == "person" else self.id
        return f"Actor({self.kind}, {shown}, {self.enterprise})"


def system(name: str) -> Actor:
    """A part of the system that acts by itself: a job, a command, a loader."""
    return Actor(kind="system", id=name)


def actor_of(text: str) -> Actor:
    """The actor behind the form kept in the database; raises ValueError for anything else."""
    kind, name, enterprise = text.split("|")
    return Actor(Kind(kind).value, name, enterprise or None)


MAINTENANCE: Final = system("maintenance")
