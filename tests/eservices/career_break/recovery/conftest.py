"""The firm, the office, a break of which two months are paid, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.eservices.career_break.office.conftest import office, sender

if TYPE_CHECKING:
    from guichet.eservices.career_break.models import Request

__all__ = ["office", "sender"]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The clock of the pages, in the middle of June."""
    from guichet.platform import clock
    from tests.eservices.career_break.recovery.paid import LATER

    def put(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    put(LATER)
    return put


@pytest.fixture
def row(at: Callable[[datetime], None]) -> Request:
    """Three months of parental leave from April on, granted in January."""
    from tests.eservices.career_break.recovery.paid import granted

    return granted()
