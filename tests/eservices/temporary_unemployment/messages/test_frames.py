"""The frame of a file: what refuses the whole of it, before anything is made of its forms."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guichet.eservices.temporary_unemployment.messages import frames
from guichet.eservices.temporary_unemployment.messages.frames import (
    FrameFault,
    FrameRefused,
    Limits,
)
from tests.eservices.temporary_unemployment.messages.files import (
    LIMITS,
    SCHEMA,
    expected,
    person,
    pieces,
    read,
    text,
    written,
)

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
FORM = f"<Form>{text(expected())}</Form>"
ENTITIES = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">' for n in range(10)
)


def refusal(content: str | bytes, *, limits: Limits = LIMITS) -> FrameRefused:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(FrameRefused) as caught:
        frames.checked(pieces(raw, 1_000), limits=limits)
    return caught.value


def test_a_file_is_read_in_pieces_of_any_size() -> None:
    content = written([expected()] * 7)

    assert {frames.checked(pieces(content, size), limits=LIMITS) for size in (1, 77, 10**7)} == {7}


def test_comments_blanks_and_the_place_of_a_schema_do_not_matter() -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    content = (
        f"{HEAD}<!-- made by us --> <!-- twice -->\n"
        f'<TWCT {xsi} xsi:noNamespaceSchemaLocation="TWCT_20261.xsd">\n'
        f"<!-- the first --> {FORM} \n{FORM}<!-- the last -->\n</TWCT>\n<!-- end -->"
    )

    assert frames.checked(pieces(content.encode(), 50), limits=LIMITS) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", FrameFault.NOT_XML),
        ("hello", FrameFault.NOT_XML),
        (f"{HEAD}<TWCT>{FORM}", FrameFault.NOT_XML),
        (f"{HEAD}<TWCT>{FORM}</TWCT><more/>", FrameFault.NOT_XML),
        (f"{HEAD}<TWCT>{FORM.replace('</INSS>', '')}</TWCT>", FrameFault.NOT_XML),
        (f"{HEAD}<TWCT>{FORM}&unknown;</TWCT>", FrameFault.NOT_XML),
        (f"{HEAD}<?go anywhere?><TWCT>{FORM}</TWCT>", FrameFault.NOT_XML),
        (f"<?go anywhere?><TWCT>{FORM}</TWCT>", FrameFault.NOT_XML),
        (f"{HEAD}<!-- {'never ends ' * 7_000}", FrameFault.NOT_XML),
        (f"{HEAD}<TWCT/>", FrameFault.NO_FORM),
        (f"{HEAD}<TWCT></TWCT>", FrameFault.NO_FORM),
        (f"{HEAD}<TWCT>{FORM} and more{FORM}</TWCT>", FrameFault.FOREIGN),
        (f"{HEAD}<TWCT>words{FORM}</TWCT>", FrameFault.FOREIGN),
        (f"{HEAD}<TWCT>{FORM}words</TWCT>", FrameFault.FOREIGN),
        (f"{HEAD}<TWCT><Note/>{FORM}</TWCT>", FrameFault.FOREIGN),
        (f"{HEAD}<TWCT>{FORM}<Note/>{FORM}</TWCT>", FrameFault.FOREIGN),
        (f"{HEAD}<TWCT>{FORM}<Note/></TWCT>", FrameFault.FOREIGN),
        (f"{HEAD}<TWCT>{FORM}<Note>{FORM}</Note></TWCT>", FrameFault.FOREIGN),
        (f'{HEAD}<TWCT version="2">{FORM}</TWCT>', FrameFault.FOREIGN),
    ],
)  # fmt: skip
def test_what_breaks_the_frame(content: str, why: FrameFault) -> None:
    assert refusal(content).why is why


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}<WECH>{FORM}</WECH>",
        f"{HEAD}<WECH><Note/></WECH>",
        f"{HEAD}<Form>{text(expected())}</Form>",
        f'{HEAD}<TWCT xmlns="urn:other">{FORM}</TWCT>',
        f"{HEAD}<twct>{FORM}</twct>",
    ],
)
def test_sc59_another_root_is_the_wrong_type(content: str) -> None:
    fault = refusal(content)

    assert (fault.why, fault.why.code) == (FrameFault.OTHER_TYPE, "CTW-095")


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE TWCT>",
        '<!DOCTYPE TWCT SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE TWCT [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE TWCT [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
        f"<!DOCTYPE TWCT [{ENTITIES}]>",
    ],
)
@pytest.mark.parametrize("before", [HEAD, "", "<!-- a --><!-- b -->", f"{HEAD}\n\n"])
def test_sc63_a_document_type_is_refused_before_anything_is_parsed(
    doctype: str, before: str
) -> None:
    def given() -> Iterator[bytes]:
        yield f"{before}{doctype}".encode()
        pytest.fail("it read on")  # nothing after the document type is asked for

    with pytest.raises(FrameRefused) as caught:
        frames.checked(given(), limits=LIMITS)

    assert caught.value.why is FrameFault.DOCTYPE


def test_a_document_type_cut_in_pieces_is_seen_too() -> None:
    content = f"{HEAD}<!DOCTYPE TWCT><TWCT>{FORM}</TWCT>".encode()

    with pytest.raises(FrameRefused) as caught:
        frames.checked(pieces(content, 1), limits=LIMITS)

    assert caught.value.why is FrameFault.DOCTYPE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_other_encodings_and_byte_order_marks_are_refused(encoding: str) -> None:
    content = f"{HEAD}<TWCT>{FORM}</TWCT>".encode(encoding)

    assert refusal(content).why is FrameFault.ENCODING


@pytest.mark.parametrize("name", ["ISO-8859-1", "windows-1252", "UTF-7", "nowhere", ""])
def test_a_declared_encoding_is_utf_8(name: str) -> None:
    content = f"<?xml version='1.0' encoding='{name}'?><TWCT>{FORM}</TWCT>"

    assert refusal(content).why is FrameFault.ENCODING


def test_bytes_that_are_no_utf_8_break_the_frame_at_their_line() -> None:
    fault = refusal(f"{HEAD}<TWCT>\n{FORM}</TWCT>".encode("latin-1"))

    assert (fault.why, fault.line) == (FrameFault.NOT_XML, 3)


def test_a_file_without_a_declaration_is_utf_8() -> None:
    content = f"<TWCT>{FORM}</TWCT>".encode()

    assert frames.checked(pieces(content, 9), limits=LIMITS) == 1


def test_the_line_of_what_is_not_well_formed_is_told() -> None:
    fault = refusal(f"{HEAD}<TWCT>\n{FORM}\n<Form></Forn>\n</TWCT>")

    assert (fault.why, fault.line) == (FrameFault.NOT_XML, 4)


@pytest.mark.parametrize(
    "block", ["CommentDeclaration", "DclInformation", "Workplace", "NaturalPerson", "WorkPattern"]
)
@pytest.mark.parametrize("inside", ["", " \n "])
def test_sc62_an_empty_optional_block_refuses_the_file(block: str, inside: str) -> None:
    form = f"<Form>{text(expected())}<{block}>{inside}</{block}></Form>"

    fault = refusal(f"{HEAD}<TWCT>{FORM}{form}</TWCT>")

    assert (fault.why, fault.why.code) == (FrameFault.EMPTY_BLOCK, "CTW-094")
    assert fault.path == f"/TWCT/Form[2]/{block}"
    assert not SCHEMA.validate(etree.fromstring(form))


def test_limits_of_a_file_and_of_a_form() -> None:
    content = written([expected()] * 3)

    assert refusal(content, limits=Limits(len(content) - 1, 3)).why is FrameFault.TOO_LARGE
    assert refusal(content, limits=Limits(len(content), 2)).why is FrameFault.TOO_MANY_FORMS
    small = Limits(10**6, 9, largest_form=1_000)
    crowd = written([expected(NaturalPerson=[person()] * 30)])
    assert refusal(crowd, limits=small).why is FrameFault.FORM_TOO_LARGE
    assert frames.checked(pieces(content, 999), limits=Limits(len(content), 3)) == 3


def test_a_form_that_never_ends_is_let_go_early() -> None:
    asked = []

    def given() -> Iterator[bytes]:
        yield f"{HEAD}<TWCT><Form>".encode()
        for number in range(1_000):
            asked.append(number)
            yield b"<NaturalPerson><INSS>85073003328</INSS></NaturalPerson>" * 100

    with pytest.raises(FrameRefused) as caught:
        frames.checked(given(), limits=LIMITS)

    assert caught.value.why is FrameFault.FORM_TOO_LARGE
    assert len(asked) < 90


def test_small_elements_without_end_are_let_go_before_they_fill_the_memory() -> None:
    asked = []

    def given() -> Iterator[bytes]:
        yield f"{HEAD}<TWCT><Form>".encode()
        for number in range(100):
            asked.append(number)
            yield b"<a/>" * 60_000

    wide = Limits(200 * 1024 * 1024, 9)
    with pytest.raises(FrameRefused) as caught:
        frames.checked(given(), limits=wide)

    assert caught.value.why is FrameFault.FORM_TOO_LARGE
    assert len(asked) < 25
    assert wide.largest_form > len(asked) * 240_000


@pytest.mark.parametrize("size", [1, 500, 1_000, 3_000, 100_000])
def test_sc63_an_entity_that_nobody_defined_is_told_at_its_line(size: int) -> None:
    content = written([expected(), expected()]).replace(b"Orders fell", b"&xxe; fell")

    with pytest.raises(FrameRefused) as caught:
        frames.checked(pieces(content, size), limits=LIMITS)

    assert (caught.value.why, caught.value.line) == (FrameFault.NOT_XML, 2)


def test_sc63_nothing_begins_anew_after_an_entity_that_nobody_defined() -> None:
    first = f"{HEAD}<TWCT>{FORM}<Form>&xxe;"
    second = f"<TWCT>{FORM}</TWCT>"

    with pytest.raises(FrameRefused) as caught:
        frames.checked([first.encode(), second.encode()], limits=LIMITS)

    assert caught.value.why is FrameFault.NOT_XML


@pytest.mark.parametrize("deep", [300, 10_000])
def test_elements_in_elements_without_end_are_refused(deep: int) -> None:
    inside = "<a>" * deep + "</a>" * deep

    assert refusal(f"{HEAD}<TWCT><Form>{inside}</Form></TWCT>").why is FrameFault.NOT_XML


def test_what_came_before_the_fault_was_given_and_nothing_after() -> None:
    content = f"{HEAD}<TWCT>{FORM}{FORM}<Form><Broken</Form>{FORM}</TWCT>".encode()
    given = []

    with pytest.raises(FrameRefused):
        given += [number for number, _ in frames.forms(pieces(content, 10**6), limits=LIMITS)]

    assert given == []
    assert frames.checked([written([expected()])], limits=LIMITS) == 1


@given(noise=st.binary(max_size=200), at=st.integers(0, 1_500))
def test_noise_in_a_file_is_refused_or_read_and_nothing_else(noise: bytes, at: int) -> None:
    content = written([expected()])
    try:
        read(content[:at] + noise + content[at:])
    except FrameRefused:
        return
