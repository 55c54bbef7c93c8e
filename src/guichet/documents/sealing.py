"""Sealing a PDF so that it stays archivable (PDF/A-3a) and readable aloud (PDF/UA-1).

An ordinary signature field breaks both. Here the field has a name for whoever has the document
read aloud, stands in the structure tree, and nothing else of the document is written again: one
revision is added, which the seal covers to the last byte. No Django here.
"""

import io
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from guichet.documents.seal_key import SealKey

FIELD: Final = "Seal"
# A widget that is printed and locked (PDF 32000, table 165); signatures exist, only append (225).
_PRINT_AND_LOCKED: Final = 132
_SIGNED_AND_APPEND_ONLY: Final = 3
# The longest DER form of a signature on P-256 has 72 bytes.
_ROOM: Final = 72


class Sealer(Signer):
    """pyHanko's signer over a seal whose key is kept loaded: a third of its own one's time."""

    def __init__(self, key: SealKey) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # of pyHanko
        for one in key.above:
            store.register(_asn1(one))
        super().__init__(signing_cert=_asn1(key.certificate), cert_registry=store)
        self._key = key
        # How many signs a seal without a time stamp takes: the same for each document, and to
        # find it out takes as long as the seal itself.
        self.room: int | None = None

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """ECDSA with SHA-256; for a dry run only the room that it takes."""
        return bytes(_ROOM) if dry_run else self._key.sign(data)


def sealed(plain: bytes, *, sealer: Signer, stamper: TimeStamper | None, label: str) -> bytes:
    """``plain`` with a seal over all of it; ``label`` says in its language what the field is.

    Raises OSError or pyHanko's TimestampRequestError when the time-stamp authority does not
    answer: try again later.
    """
    writer = _Untouched(io.BytesIO(plain))
    _add_field(writer, label)
    out = io.BytesIO()
    meta = PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    signer = PdfSigner(meta, signer=sealer, timestamper=stamper)
    ours = sealer if isinstance(sealer, Sealer) and stamper is None else None
    room = ours.room if ours else None
    signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=room, output=out)
    whole = out.getvalue()
    if ours and room is None:
        ours.room = _room_of(whole)
    return whole


def _room_of(pdf: bytes) -> int:
    """How many signs the seal of a document takes, between its brackets."""
    begin = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return pdf.index(b">", begin) - begin


class _Untouched(IncrementalPdfFileWriter):
    """Adds the seal and leaves the description of the document as it was written."""

    def _update_meta(self) -> None:
        """The moment of the document is that of its making."""

    def ensure_output_version(self, version: Any) -> None:
        """PDF/A-3 is PDF 1.7; the form of the seal says for itself that it is younger."""


def _add_field(writer: IncrementalPdfFileWriter, label: str) -> None:
    found = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    page_ref = found[0]
    page, tree = page_ref.get_object(), writer.root["/StructTreeRoot"]
    key = int(tree["/ParentTreeNextKey"])
    field = writer.add_object(_widget(page_ref, label=label, key=key))
    document = tree["/K"][0]
    element = writer.add_object(_element(document, page_ref, field, label))
    children = document.get_object()["/K"]
    children.append(element)
    writer.update_container(children)
    _enter(writer, tree, key, element)
    annotations = page.get("/Annots")
    if annotations is None:
        page["/Annots"] = annotations = generic.ArrayObject()
    annotations.append(field)
    writer.update_container(annotations)
    form = {"/Fields": generic.ArrayObject([field]), "/SigFlags": _number(_SIGNED_AND_APPEND_ONLY)}
    writer.root["/AcroForm"] = writer.add_object(_dictionary(form))
    writer.update_root()  # type: ignore[no-untyped-call]


def _widget(page: Any, *, label: str, key: int) -> generic.DictionaryObject:
    """The field: without a size, because the seal is not a picture."""
    return _dictionary(
        {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name("/Widget"),
            "/FT": pdf_name("/Sig"),
            "/T": generic.TextStringObject(FIELD),
            "/TU": generic.TextStringObject(label),
            "/F": _number(_PRINT_AND_LOCKED),
            "/Rect": generic.ArrayObject([_number(0)] * 4),
            "/P": page,
            "/StructParent": _number(key),
        }
    )


def _element(document: Any, page: Any, field: Any, label: str) -> generic.DictionaryObject:
    """The field's place in the structure tree."""
    leads_to = {"/Type": pdf_name("/OBJR"), "/Obj": field, "/Pg": page}
    return _dictionary(
        {
            "/Type": pdf_name("/StructElem"),
            "/S": pdf_name("/Form"),
            "/P": document,
            "/Pg": page,
            "/Alt": generic.TextStringObject(label),
            "/K": generic.ArrayObject([_dictionary(leads_to)]),
        }
    )


def _enter(writer: IncrementalPdfFileWriter, tree: Any, key: int, element: Any) -> None:
    """The way back from the field to its element, at the end of the parent tree."""
    parents = tree["/ParentTree"]
    if "/Nums" in parents:
        parents["/Nums"].extend([_number(key), element])
        writer.update_container(parents["/Nums"])
    else:
        limits = generic.ArrayObject([_number(key), _number(key)])
        numbers = generic.ArrayObject([_number(key), element])
        parents["/Kids"].append(
            writer.add_object(_dictionary({"/Limits": limits, "/Nums": numbers}))
        )
        writer.update_container(parents["/Kids"])
    tree["/ParentTreeNextKey"] = _number(key + 1)
    writer.update_container(tree)


def _dictionary(entries: dict[str, Any]) -> generic.DictionaryObject:
    named = {pdf_name(name): value for name, value in entries.items()}
    return generic.DictionaryObject(named)  # type: ignore[no-untyped-call]


def _number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
