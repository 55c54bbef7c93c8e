"""The code by which an employer sees what is left of a worker's credit.

Twelve signs of the alphabet of document codes, the last one a check: shorter, because people say
it on the telephone, and never taken for the code of a document. Fifty-five bits are chance; who
may try, and how often, is limited besides.
"""

from __future__ import annotations

from typing import ClassVar, Final

from guichet.kernel.document_code import DocumentCode

BITS: Final = 5 * 11


class CreditCode(DocumentCode):
    """Twelve signs, the last one the check."""

    __slots__ = ()
    LENGTH: ClassVar[int] = 12
