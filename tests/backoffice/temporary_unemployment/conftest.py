"""The office, its firm, and a clock that stands still."""

from tests.eservices.temporary_unemployment.conftest import firm
from tests.eservices.temporary_unemployment.office.conftest import (
    office,
    seal_folder,
    sealed_by_us,
)

__all__ = ["firm", "office", "seal_folder", "sealed_by_us"]
