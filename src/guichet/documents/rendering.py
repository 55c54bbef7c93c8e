"""From a request to sealed bytes: typeset, code and QR printed on it, then the seal."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from pyhanko.sign.timestamps import TimeStamper

from guichet.documents import sealing, squares, stamping
from guichet.documents.models import Document
from guichet.documents.seal_key import SealKey, seal_key
from guichet.documents.sealing import Sealer
from guichet.kernel.document_code import DocumentCode
from guichet.platform import typeset, wording

# Where the verifier stands on the portal; the worker, which prints it, has no pages of its own.
VERIFIER: Final = "/verify/"
# The border that a QR code must have, in modules.
_QUIET: Final = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A document before and after its seal; the digests are SHA-256 in hexadecimal."""

    plain_digest: str
    pdf: bytes = field(repr=False)
    digest: str


def key_in_force() -> SealKey:
    """The seal of this Guichet; raises SealMissing."""
    environment = settings.ENVIRONMENT
    return seal_key(folder=environment.seal, provider=environment.seal_provider)


def made(document: Document) -> Made:
    """Render and seal one document.

    Raises typeset.UnknownTemplate and typeset.NotTypeset for a template that does not fit;
    SealMissing; OSError or TimestampRequestError when the time-stamp authority is away.
    """
    rendered = plain(document)
    with override(document.language):
        label = _("Electronic seal of this document")
    sealed = sealing.sealed(rendered, sealer=_sealer(), stamper=_stamper(), label=label)
    return Made(_digest(rendered), sealed, _digest(sealed))


def plain(document: Document) -> bytes:
    """The rendering without the seal: the same bytes each time for the same document."""
    with override(document.language):
        proof = _proof(document)
    code = DocumentCode(document.reference).formatted()
    about = {"kind": document.kind, "code": code, "language": document.language}
    return typeset.pdf(
        template=document.template,
        data={"document": about, **document.data},
        language=document.language,
        title=document.title,
        made_at=document.requested_at,
        inputs={
            "proof": json.dumps(proof),
            "qr": squares.drawing(address(document.reference), quiet=_QUIET),
        },
    )


def address(reference: str) -> str:
    """Where everybody can verify this document: what its QR code says."""
    code = DocumentCode(reference).formatted()
    return f"{settings.ENVIRONMENT.url}{VERIFIER}?code={code}"


def _square(document: Document) -> str:
    return squares.drawing(address(document.reference), quiet=_QUIET)


def _proof(document: Document) -> dict[str, Any]:
    """What stands in the frame of the seal, in the language of the document."""
    place = settings.ENVIRONMENT.url.partition("://")[2] + VERIFIER
    code = DocumentCode(document.reference).formatted()
    return {
        "title": _("Verify this document"),
        "code_label": _("Verification code"),
        "code": code,
        "text": _(
            "This document bears an electronic seal. Scan the square or enter the code at "
            "%(place)s to see whether it is genuine."
        )
        % {"place": place},
        "alt": _("QR code that leads to the verification of document %(code)s") % {"code": code},
        "made": _("Issued on %(day)s") % {"day": wording.day(document.requested_at)},
    }


# For each key of this process, which `seal_key` keeps as well.
_SEALERS: Final[dict[int, Sealer]] = {}


def _sealer() -> Sealer:
    key = key_in_force()
    return _SEALERS.setdefault(id(key), _SEALERS.get(id(key)) or Sealer(key))


def _stamper() -> TimeStamper | None:
    url = settings.ENVIRONMENT.timestamp_url
    return stamping.stamper(url) if url else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
