"""The general attestation: about whom, facts, tables of any length, legal notes.

Its texts are the service's own, in the recipient's language (``with override(language)``).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

TEMPLATE: Final = "attestation"
Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on each page.

    ``caption``: what it shows, in a sentence; ``numeric``: the columns of figures and dates, from
    zero; ``widths``: shares of the width, equal ones without them.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    widths: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, then paragraphs, facts and a table, as far as they are there."""

    title: str
    paragraphs: Sequence[str] = ()
    facts: Facts = ()
    table: Table | None = None


def content(
    *,
    lead: Sequence[str],
    person_title: str,
    person: Facts,
    sections: Sequence[Section],
    legal_title: str,
    legal: Sequence[str],
) -> dict[str, Any]:
    """The data of an attestation, for `operations.issue` with the template `TEMPLATE`.

    Raises ValueError for a row that is not as long as the head of its table.
    """
    for section in sections:
        if section.table and any(len(row) != len(section.table.head) for row in section.table.rows):
            raise ValueError("every row is as long as the head of its table")
    return {
        "lead": list(lead),
        "person": {"title": person_title, "facts": [list(pair) for pair in person]},
        "sections": [asdict(one) for one in sections],
        "legal": {"title": legal_title, "notes": list(legal)},
    }
