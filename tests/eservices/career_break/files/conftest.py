"""The registers of the firm, and a clock that stands still."""

from tests.eservices.career_break.conftest import firm, seal_folder, sealed_by_us

__all__ = ["firm", "seal_folder", "sealed_by_us"]
