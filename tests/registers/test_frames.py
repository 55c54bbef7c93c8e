"""The frame of a file of messages: what it refuses as a whole, and what it hands to a service."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.registers.exchanges import frames
from guichet.registers.exchanges.frames import (
    FileFault,
    FileRefused,
    Frame,
    FrameReader,
    Reference,
)

FRAME = Frame("urn:test", "File", "Form", deepest=4)


class Told(FrameReader):
    """Writes down what it is told."""

    def __init__(self, *, only_root: bool = False) -> None:
        super().__init__(FRAME, only_root=only_root)
        self.calls: list[tuple[object, ...]] = []

    def begin_form(
        self, *, reference: str, worth: Reference, attributes: Mapping[str, str]
    ) -> None:
        self.calls.append(("form", reference, worth, dict(attributes).get("more", "")))

    def begin(self, *, name: str, is_ours: bool) -> None:
        self.calls.append(("begin", name, is_ours))

    def characters(self, text: str) -> None:
        if text.strip():
            self.calls.append(("text", text.strip()))

    def end(self) -> None:
        self.calls.append(("end",))

    def end_form(self) -> None:
        self.calls.append(("done",))


def file(
    forms: str, *, root: str = "File", reference: str = "r-1", space: str = "urn:test"
) -> bytes:
    return f'<{root} xmlns="{space}" reference="{reference}">{forms}</{root}>'.encode()


def told(content: bytes) -> list[tuple[object, ...]]:
    reader = Told()
    reader.read(content)
    assert reader.reference == "r-1"
    return reader.calls


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refusal:
        Told().read(content)
    return refusal.value


def test_a_service_is_told_each_form_and_what_stands_in_it_in_order() -> None:
    content = file(
        '<Form reference="a" more="m"><One>x</One></Form>'
        '<Form reference="a"/><Form reference=" "><o:Two xmlns:o="urn:other"/></Form>'
    )

    assert told(content) == [
        ("form", "a", Reference.GOOD, "m"), ("begin", "One", True), ("text", "x"), ("end",),
        ("done",), ("form", "a", Reference.TWICE, ""), ("done",),
        ("form", " ", Reference.MISSING, ""), ("begin", "Two", False), ("end",), ("done",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.NOT_XML),
        (b"<File", FileFault.NOT_XML),
        (b'<?xml version="1.0" encoding="nobody"?><File/>', FileFault.NOT_XML),
        (file("<Form/>", root="Other"), FileFault.UNKNOWN_SCHEMA),
        (file("<Form/>", space="urn:other"), FileFault.UNKNOWN_SCHEMA),
        (file("<Other/>"), FileFault.UNKNOWN_SCHEMA),
        (file("text<Form/>"), FileFault.UNKNOWN_SCHEMA),
        (file("<Form/>", reference=""), FileFault.NO_REFERENCE),
        (file(""), FileFault.NO_FORM),
        (file("<Form><a><b><c/></b></a></Form>"), FileFault.FORBIDDEN),
        (b"<!DOCTYPE x>" + file("<Form/>"), FileFault.FORBIDDEN),
        (b'<!DOCTYPE x [<!ENTITY y "z">]>' + file("<Form>&y;</Form>"), FileFault.FORBIDDEN),
        (b"<?do it?>" + file("<Form/>"), FileFault.FORBIDDEN),
        (b" " * (frames.LARGEST + 1), FileFault.TOO_LARGE),
    ],
)
def test_a_frame_that_is_wrong_refuses_the_whole_file(content: bytes, fault: FileFault) -> None:
    assert refused(content).fault is fault


def test_more_forms_than_a_file_may_hold_refuse_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MOST_FORMS", 2)

    assert len(told(file("<Form/><Form/>"))) == 4
    assert refused(file("<Form/><Form/><Form/>")).fault is FileFault.TOO_MANY_FORMS


def test_a_refusal_names_the_line() -> None:
    assert refused(file("<Form/>\n<Other/>")).line == 2
    assert refused(file("")).line == 0


def test_the_reference_is_read_from_the_beginning_alone() -> None:
    reader = Told(only_root=True)

    reader.read(file("<Form/>")[:60] + b"<<<")

    assert (reader.reference, reader.calls) == ("r-1", [])


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(file))
def test_nothing_but_a_refusal_comes_of_whatever_is_sent(content: bytes) -> None:
    with contextlib.suppress(FileRefused):
        Told().read(content)
