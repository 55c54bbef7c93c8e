"""Reading a document that a party signed with a card: is it ours, unchanged, signed, by whom.

Nothing here asks who may sign; `operations` does.
"""

import asyncio
import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation import async_validate_pdf_signature as validate
from pyhanko_certvalidator import ValidationContext

from guichet.access import cards
from guichet.access.cards import CardRefusal
from guichet.rules.mandates import Side

LARGEST: Final = 2 * 1024 * 1024
_log = logging.getLogger(__name__)
# What a parser may stumble over in a file that somebody wrote to hurt it.
_FAULTS: Final = (PdfError, ValueError, TypeError, LookupError, AttributeError, OSError,
                  RecursionError, ArithmeticError, NotImplementedError)  # fmt: skip


class DocumentRefused(Exception):
    """A document that is not taken; ``key`` is a word of the refusals of mandates."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """Who signed, and the number of the certificate."""

    niss: str
    serial_number: str


def read(pdf: bytes, *, current: bytes, side: Side, now: datetime) -> Signed:
    """Who signed ``pdf`` in the field of ``side``; raises DocumentRefused with the first reason.

    ``current``: the document as it stands here; ``pdf`` is that file and one signature behind it.
    """
    if len(pdf) > LARGEST:
        raise DocumentRefused("too_big")
    if not pdf.startswith(b"%PDF-"):
        raise DocumentRefused("not_pdf")
    try:
        signature = _signature(pdf, current, side)
        _require_intact(signature, now)
        certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    except _FAULTS as fault:
        _log.info("a signed mandate cannot be read: %s", type(fault).__name__)
        raise DocumentRefused("not_pdf") from None
    return _holder(certificate, now)


def _signature(pdf: bytes, current: bytes, side: Side) -> EmbeddedPdfSignature:
    """The one new signature, in the field of the party, with nothing else added to the file."""
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        raise DocumentRefused("encrypted")
    if not pdf.startswith(current):
        raise DocumentRefused("other_document")
    before = PdfFileReader(io.BytesIO(current))
    known = {one.field_name for one in before.embedded_signatures}
    new = [one for one in reader.embedded_signatures if one.field_name not in known]
    if not new:
        raise DocumentRefused("changed" if len(pdf) > len(current) else "not_signed")
    if len(new) > 1 or new[0].field_name != side.value:
        raise DocumentRefused("other_field")
    base = before.xrefs.total_revisions - 1
    added = DEFAULT_DIFF_POLICY.review_file(reader, base, doc_mdp=MDPPerm.FILL_FORMS)
    if not isinstance(added, DiffResult) or added.changed_form_fields - {side.value}:
        raise DocumentRefused("changed")
    found: EmbeddedPdfSignature = new[0]
    return found


def _require_intact(signature: EmbeddedPdfSignature, now: datetime) -> None:
    """The signature covers the whole file as it came, and fits it."""
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]  # of pyHanko
    if signature.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        raise DocumentRefused("changed")
    # Who issued the certificate is judged by the port; here the signature alone is looked at.
    context = ValidationContext(
        trust_roots=[signature.signer_cert], allow_fetching=False, moment=now
    )
    status = asyncio.run(validate(signature, context))
    if not (status.intact and status.valid):
        raise DocumentRefused("signature_invalid")


def _holder(certificate: x509.Certificate, now: datetime) -> Signed:
    found = cards.signatory(certificate, now=now)
    if isinstance(found, CardRefusal):
        raise DocumentRefused(found.value)
    return Signed(found.niss, str(certificate.serial_number))
