"""The verifier for everybody, without JavaScript: by code and by file."""

import io
import json
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guichet.demo import fixtures
from guichet.documents import queries, rendering, seal_check, verification
from guichet.documents.models import Document
from guichet.documents.seal_key import FileSealKey, ensure_seal, seal_key
from guichet.documents.sealing import Sealer, sealed
from tests import scratch
from tests.documents import papers
from tests.portal.browsing import NOW, words
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
Change = Callable[[bytes], bytes]


def _flip(place: int) -> Change:
    def changed(data: bytes) -> bytes:
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return changed


def _in_seal(data: bytes) -> bytes:
    """One digit of the signature itself, near its end."""
    stop = data.rindex(b"0" * 20 + b">")
    while data[stop - 1 : stop] == b"0":
        stop -= 1
    return data[: stop - 1] + (b"1" if data[stop - 1 : stop] != b"1" else b"2") + data[stop:]


ALTERED: dict[str, tuple[Change, tuple[str, ...]]] = {
    "one bit": (_flip(2000), ("seal_broken", "digest_unknown")),
    "last byte": (lambda data: data[:-1] + b"X", ("seal_broken", "digest_unknown")),
    "cut off": (lambda data: data[:-40], ("seal_unreadable", "digest_unknown")),
    "appended": (lambda data: data + b"\n% more", ("seal_partial", "digest_unknown")),
    "seal": (_in_seal, ("seal_broken", "digest_unknown")),
    "seal gone": (
        lambda data: re.sub(rb"/Contents <.{200}", b"/Contents <" + b"0" * 200, data),
        ("seal_unreadable", "digest_unknown"),
    ),
}


def _pdf(reference: str) -> bytes:
    return queries.sealed_pdf(reference=reference) or b""


def _sent(data: bytes, name: str = "document.pdf") -> tuple[int, str]:
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    response = Client().post("/verify/file/", {"document": file})
    return response.status_code, words(response.content.decode())


def test_a_genuine_file_is_valid_and_says_kind_and_day_but_nothing_of_a_person(
    world: World,
) -> None:
    reference = papers.issued()

    status, said = _sent(_pdf(reference))

    assert status == 200
    assert "Valid: this document is genuine" in said
    assert "Our seal covers the whole file and is intact." in said
    assert "We issued exactly this file." in said
    assert "Attestation" in said
    assert "24/11/2026" in said
    assert papers.code(reference) in said
    assert "Bensa" not in said
    assert fixtures.W1 not in said


@pytest.mark.parametrize("change", ALTERED)
def test_a_changed_file_is_altered_and_says_why(world: World, change: str) -> None:
    changed, reasons = ALTERED[change]
    data = changed(_pdf(papers.issued()))

    verdict = verification.of_file(data)

    assert verdict.state == "altered"
    assert verdict.reasons == reasons
    assert "Altered: this is not the document" in _sent(data)[1]


def test_something_added_afterwards_is_said_with_the_original(world: World) -> None:
    reference = papers.issued()

    said = _sent(_pdf(reference) + b"\n% more")[1]

    assert "something was added to it afterwards" in said
    assert papers.code(reference) in said


def test_files_that_are_not_ours_are_unknown(world: World, tmp_path_factory: object) -> None:
    plain = rendering.plain(Document.objects.get(reference=papers.issued()))
    strangers = _by_a_stranger(plain, tmp_path_factory)

    found = {name: verification.of_file(data) for name, data in {
        "seal_none": plain, "seal_foreign": strangers, "not_pdf": b"\x89PNG",
    }.items()}  # fmt: skip

    assert {verdict.state for verdict in found.values()} == {"unknown"}
    for name, verdict in found.items():
        assert verdict.reasons[0] == name
    assert "Unknown: we cannot say" in _sent(plain)[1]


def test_a_seal_of_ours_over_a_file_that_we_did_not_issue_is_unknown(world: World) -> None:
    plain = rendering.plain(Document.objects.get(reference=papers.issued()))
    again = sealed(plain, sealer=Sealer(rendering.key_in_force()), stamper=None, label="x")

    verdict = verification.of_file(again)

    assert (verdict.state, verdict.reasons) == ("unknown", ("seal_whole", "digest_unknown"))


def test_a_document_of_a_former_seal_stays_valid(world: World) -> None:
    reference = papers.issued()
    now = rendering.key_in_force()

    seen = seal_check.examined(_pdf(reference), trusted=[_another().certificate, now.certificate])

    assert seen.seal is seal_check.Seal.WHOLE


def test_nothing_of_a_file_is_kept(world: World, django_assert_num_queries: object) -> None:
    data = _pdf(papers.issued())
    before = Document.objects.count()

    with django_assert_num_queries(1):  # type: ignore[operator]  # the hash, nothing else
        _sent(data)

    assert Document.objects.count() == before


def test_an_upload_never_touches_the_disk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refused(*_args: object, **_given: object) -> object:
        raise AssertionError("a file on disk")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refused)

    status, said = _sent(b"%PDF-1.7\n" + b"0" * (8 * 1024 * 1024))

    assert status == 200
    assert "The file bears no seal." in said


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (None, "Choose the PDF file that you want to verify."),
        (b"", "The file that you want to verify is empty."),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024), "The file is larger than 20 MB"),
    ],
    ids=["none", "empty", "large"],
)
def test_a_file_that_cannot_be_looked_at_is_said(data: bytes | None, text: str) -> None:
    given = {} if data is None else {"document": io.BytesIO(data)}
    response = Client().post("/verify/file/", given)

    assert response.status_code == 422
    assert text in words(response.content.decode())


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_check_down(data: bytes) -> None:
    hostile = b"%PDF-1.7 /ByteRange [0 9 20 5]" + data

    seen = seal_check.examined(hostile, trusted=[])

    assert seen.seal in (seal_check.Seal.UNREADABLE, seal_check.Seal.FOREIGN)


def test_a_code_tells_kind_and_day_and_no_person(world: World) -> None:
    reference = papers.issued()

    response = Client().get("/verify/", {"code": papers.code(reference).lower()})

    said = words(response.content.decode())
    assert "We issued a document with this code" in said
    assert "Attestation" in said
    assert "Bensa" not in said


def test_the_square_leads_to_the_verifier(world: World) -> None:
    reference = papers.issued()

    assert reverse("documents:verify") == rendering.VERIFIER
    assert rendering.address(reference).endswith(f"/verify/?code={papers.code(reference)}")


def test_a_code_of_nothing_and_of_a_document_that_is_not_sealed_are_alike(world: World) -> None:
    for reference in (papers.asked(), "0" * 16):
        said = words(Client().get("/verify/", {"code": reference}).content.decode())
        assert "Unknown: we issued no document with this code" in said


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("", "Enter the verification code."),
        ("abc", "The verification code has sixteen signs."),
        ("0000-0000-0000-0001", "There is a typing error"),
        ("<script>" * 9, "The verification code has sixteen signs."),
    ],
)
def test_what_is_no_code_is_said_in_words(code: str, text: str) -> None:
    response = Client().get("/verify/", {"code": code})

    assert response.status_code == 422
    assert text in words(response.content.decode())
    assert "<title>Error:" in response.content.decode()


def test_the_hash_of_a_file_is_all_that_a_browser_asks_for(world: World) -> None:
    reference = papers.issued()
    digest = Document.objects.get(reference=reference).digest

    known = json.loads(Client().get(f"/verify/digest/{digest}/").content)
    other = json.loads(Client().get(f"/verify/digest/{'0' * 64}/").content)

    assert known == {
        "known": True, "kind": "Attestation", "day": "24/11/2026", "digest": digest,
        "code": papers.code(reference),
    }  # fmt: skip
    assert other == {"known": False}
    assert Client().get("/verify/digest/xyz/").status_code == 404


def _another() -> FileSealKey:
    folder = scratch.folder("verifier") / "seal"
    ensure_seal(folder, now=NOW)
    key = seal_key(folder=folder, provider=None)
    assert isinstance(key, FileSealKey)
    return key


def _by_a_stranger(plain: bytes, _tmp: object) -> bytes:
    return sealed(plain, sealer=Sealer(_another()), stamper=None, label="x")
