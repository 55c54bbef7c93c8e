"""Attachments: looked at, pending until the form is applied, within a quota, gone after a day."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from guichet.documents.attachments import operations, queries
from guichet.documents.attachments.allowances import MEGABYTE, Allowance
from guichet.documents.attachments.models import Attachment, Content, Part
from guichet.documents.attachments.operations import (
    AttachmentRefused,
    Owner,
    UnknownAttachment,
)
from guichet.documents.attachments.words import refusal
from guichet.platform.files import Kind
from tests.documents.attachments import samples
from tests.portal.browsing import NOW

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
FORM = Allowance("tests", "Tests", largest=100_000, most_files=3, most_bytes=250_000)
PICTURES = replace(FORM, kinds=frozenset({Kind.PNG, Kind.JPEG}))


def _attach(owner: Owner, data: bytes, name: str = "a.pdf", **given: object) -> Attachment:
    wanted = {"allowance": FORM, "is_cleaned": True, "now": NOW, **given}
    return operations.attach(owner=owner, name=name, data=data, **wanted)  # type: ignore[arg-type]


def _padded(size: int) -> bytes:
    bare = samples.pdf()
    return samples.pdf(b"%" + b"x" * (size - len(bare) - 1))


@pytest.mark.parametrize("case", samples.HOSTILE)
def test_what_is_not_a_plain_file_is_refused_in_words(karim: Owner, case: str) -> None:
    name, data, code = samples.HOSTILE[case]

    with pytest.raises(AttachmentRefused) as refused:
        _attach(karim, data, name)

    assert refused.value.code == code
    assert refusal(code, FORM).endswith(".")
    assert Attachment.objects.count() == 0


def test_the_limit_is_meant_to_the_byte(karim: Owner) -> None:
    assert _attach(karim, _padded(FORM.largest)).size == FORM.largest

    with pytest.raises(AttachmentRefused, match="too_large"):
        _attach(karim, _padded(FORM.largest + 1))


@pytest.mark.parametrize(("name", "make"), [("a.JPG", samples.jpeg), ("b.png", samples.png)])
def test_a_picture_loses_what_it_tells_besides_when_that_is_asked(
    karim: Owner, name: str, make: object
) -> None:
    data = make(more=b"PK archive behind it")  # type: ignore[operator]

    cleaned = _attach(karim, data, name, allowance=PICTURES)
    kept = _attach(karim, data, name, allowance=PICTURES, is_cleaned=False)

    assert b"Namur" not in bytes(Content.objects.get(pk=cleaned.pk).data)
    assert b"PK archive" not in bytes(Content.objects.get(pk=cleaned.pk).data)
    assert bytes(Content.objects.get(pk=kept.pk).data) == data


def test_it_is_pending_until_the_form_is_applied(karim: Owner, ewa: Owner) -> None:
    mine, hers = _attach(karim, samples.pdf()), _attach(ewa, samples.pdf())
    assert [row.pk for row in queries.box(allowance=FORM, owner=karim).pending] == [mine.pk]

    with transaction.atomic():
        applied = operations.apply(service="tests", owner=karim, applied_to="T1", now=NOW)

    assert applied == [mine.pk]
    assert queries.box(allowance=FORM, owner=karim).pending == []
    assert [row.pk for row in queries.applied(service="tests", applied_to="T1")] == [mine.pk]
    found = queries.file(attachment=mine.pk, service="tests", applied_to="T1")
    assert found is not None
    assert found.data == samples.pdf()
    assert queries.file(attachment=mine.pk, service="other", applied_to="T1") is None
    assert queries.file(attachment=hers.pk, service="tests", applied_to="T1") is None


def test_a_form_that_fails_leaves_its_files_pending(karim: Owner) -> None:
    mine = _attach(karim, samples.pdf())
    with transaction.atomic():
        operations.apply(service="tests", owner=karim, applied_to="T1", now=NOW)
        transaction.set_rollback(True)

    assert [row.pk for row in queries.box(allowance=FORM, owner=karim).pending] == [mine.pk]


def test_anothers_file_is_not_applied_with_ones_form(karim: Owner, ewa: Owner) -> None:
    hers = _attach(ewa, samples.pdf())

    with pytest.raises(UnknownAttachment):
        operations.apply(service="tests", owner=karim, applied_to="T1", now=NOW, only=[hers.pk])
    for owner in (karim, replace(ewa, enterprise_number="0400000016")):
        with pytest.raises(UnknownAttachment):
            operations.remove(owner=owner, attachment=hers.pk)


def test_what_was_applied_is_not_removed_any_more(karim: Owner) -> None:
    mine = _attach(karim, samples.pdf())
    operations.apply(service="tests", owner=karim, applied_to="T1", now=NOW)

    with pytest.raises(UnknownAttachment):
        operations.remove(owner=karim, attachment=mine.pk)
    assert operations.expire(now=NOW + timedelta(days=400)) == 0


def test_the_quota_counts_files_and_bytes_of_one_owner(karim: Owner, ewa: Owner) -> None:
    for _ in range(2):
        _attach(karim, _padded(100_000))
    with pytest.raises(AttachmentRefused, match="quota_bytes"):
        _attach(karim, _padded(50_001))
    _attach(karim, _padded(50_000))
    with pytest.raises(AttachmentRefused, match="quota_files"):
        _attach(karim, samples.pdf())

    _attach(ewa, samples.pdf())  # has a quota of her own


def test_what_was_not_sent_within_a_day_goes(karim: Owner) -> None:
    _attach(karim, samples.pdf())
    operations.begin(allowance=FORM, owner=karim, name="b.pdf", size=9, is_cleaned=True, now=NOW)

    assert operations.expire(now=NOW + timedelta(hours=24)) == 0
    assert operations.expire(now=NOW + timedelta(hours=24, seconds=1)) == 2
    assert Content.objects.count() == 0


def test_a_file_in_parts_goes_on_where_it_stopped(karim: Owner) -> None:
    data = _padded(90_000)
    row = operations.begin(
        allowance=FORM, owner=karim, name="a.pdf", size=len(data), is_cleaned=True, now=NOW
    )

    def add(begin: int, end: int) -> int:
        return operations.add_part(
            owner=karim, attachment=row.pk, begin=begin, data=data[begin:end]
        )

    assert add(0, 40_000) == 40_000
    assert add(0, 40_000) == 40_000  # the answer was lost, it is sent again
    with pytest.raises(AttachmentRefused, match="part"):
        operations.finish(allowance=FORM, owner=karim, attachment=row.pk, now=NOW)
    assert queries.received(attachment=row.pk, owner=karim) == 40_000
    with pytest.raises(AttachmentRefused, match="part"):
        add(50_000, 90_000)  # a hole
    assert add(40_000, 90_000) == 90_000
    done = operations.finish(allowance=FORM, owner=karim, attachment=row.pk, now=NOW)

    assert bytes(Content.objects.get(pk=done.pk).data) == data
    assert Part.objects.count() == 0


@pytest.mark.parametrize(
    ("size", "code"), [(0, "empty"), (-1, "empty"), (FORM.largest + 1, "too_large")]
)
def test_a_size_that_cannot_be_is_refused_before_a_byte_arrives(
    karim: Owner, size: int, code: str
) -> None:
    with pytest.raises(AttachmentRefused, match=code):
        operations.begin(
            allowance=FORM, owner=karim, name="a.pdf", size=size, is_cleaned=True, now=NOW
        )


def test_more_than_was_announced_is_refused(karim: Owner, ewa: Owner) -> None:
    row = operations.begin(
        allowance=FORM, owner=karim, name="a.pdf", size=10, is_cleaned=True, now=NOW
    )
    with pytest.raises(AttachmentRefused, match="part"):
        operations.add_part(owner=karim, attachment=row.pk, begin=0, data=b"x" * 11)
    with pytest.raises(UnknownAttachment):
        operations.add_part(owner=ewa, attachment=row.pk, begin=0, data=b"x")


def test_a_hostile_file_in_parts_is_refused_and_gone(karim: Owner) -> None:
    name, data, code = samples.HOSTILE["script, compressed"]
    row = operations.begin(
        allowance=FORM, owner=karim, name=name, size=len(data), is_cleaned=True, now=NOW
    )
    operations.add_part(owner=karim, attachment=row.pk, begin=0, data=data)

    with pytest.raises(AttachmentRefused, match=code):
        operations.finish(allowance=FORM, owner=karim, attachment=row.pk, now=NOW)

    assert Attachment.objects.count() == 0


@given(st.text(max_size=300))
def test_a_name_is_harmless_whatever_it_was(name: str) -> None:
    cleaned = operations.clean_name(f"{name}.PDF")

    assert cleaned.endswith(".pdf")
    assert len(cleaned) <= 120
    assert not set(cleaned) & set('<>:"/\\|?*\r\n\x00\u202e')


class Daemon(socketserver.StreamRequestHandler):
    """Answers INSTREAM as ClamAV does; EICAR is what it finds."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        found = b"stream: Eicar-Test FOUND\0" if b"EICAR" in data else b"stream: OK\0"
        self.wfile.write(found)


@pytest.fixture
def daemon() -> Iterator[str]:
    """A virus scanner on a port of this machine."""
    with socketserver.TCPServer(("127.0.0.1", 0), Daemon) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def _with_scanner(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    scanned = replace(settings.ENVIRONMENT, clamav=address)
    monkeypatch.setattr(settings, "ENVIRONMENT", scanned)


def test_a_scanner_looks_at_every_file(
    karim: Owner, monkeypatch: pytest.MonkeyPatch, daemon: str
) -> None:
    assert not _attach(karim, samples.pdf()).is_scanned
    _with_scanner(monkeypatch, daemon)

    assert _attach(karim, samples.pdf()).is_scanned
    assert queries.box(allowance=FORM, owner=karim).has_scanner
    with pytest.raises(AttachmentRefused, match="virus"):
        _attach(karim, samples.pdf(b"EICAR"))


def test_while_the_scanner_is_away_nothing_is_kept(
    karim: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for nobody in (address, "unix:/nowhere/clamd.sock"):
        _with_scanner(monkeypatch, nobody)
        with pytest.raises(AttachmentRefused, match="scanner_away"):
            _attach(karim, samples.pdf())


def test_the_database_keeps_an_applied_file_with_its_form(karim: Owner) -> None:
    row = _attach(karim, samples.pdf())

    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=row.pk).update(state="applied")
    assert FORM.largest < MEGABYTE
