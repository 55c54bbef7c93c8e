"""Which activity a works reference stands for, in memory: only those that are not cleaning.

What nobody knows is cleaning, so an act of a new site never waits for a register.
"""

from typing import Final, LiteralString

from guichet.ingest.lanes import Connection

NOTIFICATION: Final = "guichet_works"
CLEANING: Final = "cleaning"
_ALL: Final[LiteralString] = "SELECT reference, activity FROM works_site WHERE activity <> %s"
_SOME: Final[LiteralString] = "SELECT reference, activity FROM works_site WHERE reference = ANY(%s)"


class Activities:
    """reference -> activity, refreshed by NOTIFY."""

    def __init__(self) -> None:
        self._others: dict[str, str] = {}

    def of(self, reference: str) -> str:
        """The code of the activity at a works reference."""
        return self._others.get(reference, CLEANING)

    async def refresh(self, connection: Connection, references: frozenset[str] | None) -> None:
        """Read these references again, or all of them."""
        if references is None:
            cursor = await connection.execute(_ALL, [CLEANING])
            self._others = dict(await cursor.fetchall())
            return
        cursor = await connection.execute(_SOME, [list(references)])
        found: dict[str, str] = dict(await cursor.fetchall())
        for reference in references:
            activity = found.get(reference, CLEANING)
            if activity == CLEANING:
                self._others.pop(reference, None)
            else:
                self._others[reference] = activity
