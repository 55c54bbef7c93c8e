"""An L1 is sealed with a seal that the tests make."""

from tests.documents.conftest import seal_folder, sealed_by_us

__all__ = ["seal_folder", "sealed_by_us"]
