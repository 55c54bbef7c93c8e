"""The people of the simulation for whom a visitor may make a test card.

The demonstration, which stands above, offers them here when it is loaded.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody who does not exist."""

    key: str
    niss: str
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        """Given name, family name."""
        return f"{self.given_name} {self.family_name}"


_people: dict[str, Person] = {}


def offer(person: Person) -> None:
    """Let visitors make a card for this person; the same key again replaces the former."""
    _people[person.key] = person


def people() -> tuple[Person, ...]:
    """Everybody who is offered, in the order in which they were."""
    return tuple(_people.values())


def person(key: str) -> Person | None:
    """The one with this key."""
    return _people.get(key)
