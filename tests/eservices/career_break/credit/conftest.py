"""The firm of career breaks and the clock that stands still."""

from tests.documents.conftest import seal_folder, sealed_by_us
from tests.eservices.career_break.conftest import firm

__all__ = ["firm", "seal_folder", "sealed_by_us"]
