"""The firm, the office and a clock that stands still."""

from tests.documents.conftest import seal_folder, sealed_by_us
from tests.eservices.career_break.conftest import firm
from tests.eservices.career_break.office.conftest import office

__all__ = ["firm", "office", "seal_folder", "sealed_by_us"]
