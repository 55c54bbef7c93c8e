"""One request as its worker fills it in: what was typed, and what is known beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guichet.eservices.career_break.content import Asked, asked_of
from guichet.eservices.career_break.dossier import Taken
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.said import Cared, Earlier
from guichet.rules.career_break.kinds import Exception55, Leave, Motive


@dataclass(frozen=True, slots=True)
class Case:
    """``typed``: by step, as it was typed; ``taken``: the worker's other breaks, oldest first;
    ``people``: for whom he took breaks before, by their keys; ``told``: for whom earlier breaks
    were, as he said beside his requests; ``beside``: what was typed in the part of a request of
    another employer that is one break with this one."""

    row: Request
    typed: Mapping[str, Mapping[str, Any]]
    today: date
    taken: tuple[Taken, ...] = ()
    people: Mapping[str, Cared] = field(default_factory=dict)
    told: tuple[Earlier, ...] = ()
    beside: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def asked(self) -> Asked:
        """The employer's part."""
        return asked_of(self.row.content)

    @property
    def leave(self) -> Leave:
        """The kind of leave."""
        return Leave(self.row.leave)

    @property
    def motive(self) -> Motive | None:
        """Of a time credit."""
        text = self.asked.details.get("motive", "")
        return Motive(text) if text else None

    @property
    def exception(self) -> Exception55 | None:
        """The ground of an end of career before the general age."""
        text = self.asked.details.get("exception", "")
        return Exception55(text) if text else None

    @property
    def is_hospital_stay(self) -> bool:
        """Medical assistance for a minor child in hospital."""
        return self.asked.details.get("relation") == "hospital"

    @property
    def is_for_patient(self) -> bool:
        """Palliative care: nothing is asked about the patient."""
        return self.leave is Leave.PALLIATIVE or self.motive is Motive.PALLIATIVE

    def of_step(self, step: str) -> Mapping[str, Any]:
        """What was typed at a step."""
        return self.typed.get(step, {})

    def to_place(self) -> tuple[Taken, ...]:
        """The earlier breaks of which the worker says for whom they were."""
        if self.is_for_patient:
            return tuple(one for one in self.taken if self._is_alike(one))
        if self.leave not in (
            Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.INFORMAL_CARER,
        ):  # fmt: skip
            return ()
        return tuple(one for one in self.taken if self._is_alike(one) and one.rules.person is None)

    def _is_alike(self, one: Taken) -> bool:
        return bool(one.ticket) and (
            one.rules.leave is self.leave and one.rules.motive is self.motive
        )
