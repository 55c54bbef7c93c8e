"""The firm, the office, a break of which two months are paid, a clock that stands still."""

from datetime import datetime

import pytest

from guichet.eservices.career_break.models import Request
from guichet.platform import clock
from tests.eservices.career_break.office.conftest import office, sender
from tests.eservices.career_break.recovery import paid

__all__ = ["office", "sender"]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> paid.Put:
    """The clock of the pages, in the middle of June."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    put(paid.LATER)
    return put


@pytest.fixture
def row(at: paid.Put) -> Request:
    """Three months of parental leave from April on, granted in January."""
    return paid.granted()
