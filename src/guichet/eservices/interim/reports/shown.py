"""A report as the pages show it."""

from dataclasses import dataclass, field
from datetime import date

from guichet.eservices.interim.models import Report
from guichet.eservices.interim.reports import words
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its words; ``is_late``: the agency is past its date."""

    row: Report = field(repr=False)
    number: str
    kind: str
    state: str
    look: str
    is_late: bool = False

    @property
    def person(self) -> str:
        """Given name, family name."""
        return f"{self.row.person.given_name} {self.row.person.family_name}".strip()

    @property
    def niss(self) -> str:
        """With its dots."""
        return Niss(self.row.person.niss).formatted()


def as_shown(row: Report, *, today: date | None = None) -> Shown:
    """The row with its words; ``today``: to tell what is late."""
    return Shown(
        row=row,
        number=TicketNumber(row.number).formatted(),
        kind=str(words.KINDS[row.kind]),
        state=str(words.STATES[row.state]),
        look=words.LOOKS[row.state],
        is_late=bool(today and row.due_on and row.due_on < today),
    )
