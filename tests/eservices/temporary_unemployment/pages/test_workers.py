"""Workers at the pages: from the Dimona file, by number, or from a file, its faults repaired."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guichet.audit.models import Lookup
from guichet.eservices.temporary_unemployment.models import Draft
from guichet.platform import spreadsheet
from guichet.platform.db import transaction
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.pages.walk import begun, said
from tests.eservices.temporary_unemployment.world import (
    ACTOR,
    ANNE,
    BIS,
    FIRM,
    LUC,
    THEIRS,
    clerk,
    numbers,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
CSV = (
    "NISS;Nom;Prénom;Premier jour\n"
    f"{ANNE};Dubois;Anne;10/03/2025\n"
    "85073003329;Faux;Numéro;11/03/2025\n"
    f"{LUC};Vandermeulen;Luc;30/02/2025\n"
    f"{ANNE};Dubois;Anne;12/03/2025\n"
    f"{BIS};Nowicka;Ewa;\n"
)


def uploaded(place: str, data: bytes, name: str = "liste.csv") -> object:
    """The answer to a file."""
    given = {"do": "upload", "file": SimpleUploadedFile(name, data)}
    return clerk().post(f"{place}workers/", given)


def lines() -> list[str]:
    """Whom the draft has."""
    return [one["niss"] for one in Draft.objects.get().typed["workers"].get("lines", ())]


def test_sc20_sc21_each_faulty_line_of_a_file_is_told_and_repaired_and_nothing_is_lost() -> None:
    client = clerk()
    place = begun(client, "I", "first_day")

    uploaded(place, CSV.encode("cp1252"))

    page = said(client.get(f"{place}workers/"))
    assert lines() == [ANNE, BIS]
    assert "3 lines could not be taken" in page
    assert "Line 3: the social security number is not valid." in page
    assert "Enter a valid date (dd/mm/yyyy)." in page
    assert "The same worker stands on lines 2 and 5." in page
    client.post(f"{place}workers/", {
        "do": "again", "faulty-0-niss": world.UNKNOWN, "faulty-0-day": "11/03/2025",
        "faulty-1-niss": LUC, "faulty-1-day": "11.3.2025",
    })  # fmt: skip
    assert lines() == [ANNE, BIS, world.UNKNOWN, LUC]
    client.post(f"{place}workers/", {"do": "drop"})
    assert Draft.objects.get().typed["workers"]["faulty"] == []


def test_a_spreadsheet_is_read_with_days_and_leading_zeros() -> None:
    target = io.BytesIO()
    spreadsheet.write(
        target, name="Liste", head=("Naam", "INSZ"), rows=[("Dubois", ANNE), ("Nowicka", int(BIS))]
    )
    client = clerk()
    place = begun(client, "E", "expected")

    uploaded(place, target.getvalue(), "lijst.xlsx")

    assert lines() == [ANNE, BIS]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file has no line."),
        (b"%PDF-1.7 nothing", "The file is no list"),
        (b"PK\x03\x04broken", "The file cannot be opened"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
    ids=["empty", "paper", "broken", "large"],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, words: str) -> None:
    place = begun(clerk(), "E", "expected")

    answer = uploaded(place, data)

    assert answer.status_code == 422  # type: ignore[attr-defined]  # an answer
    assert words in said(answer)


def test_the_dimona_file_shows_the_own_workers_and_every_look_is_noted() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    page = said(client.get(f"{place}workers/choose/"))

    assert "Dubois Anne" in page
    assert "Secrète" not in page
    assert Lookup.objects.using("audit").filter(purpose="temporaryUnemployment.worker").count() == 3
    forged = {"do": "done", "shown": [THEIRS], "pick": [THEIRS, "nonsense"]}
    client.post(f"{place}workers/choose/", forged)
    assert lines() == []


def test_what_is_ticked_stays_over_pages_searches_and_all_or_none() -> None:
    with transaction(actor=ACTOR):
        for at in range(60):
            niss = numbers.niss(born_on=date(1990, 1 + at % 12, 1 + at % 28), is_female=False)
            persons.register(
                person=PersonRecord(niss, "Jan", f"Zeegers{at:02d}"), actor=ACTOR, now=world.NOW
            )
            world.works_for(FIRM, niss)
    client = clerk()
    place = f"{begun(client, 'E', 'expected')}workers/choose/"
    assert "Page 1 of 2" in said(client.get(place))

    client.post(place, {"do": "page-2", "shown": [ANNE, LUC], "pick": [ANNE]})
    assert "Page 2 of 2" in said(client.get(place))
    client.post(place, {"do": "search", "text": "nowicka"})
    assert "Nowicka Ewa" in said(client.get(place))
    client.post(place, {"do": "all", "text": "zeegers", "page": "1"})
    assert len(lines()) == 61
    client.post(place, {"do": "none", "text": "zeegers"})
    assert lines() == [ANNE]


def test_somebody_is_taken_out_again_and_a_list_of_all_is_emptied() -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    walk.chosen(client, place, ANNE, LUC)

    client.post(f"{place}workers/", {"do": "remove-1"})
    assert lines() == [LUC]
    client.post(f"{place}workers/", {"do": "remove-all"})
    assert lines() == []
