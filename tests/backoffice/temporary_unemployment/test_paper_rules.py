"""Every rule that a letter can meet is applied to what an officer keys in, with its weight."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guichet.backoffice.temporary_unemployment.paper_form import PaperForm
from guichet.eservices.temporary_unemployment.models import Communication, Line
from guichet.eservices.temporary_unemployment.office import paper
from guichet.eservices.temporary_unemployment.operations import Refused
from guichet.kernel.verdict import Severity
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import CATALOGUE
from tests.backoffice.temporary_unemployment.test_unemployment_desk import DESK, LETTER, PDF
from tests.backoffice.temporary_unemployment.test_unemployment_desk import said as words_of
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.office.desk import at_desk, officer
from tests.eservices.temporary_unemployment.world import ANNE, BIS, LUC, NOW, OTHER, UNKNOWN

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
Given = dict[str, Any]
FIRST: Final = {"told": "first_day/E", "workers": f"{ANNE} 10/03/2025"}
WEATHER: Final = {
    "told": "first_day/I", "workers": f"{ANNE} 10/03/2025", "workplace": "Quai 1, 4000 Liège",
    "nature_of_work": "Bricklaying", "weather": "Frost", "why_impossible": "Mortar cannot set",
}  # fmt: skip
WHITE: Final = {"told": "expected/SE", "committee": "200", "regime": "white_full"}
NATURE: Final = {
    "told": "accident_nature/T", "accident_on": "07/03/2025", "first_day": "14/03/2025",
    "last_day": "", "workers": "", "causes": "The shaft of the press broke.",
}  # fmt: skip
FORCE: Final = {"told": "force_majeure/F", "first_day": "05/03/2025", "last_day": "30/04/2025"}
STRIKE: Final = {
    "told": "strike/G", "workers": f"{ANNE} 07/03/2025", "workplace": "Quai 1, 4000 Liège",
    "in_striking_unit": "no", "causes": "The drivers of a supplier strike.",
    "circumstances": "Nothing can be assembled.",
}  # fmt: skip

# Code, what the letter says otherwise, the box of the form where it stands.
BLOCKED: Final[list[tuple[str, Given, str | None]]] = [
    ("CTW-002", {"employer": "0206731645"}, "employer"),
    ("CTW-003", {"workers": "85073003329"}, "workers"),
    ("CTW-005", {"workers": f"{ANNE}\n{ANNE}"}, "workers"),
    ("CTW-006", {"committee": "999"}, "committee"),
    ("CTW-007", {"committee": "302"}, "level"),
    ("CTW-008", {"establishment": world.ELSEWHERE_PLACE}, "establishment"),
    ("CTW-011", {"last_day": "16/03/2025"}, "last_day"),
    ("CTW-012", {"last_day": ""}, "last_day"),
    ("CTW-012", {"regime": ""}, "regime"),
    ("CTW-012", {**FIRST, "workers": ANNE}, "workers"),
    ("CTW-013", {"first_day": "17/03/2027", "last_day": "28/03/2027"}, "first_day"),
    ("CTW-016", {"posted_on": "09/03/2025"}, "posted_on"),
    ("CTW-016", {"posted_on": ""}, "posted_on"),
    ("CTW-017", {"no_subcontracting": ""}, "no_subcontracting"),
    ("CTW-030", {"category": "white"}, "category"),
    ("CTW-030", {"category": "student"}, "category"),
    ("CTW-030", {"committee": "200"}, "category"),
    ("CTW-034", {**WHITE, "regime": "white_reduced", "cycle": "1000000"}, "cycle"),
    ("CTW-046", {**FIRST, "workers": f"{ANNE} 31/03/2025\n{LUC} 01/04/2025"}, "workers"),
    ("CTW-047", {**WEATHER, "weather": ""}, "weather"),
    ("CTW-047", {**WEATHER, "workplace": ""}, "workplace"),
    ("CTW-050", {**NATURE, "accident_on": "09/03/2025"}, "accident_on"),
    ("CTW-054", {"told": "accident_list/T"}, "nature_ticket"),
    ("CTW-060", {**FORCE, "causes": ""}, "causes"),
    ("CTW-060", {**FORCE, "last_day": ""}, "last_day"),
    ("CTW-061", {**FORCE, "last_day": "30/06/2025"}, "last_day"),
    ("CTW-070", {**STRIKE, "causes": ""}, "causes"),
    ("CTW-070", {**STRIKE, "in_striking_unit": ""}, "in_striking_unit"),
    ("CTW-070", {**STRIKE, "workplace": ""}, "workplace"),
    ("CTW-080", {"workers": ""}, "workers"),
    ("CTW-081", {"causes": "Few"}, "causes"),
    ("CTW-081", {"remarks": "x" * 1_001}, "remarks"),
    ("CTW-081", {**FIRST, "workers": f"{ANNE} 10/03/2025 0000000"}, "workers"),
    ("CTW-082", {"changes": "05W-0000000-01-Z"}, "changes"),
]
WARNED: Final[list[tuple[str, Given]]] = [
    ("CTW-004", {"workers": UNKNOWN}),
    ("CTW-009", {"postcode": "0001"}),
    ("CTW-014", {"first_day": "14/03/2025"}),
    ("CTW-015", {"posted_on": "07/03/2025"}),
    ("CTW-018", {**WHITE, "first_day": "18/03/2025"}),
    ("CTW-020", {"last_day": "14/04/2025"}),
    ("CTW-021", {"regime": "large", "cycle": "1100000", "last_day": "17/06/2025"}),
    ("CTW-022", {"regime": "small", "cycle": "1110000", "last_day": "31/03/2026"}),
    ("CTW-025", {"last_day": "21/04/2025", "excluded": "14/04/2025 16/04/2025"}),
    ("CTW-025", {"excluded": "10/03/2025"}),
    ("CTW-031", {"regime": "large", "cycle": "1110000"}),
    ("CTW-033", WHITE),
    ("CTW-040", {**FIRST, "workers": f"{ANNE} 31/03/2025"}),
    ("CTW-042", {**FIRST, "workers": f"{ANNE} 04/03/2025"}),
    ("CTW-043", FIRST),
    ("CTW-045", {**WEATHER, "workers": f"{ANNE} 08/03/2025"}),
    ("CTW-045", {**WEATHER, "workers": f"{ANNE} 10/03/2025 0111100"}),
    ("CTW-051", {**NATURE, "accident_on": "05/03/2025"}),
    ("CTW-052", {**NATURE, "first_day": "13/03/2025"}),
    ("CTW-055", {**NATURE, "last_day": "14/07/2025"}),
    ("CTW-071", STRIKE),
]


def keyed(given: Given, files: dict[str, Any] | None = None) -> tuple[PaperForm, tuple[Fault, ...]]:
    """The form of a letter of 8 March, and what stops it."""
    form = PaperForm(LETTER | {"ground": "first_in_two_years"} | given, files)
    assert form.is_valid(), form.errors
    try:
        paper.record(
            told=form.communication(now=NOW), letter=form.letter(), officer=officer(), now=NOW,
            confirmed=form.cleaned_data["confirmed"],
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused.faults)
        return form, refused.faults
    return form, ()


@pytest.mark.parametrize(
    ("code", "given", "box"), BLOCKED, ids=[f"{at}-{one[0]}" for at, one in enumerate(BLOCKED)]
)
def test_what_blocks_stops_a_letter_at_its_box(code: str, given: Given, box: str) -> None:
    form, faults = keyed(given)

    assert code in [one.code for one in faults if one.blocks]
    assert CATALOGUE.codes[code].severity is Severity.BLOCK
    assert box in form.errors
    assert not Communication.objects.exists()


@pytest.mark.parametrize(
    ("code", "given"), WARNED, ids=[f"{at}-{one[0]}" for at, one in enumerate(WARNED)]
)
def test_what_warns_is_kept_and_stops_nothing(code: str, given: Given) -> None:
    form, faults = keyed({"remarks": "The mail came late.", **given})

    assert faults == ()
    assert not form.errors
    row = Communication.objects.get()
    assert code in [one["code"] for one in row.warnings]
    assert CATALOGUE.codes[code].severity is not Severity.BLOCK
    assert (row.channel, row.remarks) == ("paper", "The mail came late.")


def test_a_strike_by_letter_is_recorded_whole() -> None:
    keyed(STRIKE | {"workers": f"{ANNE} 07/03/2025\n{LUC} 07/03/2025"})

    lines = list(Line.objects.all())
    assert [(one.in_striking_unit, one.circumstances) for one in lines] == [
        (False, "Nothing can be assembled.")
    ] * 2


def test_one_answer_for_all_workers_is_asked_once() -> None:
    workers = f"{ANNE} 07/03/2025\n{LUC} 07/03/2025"
    form, faults = keyed(STRIKE | {"in_striking_unit": "", "workers": workers})

    assert [one.key for one in faults if one.blocks] == ["CTW-070.unit"] * 2
    assert len(form.errors["in_striking_unit"]) == 1


def test_a_letter_tells_closures_cycle_and_quality() -> None:
    keyed({
        "regime": "small", "cycle": "1111100 0000000", "category": "apprentice",
        "excluded": "24/03/2025 28/03/2025\n\n31/03/2025",
    })  # fmt: skip

    row = Communication.objects.get()
    assert row.cycle == [[0, 1, 2, 3, 4], []]
    assert row.excluded == [["2025-03-24", "2025-03-28"], ["2025-03-31", "2025-03-31"]]
    assert [one.category for one in Line.objects.all()] == ["apprentice"]
    assert row.warnings == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"cycle": "11111"}, "Write seven signs for each week"),
        ({"cycle": " ".join(["1111100"] * 5)}, "Write seven signs for each week"),
        ({"excluded": "31/03/2025 24/03/2025"}, "Line 1: the last day lies before the first."),
        ({"excluded": "24/03/2025\n31/02/2025"}, "Line 2: the day is not valid."),
        ({"excluded": "\n".join(["24/03/2025"] * 6)}, "At most five closures"),
        ({"workers": f"{ANNE} 111"}, "Line 1: the day is not valid."),
        ({"first_day": "31/02/2025"}, "Enter a day as day/month/year"),
    ],
)
def test_what_cannot_be_read_is_told_in_the_words_of_the_form(given: Given, why: str) -> None:
    answer = at_desk().post(f"{DESK}paper/", LETTER | {"ground": "first_in_two_years"} | given)

    assert answer.status_code == 422
    assert why in words_of(answer)


def again(**given: Any) -> Any:
    """The same letter keyed in at the desk, with the proof of a failure."""
    proof = SimpleUploadedFile("brief.pdf", PDF, "application/pdf")
    letter = LETTER | {"letter_on": "01/03/2025", "posted_on": "01/03/2025", "proof": proof}
    return at_desk().post(f"{DESK}paper/", letter | given, follow=True)


def test_a_letter_that_is_keyed_in_twice_is_asked_to_be_meant() -> None:
    """However long ago it was posted: it counts from its own day."""
    assert "The letter is recorded" in words_of(again())
    first = words_of(at_desk().get(f"{DESK}paper/"))
    assert "another letter with the same content" not in first

    asked = again()

    assert asked.status_code == 422
    assert Communication.objects.count() == 1
    assert "It is another letter with the same content" in words_of(asked)
    assert 'href="#id_confirmed"' in asked.content.decode()
    assert again(confirmed="on").status_code == 200
    assert Communication.objects.count() == 2
    assert again(workers=BIS).status_code == 200


def changed_by_letter(row: Communication) -> tuple[PaperForm, tuple[Fault, ...]]:
    """A letter of 9 March, with the proof of a failure, that ends the suspension sooner."""
    proof = SimpleUploadedFile("brief.pdf", PDF, "application/pdf")
    given = {
        "letter_on": "09/03/2025", "posted_on": "09/03/2025", "last_day": "06/04/2025",
        "changes": row.ticket, "ground": "technical_failure",
    }  # fmt: skip
    return keyed(given, {"proof": proof})


def test_a_letter_changes_a_communication() -> None:
    old = world.sent(world.expected())

    form, faults = changed_by_letter(old)

    assert (faults, dict(form.errors)) == ((), {})
    old.refresh_from_db()
    assert old.state == "modified"
    new = Communication.objects.get(changes=old)
    assert (new.last_day, new.channel) == (date(2025, 4, 6), "paper")


def test_another_employers_communication_is_not_changed_by_letter() -> None:
    theirs = world.sent(world.expected(enterprise=OTHER, establishment=world.ELSEWHERE_PLACE))

    form, faults = changed_by_letter(theirs)

    assert [one.code for one in faults if one.blocks] == ["CTW-082"]
    assert "changes" in form.errors
