"""Signing the document of a mandate as the software of a card does, rightly and wrongly."""

import asyncio
import io
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from guichet.csam.eid.authority import Card, CardAuthority, CardKind, ensure_authority
from tests import scratch
from tests.portal.browsing import NOW


@cache
def folder(name: str) -> Path:
    """The folder of a test authority; another name is a stranger."""
    made = scratch.folder("papers") / name
    ensure_authority(made, now=NOW)
    return made


def card(niss: str, *, of: str = "ours", **given: Any) -> Card:
    """A card with the certificate that signs documents."""
    wanted: dict[str, Any] = {"kind": CardKind.SIGNATURE, "now": NOW} | given
    return CardAuthority(folder(of)).issue(
        niss=niss, given_name="Somebody", family_name="Somewhere", **wanted
    )


def signer(of: Card) -> SimpleSigner:
    """The card as the library takes it."""
    store = SimpleCertificateStore()
    key = of.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = [
        one.public_bytes(serialization.Encoding.DER) for one in (of.certificate, *of.authorities)
    ]
    certificates = [asn1_x509.Certificate.load(one) for one in der]
    store.register_multiple(certificates)
    return SimpleSigner(
        signing_cert=certificates[0],
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )


def signed(pdf: bytes, of: Card, field: str, **changed: Any) -> bytes:
    """The document with the signature of a card in one field."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return _signed(writer, of, field, **changed)


def signed_with_more(pdf: bytes, of: Card, field: str) -> bytes:
    """A script is slipped in with the signature: the signature covers it, the document has it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/OpenAction"] = writer.add_object(_script())
    writer.update_root()
    return _signed(writer, of, field)


def with_script(pdf: bytes) -> bytes:
    """The document with something behind it: a script that runs when it is opened."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/OpenAction"] = writer.add_object(_script())
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted(pdf: bytes) -> bytes:
    """The document behind a password."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _script() -> generic.DictionaryObject:
    return generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("app.alert('hello')"),
        }
    )


def _signed(writer: IncrementalPdfFileWriter, of: Card, field: str, **changed: Any) -> bytes:
    out = io.BytesIO()
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", **changed)
    made = PdfSigner(metadata, signer=signer(of))
    asyncio.run(made.async_sign_pdf(writer, output=out))
    return out.getvalue()
