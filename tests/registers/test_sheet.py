"""Files that spreadsheets, people and attackers make."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.registers.loading.cells import CellRefused, Row, guarded, unguarded, written
from guichet.registers.loading.sheet import FileRefused, Sheet, SheetRow, SheetWriter, opened

KNOWN = ("niss", "name", "town")


def rows(text: str, required: tuple[str, ...] = ("niss",)) -> list[SheetRow]:
    return list(Sheet(io.StringIO(text, newline=""), known=KNOWN, required=required))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_line_shows_the_delimiter(delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(line) for line in (["niss", "name"], ["1", "Ann"], ["2", "Bo"]))

    assert [(row.line, row.cells) for row in rows(text)] == [(2, ("1", "Ann")), (3, ("2", "Bo"))]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "export.csv"
    path.write_bytes(b"\xef\xbb\xbfniss;name\r\n1;Ann\r\n")

    with opened(str(path)) as file:
        sheet = Sheet(file, known=KNOWN, required=["niss"])
        assert sheet.columns == ("niss", "name")
        assert [row.cells for row in sheet] == [("1", "Ann")]


def test_a_row_that_is_not_utf_8_is_refused_and_its_neighbours_are_not(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "latin.csv"
    path.write_bytes("niss,name\n1,Ann\n2,Andr\xe9\n3,Zo\u00eb\n".encode("latin-1"))

    with opened(str(path)) as file:
        faults = [row.fault for row in Sheet(file, known=KNOWN, required=["niss"])]

    assert [fault is None for fault in faults] == [True, False, False]
    assert "UTF-8" in str(faults[1])


def test_rows_of_another_width_are_refused() -> None:
    found = rows("niss,name\n1,Ann,Gent\n2\n3,Bo\n")

    assert ["more cells" in str(row.fault) for row in found] == [True, False, False]
    assert ["fewer cells" in str(row.fault) for row in found] == [False, True, False]


def test_empty_lines_are_left_out_and_line_numbers_stay_true() -> None:
    found = rows('niss,name\n\n1,"two\nlines"\n,\n2,Bo\n')

    assert [(row.line, row.cells[0]) for row in found] == [(3, "1"), (6, "2")]


def test_a_quotation_mark_that_never_closes_is_refused_and_not_swallowed_silently() -> None:
    found = rows('niss,name\n1,Ann\n2,"open\n3,Bo\n')

    assert found[0].fault is None
    assert "quotation mark" in str(found[-1].fault)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\n1,2\n", "empty"),
        ("niss,niss\n", "twice"),
        ("niss,salary\n", "'salary'"),
        ("name,town\n", "missing: niss"),
        ('niss,"na\n', "not a list"),
        ("\x00PNG\r\n", "no column"),
        ("PK\x03\x04", "no column"),
    ],
)
def test_a_file_of_another_form_is_refused_as_a_whole(text: str, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        rows(text)


def test_a_header_may_be_written_in_capitals_with_blanks() -> None:
    assert rows("NISS ; Name\n1;Ann\n")[0].cells == ("1", "Ann")


@pytest.mark.parametrize("formula", ["=1+1", "+32 2", "-1+2", "@SUM(A1)", "'=1", "\t=1"])
def test_what_a_spreadsheet_would_calculate_leaves_as_text(formula: str) -> None:
    out = io.StringIO()
    SheetWriter(out, columns=["name"]).write([written(formula)])

    cell = out.getvalue().splitlines()[1].strip('"')
    assert cell.startswith("'")
    assert unguarded(written(formula)) == formula


def test_a_negative_number_stays_a_number() -> None:
    assert written(-3.5) == "-3.5"


@given(st.text())
def test_every_text_comes_back_as_it_left(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\x07"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(CellRefused) as refusal:
        Row({"name": text})

    assert refusal.value.column == "name"


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "02/03/2026", "20260-1-1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(CellRefused):
        Row({"day": text}).day("day")


@pytest.mark.parametrize("text", ["", "x", "1.5", "1e3", "٣", "9" * 19])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(CellRefused):
        Row({"n": text}).whole("n")


@pytest.mark.parametrize("text", ["x", "4,8", "NaN", "Infinity"])
def test_what_is_no_degree_is_refused(text: str) -> None:
    with pytest.raises(CellRefused):
        Row({"n": text}).degrees_or_none("n")


@pytest.mark.parametrize(
    ("text", "flag"), [("1", True), ("Yes", True), ("0", False), ("no", False)]
)
def test_a_flag_is_yes_or_no(text: str, flag: bool) -> None:
    assert Row({"f": text}).flag("f") is flag
    with pytest.raises(CellRefused):
        Row({"f": "perhaps"}).flag("f")
