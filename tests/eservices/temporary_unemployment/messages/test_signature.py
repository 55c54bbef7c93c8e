"""Signatures beside files, made and checked by OpenSSL on the other side."""

import base64
import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives import hashes, serialization
from hypothesis import given
from hypothesis import strategies as st

from guichet.documents.seal_key import FileSealKey
from guichet.eservices.temporary_unemployment.messages import signature
from guichet.eservices.temporary_unemployment.messages.signature import (
    SignatureFault,
    SignatureRefused,
)
from tests.eservices.temporary_unemployment.messages.keys import (
    NOW,
    certificate,
    key,
    openssl,
    signed,
)

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
CONTENT = b"<TWCT><Form/></TWCT>\r\n" * 50


def verified(data: bytes, *, content: bytes = CONTENT, known: Any = None) -> str:
    read = signature.read(data)
    digest = hashlib.new(read.digest_name, content).digest()
    held = known if known is not None else [certificate("rsa"), certificate("ec")]
    return read.verify(digest=digest, certificates=held, at=NOW)


def refusal(data: bytes, **other: Any) -> SignatureFault:
    with pytest.raises(SignatureRefused) as caught:
        verified(data, **other)
    return caught.value.why


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("form", ["DER", "PEM"])
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-noattr",),
        ("-md", "sha384"),
        ("-md", "sha512", "-noattr"),
        ("-nocerts",),
        ("-keyid",),
        ("-cades",),
    ],
)
def test_what_openssl_signs_is_verified(
    tmp_path: Path, kind: str, form: str, options: tuple[str, ...]
) -> None:
    data = signed(tmp_path, CONTENT, *options, kind=kind, form=form)

    assert verified(data) == certificate(kind).fingerprint(hashes.SHA256()).hex()


@pytest.mark.parametrize("salt", ["digest", "max", "20"])
def test_rsa_pss_is_verified(tmp_path: Path, salt: str) -> None:
    options = ("-keyopt", "rsa_padding_mode:pss", "-keyopt", f"rsa_pss_saltlen:{salt}")

    assert verified(signed(tmp_path, CONTENT, *options))


def test_base64_without_armour_and_with_any_line_ends_is_read(tmp_path: Path) -> None:
    data = signed(tmp_path, CONTENT)

    assert verified(base64.b64encode(data))
    assert verified(base64.encodebytes(data).replace(b"\n", b"\r\n"))


def test_another_content_does_not_fit(tmp_path: Path) -> None:
    for options in ((), ("-noattr",)):
        for kind in ("rsa", "ec"):
            data = signed(tmp_path, CONTENT, *options, kind=kind)

            assert refusal(data, content=CONTENT + b" ") is SignatureFault.MISMATCH


def test_a_certificate_that_is_not_registered_proves_nothing(tmp_path: Path) -> None:
    data = signed(tmp_path, CONTENT, number=1)

    assert refusal(data) is SignatureFault.UNKNOWN_CERTIFICATE
    assert refusal(data, known=[]) is SignatureFault.UNKNOWN_CERTIFICATE
    assert verified(data, known=[certificate("rsa", 1)])


def test_sc58_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    data = signed(tmp_path, CONTENT, days=0)

    assert refusal(data, known=[certificate("rsa", days=0)]) is SignatureFault.NOT_VALID_NOW


def test_a_certificate_of_the_same_name_with_another_key_does_not_fit(tmp_path: Path) -> None:
    read = signature.read(signed(tmp_path, CONTENT))
    other = signature.read(signed(tmp_path, CONTENT, kind="ec"))
    twin = replace(read, issuer=other.issuer, serial=other.serial)
    digest = hashlib.sha256(CONTENT).digest()

    with pytest.raises(SignatureRefused) as caught:
        twin.verify(digest=digest, certificates=[certificate("ec")], at=NOW)

    assert caught.value.why is SignatureFault.ALGORITHM
    assert read.verify(digest=digest, certificates=[certificate("rsa")], at=NOW)


def test_a_signature_that_holds_its_content_is_not_beside_it(tmp_path: Path) -> None:
    data = signed(tmp_path, CONTENT, "-nodetach")

    assert refusal(data) is SignatureFault.NOT_DETACHED


def test_sha_1_is_not_accepted(tmp_path: Path) -> None:
    assert refusal(signed(tmp_path, CONTENT, "-md", "sha1")) is SignatureFault.ALGORITHM


def test_two_signers_are_one_too_many(tmp_path: Path) -> None:
    one, two = signed(tmp_path, CONTENT), signed(tmp_path, CONTENT, kind="ec")
    both = cms.ContentInfo.load(one)
    other = cms.ContentInfo.load(two)["content"]["signer_infos"][0]
    both["content"]["signer_infos"].append(other)

    assert refusal(both.dump(force=True)) is SignatureFault.UNREADABLE


def test_attributes_that_were_changed_do_not_fit(tmp_path: Path) -> None:
    data = signed(tmp_path, CONTENT)
    digest, other = hashlib.sha256(CONTENT).digest(), hashlib.sha256(b"other").digest()
    assert digest in data

    assert refusal(data.replace(digest, other), content=b"other") is SignatureFault.MISMATCH


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80\x00\x00",
        b"-----BEGIN CMS-----\n-----END CMS-----",
        b"not base64!",
        b"AAAA",
        b"\x30\x82\xff\xff" + b"\x00" * 100,
        b"\x30" * 70_000,
        b"\x30\x84" * 20_000,
        cms.ContentInfo({"content_type": "data", "content": b"x"}).dump(),
    ],
    ids=range(10),
)
def test_what_is_no_signature_is_refused(data: bytes) -> None:
    assert refusal(data) is SignatureFault.UNREADABLE


@given(at=st.integers(0, 1_200), bit=st.integers(0, 7))
def test_no_flipped_bit_makes_another_content_fit(signature_of: bytes, at: int, bit: int) -> None:
    data = bytearray(signature_of)
    data[at % len(data)] ^= 1 << bit

    with pytest.raises(SignatureRefused):
        verified(bytes(data), content=b"another")
    try:
        verified(bytes(data))
    except SignatureRefused:
        return


@pytest.fixture(scope="module")
def signature_of(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return signed(tmp_path_factory.mktemp("signed"), CONTENT)


def test_what_we_sign_is_verified_by_openssl_and_by_us(tmp_path: Path) -> None:
    pair: Any = key("ec", 9)
    seal = FileSealKey(pair, certificate("ec", 9))

    ours = signature.made(digest=hashlib.sha256(CONTENT).digest(), seal=seal, at=NOW)

    files = {
        "content": CONTENT,
        "ours": base64.b64decode(ours),
        "known": certificate("ec", 9).public_bytes(serialization.Encoding.PEM),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    command = (
        "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "ours", "-content",
        tmp_path / "content", "-CAfile", tmp_path / "known", "-no_check_time", "-purpose", "any",
        "-out", tmp_path / "out",
    )  # fmt: skip
    done = openssl(*command)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out").read_bytes() == CONTENT
    assert verified(ours, known=[certificate("ec", 9)])
    (tmp_path / "content").write_bytes(CONTENT + b".")
    assert openssl(*command).returncode != 0
