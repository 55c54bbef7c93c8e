"""Reading a file of declarations: what is taken, what refuses the file, what refuses a form."""

from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guichet.eservices.dimona import wire
from guichet.eservices.dimona.batch import reading
from guichet.eservices.dimona.batch.layout import LAYOUT, Group
from guichet.eservices.dimona.batch.reading import FileFault, FileRefused, FormFault
from tests.database import REPOSITORY
from tests.eservices.dimona import world
from tests.eservices.dimona.batch.files import form, whole, written

SCHEMA: Final = etree.XMLSchema(etree.parse(REPOSITORY / "contracts/dimona-batch-v1.xsd"))
BODIES: Final = (
    world.an_in(),
    world.temp(),
    world.student(),
    world.flexi(),
    world.out(600000000027),
    world.update(600000000027, startDate="2026-03-05"),
    world.cancel(600000000027),
    world.daily("1", periodId=600000000027, startDate="2026-03-02", startHour="0800"),
)


def refusal(content: bytes) -> FileFault:
    with pytest.raises(FileRefused) as caught:
        reading.read(content)
    return caught.value.fault


def only(inside: str) -> reading.Form:
    [one] = reading.read(written([inside])).forms
    return one


@pytest.mark.parametrize("body", BODIES)
def test_a_form_means_what_the_declaration_of_rest_means(body: dict[str, Any]) -> None:
    content = written([body])

    [read] = reading.read(content).forms

    assert read.fault is None
    assert read.body is not None
    meant = wire.message_of(msgspec.convert(body, wire.Body))
    assert wire.message_of(read.body) == meant
    assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log


_TEXT: Final = st.text("abcé Żő&<>'\"0123456789-", min_size=1, max_size=20).filter(str.strip)


def _drawn(one: Any) -> st.SearchStrategy[Any]:
    if isinstance(one, Group):
        inside = {leaf.member: _drawn(leaf) for leaf in one.inside.values()}
        drawn = st.fixed_dictionaries({}, optional=inside)
        return st.lists(drawn, min_size=1, max_size=3) if one.is_list else drawn
    if one.member in ("startDate", "endDate"):
        return st.dates().map(str)
    if one.kind == "whole":
        return st.integers(0, 2**31 - 1)
    if one.kind == "number":
        return st.integers(0, 999)
    return _TEXT.map(str.strip)


_ACTS: Final = [name for name, one in LAYOUT.items() if one.member.startswith("dimona")]


@given(st.data())
def test_whatever_is_written_is_read_again(data: st.DataObject) -> None:
    act = data.draw(st.sampled_from(_ACTS))
    names = ["Employer", "Worker", "Reference", act]
    body = {LAYOUT[name].member: data.draw(_drawn(LAYOUT[name])) for name in names}

    read = only(form(body))

    assert read.fault is None, read
    assert msgspec.to_builtins(read.body) == msgspec.to_builtins(msgspec.convert(body, wire.Body))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        reading.read(content)
    except FileRefused as refused:
        assert refused.line >= 0  # noqa: PT017


@given(st.text(max_size=200))
def test_any_inside_is_read_or_refused(inside: str) -> None:
    try:
        found = reading.read(written([inside]))
    except FileRefused:
        return
    assert all(one.fault or one.body for one in found.forms)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.NOT_XML),
        (b"<a", FileFault.NOT_XML),
        (b"\x00\x01", FileFault.NOT_XML),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', FileFault.NOT_XML),
        (written([world.an_in()])[:-4], FileFault.NOT_XML),
        (b"<DimonaFile/>", FileFault.UNKNOWN_SCHEMA),
        (whole("<Form/>", space="urn:other"), FileFault.UNKNOWN_SCHEMA),
        (whole("<Other/>"), FileFault.UNKNOWN_SCHEMA),
        (whole("text"), FileFault.UNKNOWN_SCHEMA),
        (whole(""), FileFault.NO_FORM),
        (whole("<Form/>", reference=""), FileFault.NO_REFERENCE),
        (whole("<Form/>", reference="a b"), FileFault.NO_REFERENCE),
        (whole("<Form/>", reference="x" * 61), FileFault.NO_REFERENCE),
        (b"<!DOCTYPE DimonaFile>" + written([world.an_in()])[39:], FileFault.FORBIDDEN),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', FileFault.FORBIDDEN),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', FileFault.FORBIDDEN),
        (whole("<?php echo 1 ?>"), FileFault.FORBIDDEN),
        (whole("<Form reference='a'>" + "<a>" * 20 + "</a>" * 20 + "</Form>"), FileFault.FORBIDDEN),
        (whole("<Form>&other;</Form>"), FileFault.NOT_XML),
        (b"x" * (reading.LARGEST + 1), FileFault.TOO_LARGE),
    ],
)
def test_a_file_that_breaks_the_frame_is_refused_as_a_whole(
    content: bytes, fault: FileFault
) -> None:
    assert refusal(content) is fault


def test_a_million_nested_elements_end_at_the_thirteenth() -> None:
    assert refusal(whole("<Form reference='a'>" + "<a>" * 1_000_000)) is FileFault.FORBIDDEN


def test_d36_one_form_too_many_refuses_the_file() -> None:
    one = "<Form reference='f{}'><Employer/></Form>"
    most = "".join(one.format(at) for at in range(reading.MOST_FORMS))

    assert len(reading.read(whole(most)).forms) == reading.MOST_FORMS
    assert refusal(whole(most + one.format("x"))) is FileFault.TOO_MANY_FORMS


@pytest.mark.parametrize(
    ("inside", "fault", "element"),
    [
        ("<Colour>red</Colour>", FormFault.UNKNOWN, "*"),
        ("<DimonaIn><Colour/></DimonaIn>", FormFault.UNKNOWN, "DimonaIn/*"),
        ("<DimonaIn xmlns='urn:x'/>", FormFault.UNKNOWN, "DimonaIn"),
        ("<Worker/><Worker/><DimonaIn/>", FormFault.TWICE, "Worker"),
        ("<DimonaIn>7</DimonaIn>", FormFault.TEXT, "DimonaIn"),
        ("<DimonaIn><StartingDate/></DimonaIn>", FormFault.MISSING_TEXT, "DimonaIn/StartingDate"),
        (
            "<DimonaOut><DimonaPeriodId>6 0</DimonaPeriodId></DimonaOut>",
            FormFault.NOT_A_NUMBER, "DimonaOut/DimonaPeriodId",
        ),
        (
            "<DimonaIn><PlannedHoursNbr>1e9</PlannedHoursNbr></DimonaIn>",
            FormFault.NOT_A_NUMBER, "DimonaIn/PlannedHoursNbr",
        ),
        (
            "<DimonaIn><StartingDate>2026-13-01</StartingDate></DimonaIn>",
            FormFault.VALUE, "DimonaIn/StartingDate",
        ),
        (
            f"<Worker><LastName>{'x' * 1001}</LastName></Worker><DimonaIn/>",
            FormFault.TOO_LONG, "Worker/LastName",
        ),
        ("<Employer/>", FormFault.NOT_ONE_ACT, "Form"),
        ("<DimonaIn/><DimonaOut/>", FormFault.NOT_ONE_ACT, "Form"),
    ],
)  # fmt: skip
def test_a_form_that_breaks_the_schema_names_the_element_and_holds_up_no_other(
    inside: str, fault: FormFault, element: str
) -> None:
    found = reading.read(written([world.an_in(), inside, world.an_in()])).forms

    assert [one.fault for one in found] == [None, fault, None]
    assert found[1].element == element
    assert found[1].body is None


def test_what_a_client_hid_in_a_name_is_not_repeated() -> None:
    number = world.KARIM

    read = only(f"<n{number}/>")

    assert (read.fault, read.element) == (FormFault.UNKNOWN, "*")


def test_forms_without_a_reference_or_with_one_of_another_are_not_taken() -> None:
    inside = form(world.an_in())
    content = whole(
        f"<Form>{inside}</Form><Form reference='a'>{inside}</Form>"
        f"<Form reference='a'>{inside}</Form><Form reference='?'>{inside}</Form>"
    )

    found = reading.read(content).forms

    assert [one.fault for one in found] == [
        FormFault.NO_REFERENCE, None, FormFault.REFERENCE_TWICE, FormFault.NO_REFERENCE,
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_file_says_its_encoding(encoding: str) -> None:
    body = world.an_in()
    body["worker"]["lastName"] = "Lemaître"
    text = written([body]).decode().replace("UTF-8", encoding)

    [read] = reading.read(text.encode(encoding)).forms

    assert read.body
    assert read.body.worker
    assert read.body.worker.last_name == "Lemaître"


def test_the_reference_is_read_without_the_rest() -> None:
    assert reading.reference_of(whole("<broken", reference="r-7")) == "r-7"
