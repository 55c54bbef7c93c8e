"""The firm, the office, and a clock that stands still."""

from tests.eservices.career_break.office.conftest import office

__all__ = ["office"]
