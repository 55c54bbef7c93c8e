"""Loading files into the registers and writing them out again."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.transaction import atomic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from guichet.audit.history import acting
from guichet.audit.models import History
from guichet.demo import numbers
from guichet.demo.fixtures import E1, S1, W1, load_fixtures
from guichet.registers.addresses import Address
from guichet.registers.employments.models import Period, Relation
from guichet.registers.enterprises.models import Enterprise, Establishment, Function, Quality
from guichet.registers.loading import transfer
from guichet.registers.loading.transfer import FORMS, Tally, export, load
from guichet.registers.persons import operations as persons
from guichet.registers.persons import queries
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.postings.models import Limosa, Place
from guichet.registers.works.models import Address as SiteAddress
from guichet.registers.works.models import Contract, Intervention, Site
from tests.registers.people import ACTOR, KARIM, LOTTE, MAREK, NOW

TODAY = date(2026, 3, 2)
EVERYTHING = (
    Place, Limosa, Intervention, Contract, SiteAddress, Site, Period, Relation,
    Quality, Function, Establishment, Enterprise, Person,
)  # fmt: skip


def load_text(register: str, text: str | bytes, folder: Path) -> Tally:
    path = folder / f"{register}.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(
        form=FORMS[register],
        path=path,
        report=folder / "refused.csv",
        actor=ACTOR,
        now=lambda: NOW,
    )


def exported(register: str) -> str:
    out = io.StringIO(newline="")
    export(form=FORMS[register], file=out)
    return out.getvalue()


def refused(tally: Tally) -> list[dict[str, str]]:
    assert tally.report is not None
    with tally.report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def empty(models: Iterable[Any] = EVERYTHING) -> None:
    with atomic(), acting(ACTOR), connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.django_db
def test_every_register_comes_back_from_its_own_export(tmp_path: Path) -> None:
    load_fixtures(today=TODAY, now=NOW)
    order = ("persons", "enterprises", "employments", "works", "postings")
    files = {register: exported(register) for register in order}
    empty()
    assert not Person.objects.exists()

    for register in order:
        tally = load_text(register, files[register], tmp_path)
        assert tally.refused == 0, refused(tally)
        assert tally.counts["added"] == len(files[register].splitlines()) - 1
    assert {register: exported(register) for register in order} == files


@pytest.mark.django_db
@pytest.mark.parametrize("register", sorted(FORMS))
def test_loading_what_is_there_changes_nothing(register: str, tmp_path: Path) -> None:
    load_fixtures(today=TODAY, now=NOW)
    before = History.objects.count()

    tally = load_text(register, exported(register), tmp_path)
    assert set(tally.counts) == {"unchanged"}
    assert History.objects.count() == before


@pytest.mark.django_db
def test_refused_rows_are_reported_and_the_others_stand(tmp_path: Path) -> None:
    text = (
        "niss;family_name;given_name;birth_date\n"
        f"{KARIM};Lemaire;Karim;1985-07-31\n"
        "85073100131;Wrong;Check;\n"
        f"{LOTTE};Claes;Lotte;3 feb\n"
        f"{LOTTE};;Lotte;\n"
        f"{MAREK};Zieliński;Marek;;too much\n"
        f"{MAREK};=HYPERLINK(1);Marek;\n"
    )

    tally = load_text("persons", text, tmp_path)

    assert tally.counts == {"added": 2, "refused": 4}
    assert [(row["line"], row["column"]) for row in refused(tally)] == [
        ("3", ""),
        ("4", "birth_date"),
        ("5", ""),
        ("6", ""),
    ]
    assert "not a valid national number" in refused(tally)[0]["reason"]
    assert refused(tally)[1]["family_name"] == "Claes"
    assert set(Person.objects.values_list("niss", flat=True)) == {KARIM, MAREK}
    cells = exported("persons")
    assert "'=HYPERLINK(1)" in cells


@pytest.mark.django_db
def test_a_row_is_never_half_entered(tmp_path: Path) -> None:
    text = f"niss,family_name,replaced_by\n{KARIM},Lemaire,{LOTTE}\n"

    tally = load_text("persons", text, tmp_path)

    assert tally.refused == 1
    assert not Person.objects.exists()
    assert not History.objects.exists()


@pytest.mark.django_db
def test_a_load_that_is_repeated_after_mending_takes_the_rest(tmp_path: Path) -> None:
    first = f"niss,family_name\n{KARIM},Lemaire\n85073100131,Claes\n"
    second = f"niss,family_name\n{KARIM},Lemaire\n{LOTTE},Claes\n"

    assert load_text("persons", first, tmp_path).counts == {"added": 1, "refused": 1}
    assert load_text("persons", second, tmp_path).counts == {"unchanged": 1, "added": 1}


@pytest.mark.django_db
def test_a_report_can_be_mended_and_loaded_as_it_stands(tmp_path: Path) -> None:
    tally = load_text("persons", f"niss,family_name\n{LOTTE},\n{KARIM}\n", tmp_path)
    assert tally.report is not None
    report = tally.report.read_text("utf-8-sig")

    mended = report.replace(f"{LOTTE},", f"{LOTTE},Claes")
    tally = load_text("persons", mended, tmp_path)

    assert tally.counts == {"added": 1, "refused": 1}
    [left] = refused(tally)
    assert (left["niss"], left["line"]) == (KARIM, "3")
    assert list(left) == ["line", "column", "reason", "niss", "family_name"]


@pytest.mark.django_db
def test_more_rows_than_one_transaction_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "_AT_ONCE", 5)
    days = (date(1970, 1, 1) + timedelta(days=at) for at in range(11))
    lines = [f"{numbers.niss(born_on=day, is_female=True)},Claes" for day in days]
    seen: list[int] = []
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["niss,family_name", *lines]))

    tally = load(
        form=FORMS["persons"],
        path=path,
        report=tmp_path / "refused.csv",
        actor=ACTOR,
        now=lambda: NOW,
        progress=seen.append,
    )

    assert tally.counts == {"added": 11}
    assert seen == [5, 10, 11]
    assert Person.objects.count() == 11


@pytest.mark.django_db
def test_replaced_numbers_leave_after_those_that_replace_them(tmp_path: Path) -> None:
    for niss in (KARIM, LOTTE, MAREK):
        persons.register(person=PersonRecord(niss, "", "X"), actor=ACTOR, now=NOW)
    persons.replace_number(old=LOTTE, new=KARIM, actor=ACTOR, now=NOW)
    persons.replace_number(old=KARIM, new=MAREK, actor=ACTOR, now=NOW)
    file = exported("persons")
    empty([Person])

    assert load_text("persons", file, tmp_path).counts == {"added": 3}
    assert queries.current_number(niss=LOTTE) == MAREK


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("register", "row", "column"),
    [
        ("works", {"record": "castle", "reference": S1}, "record"),
        ("works", {"record": "address", "reference": S1, "position": "7"}, "position"),
        ("works", {"record": "site", "reference": S1, "name": "x"}, "activity"),
        ("enterprises", {"record": "castle", "number": E1}, "record"),
        ("enterprises", {"record": "function", "number": E1, "niss": W1}, "name"),
        (
            "postings",
            {"record": "place", "number": "24900000000000093", "position": "9"},
            "position",
        ),
        ("employments", {"niss": W1, "employer": E1, "joint_committee": "121"}, "first_day"),
    ],
)
def test_a_wrong_row_says_in_which_column(
    register: str, row: dict[str, str], column: str, tmp_path: Path
) -> None:
    load_fixtures(today=TODAY, now=NOW)
    out = io.StringIO(newline="")
    names = FORMS[register].names
    writer = csv.DictWriter(out, fieldnames=names)
    writer.writeheader()
    writer.writerow(row)

    assert [each["column"] for each in refused(load_text(register, out.getvalue(), tmp_path))] == [
        column
    ]


@pytest.mark.django_db
def test_the_command_counts_and_fails_when_rows_were_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"niss,family_name\n{KARIM},Lemaire\n1,Claes\n")

    with pytest.raises(SystemExit):
        call_command("register_load", "persons", str(path), "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["added"] == said["refused"] == 1
    assert Path(said["report"]) == tmp_path / "people.csv.refused.csv"

    call_command("register_export", "persons")
    assert f"{KARIM},Lemaire" in capsys.readouterr().out
    call_command("register_export", "persons", str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfniss,")


@pytest.mark.django_db
def test_reasons_are_in_the_language_asked_for_and_hold_no_number(tmp_path: Path) -> None:
    tally = load_text("persons", "niss,family_name\n85073100131,Claes\n", tmp_path)

    assert "85073100131" not in refused(tally)[0]["reason"]


@pytest.mark.django_db
@pytest.mark.parametrize("register", sorted(FORMS))
def test_every_form_describes_its_columns(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("register_load", register, "--form")

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(FORMS[register].names)


@pytest.mark.django_db
def test_a_file_that_is_not_there_or_not_of_this_form_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("register_load", "persons", str(tmp_path / "none.csv"))
    (tmp_path / "works.csv").write_text("record,reference\n")
    with pytest.raises(CommandError, match="file of its own"):
        call_command("register_load", "persons", str(tmp_path / "x"), report=tmp_path / "x")
    with pytest.raises(CommandError, match="no column 'record'"):
        call_command("register_load", "persons", str(tmp_path / "works.csv"))


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(
    str.strip
)
addresses = st.builds(Address, street=texts, house_number=texts, postcode=texts, municipality=texts)
people = st.builds(
    PersonRecord,
    niss=st.sampled_from([KARIM, LOTTE, MAREK]),
    given_name=texts,
    family_name=texts.filter(bool),
    birth_date=st.none() | st.dates(),
    language=st.sampled_from(["nl", "fr", "de", "en"]),
    email=texts,
    address=addresses,
)


class RoundTrip(TestCase):
    """Hypothesis with one transaction for each example."""

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(given=st.lists(people, unique_by=lambda person: person.niss, max_size=3))
    def test_whoever_is_exported_comes_back_the_same(self, given: list[PersonRecord]) -> None:
        import tempfile

        for person in given:
            persons.register(person=person, actor=ACTOR, now=datetime(2026, 1, 1, tzinfo=UTC))
        file = exported("persons")
        empty([Person])

        with tempfile.TemporaryDirectory() as folder:
            tally = load_text("persons", file, Path(folder))
        assert tally.refused == 0
        assert {person.niss: queries.person(niss=person.niss) for person in given} == {
            person.niss: person for person in given
        }


@pytest.mark.django_db
def test_hours_and_the_moment_of_a_declaration_come_with_daily_periods(tmp_path: Path) -> None:
    load_fixtures(today=TODAY, now=NOW)
    head = "niss,employer,joint_committee,worker_type,first_day,last_day,start_time,end_time"
    rows = [
        f"{W1},{E1},302,EXT,2026-02-02,2026-02-02,08:30,12:00,2026-02-02T08:15+01:00",
        f"{W1},{E1},302,EXT,2026-02-02,2026-02-02,13:00,17:30,2026-02-02T14:15+01:00",
    ]
    text = "\n".join([f"{head},declared_at", *rows])

    tally = load_text("employments", text, tmp_path)
    assert tally.counts == {"added": 2}
    assert set(load_text("employments", text, tmp_path).counts) == {"unchanged"}
    mended = text.replace("12:00", "12:15")
    assert load_text("employments", mended, tmp_path).counts == {"changed": 1, "unchanged": 1}
    assert "08:30,12:15,2026-02-02T07:15:00+00:00" in exported("employments")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("start_time", "8h30"), ("end_time", "25:00"), ("declared_at", "2026-02-02T08:15"),
        ("declared_at", "yesterday"),
    ],
)  # fmt: skip
def test_an_hour_or_a_moment_that_cannot_be_is_refused_in_its_column(
    column: str, cell: str, tmp_path: Path
) -> None:
    load_fixtures(today=TODAY, now=NOW)
    text = f"niss,employer,joint_committee,first_day,{column}\n{W1},{E1},302,2026-02-02,{cell}\n"

    assert [each["column"] for each in refused(load_text("employments", text, tmp_path))] == [
        column
    ]


@pytest.mark.django_db
def test_an_establishment_is_loaded_with_its_days(tmp_path: Path) -> None:
    load_fixtures(today=TODAY, now=NOW)
    number = numbers.establishment(7)
    head = "record,number,establishment,name,first_day,last_day"
    row = f"establishment,{E1},{number},Atelier,2019-05-02"

    assert load_text("enterprises", f"{head}\n{row},\n", tmp_path).counts == {"added": 1}
    closed = f"{head}\n{row},2026-02-28\n"
    assert load_text("enterprises", closed, tmp_path).counts == {"changed": 1}
    assert load_text("enterprises", closed, tmp_path).counts == {"unchanged": 1}
    stored = Establishment.objects.get(number=number)
    assert (stored.first_day, stored.last_day) == (date(2019, 5, 2), date(2026, 2, 28))
    turned = load_text("enterprises", f"{head}\n{row},2019-05-01\n", tmp_path)
    assert turned.counts == {"refused": 1}
