"""The SQL files of this package, read once."""

from importlib.resources import files
from typing import Final


def _statement(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


INSERT_DAYS: Final = _statement("insert_days.sql")
INSERT: Final = _statement("insert.sql")
KEYED: Final = _statement("keyed.sql")
