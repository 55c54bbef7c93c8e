"""The registers of the firm, and a clock that can be set."""

from tests.documents.conftest import seal_folder, sealed_by_us
from tests.eservices.career_break.conftest import firm

__all__ = ["firm", "seal_folder", "sealed_by_us"]
