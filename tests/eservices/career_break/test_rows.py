"""Other employers and separate weeks: rows that a button adds and takes away, and what they say."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from guichet.documents.models import Document
from guichet.eservices.career_break import checks, words
from guichet.eservices.career_break.content import OtherEmployer, asked_of
from guichet.eservices.career_break.models import Draft, Request
from guichet.eservices.career_break.operations import Refused
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import (
    DETAILS,
    begun,
    characteristics,
    day,
    hours,
    said,
)
from tests.eservices.career_break.world import FIRM, clerk

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
FIFTH = {"regime": "fifth", "first": "1/6/2025", "last": "31/10/2025", "contract": "20:00",
         "full": "38:00", "during": "12:24"}  # fmt: skip
WEEKS = {"regime": "full_flex", "has_consent": "on", "first": "7/4/2025", "last": "13/4/2025"}


def other(at: int = 0, *, contract: str = "18:00", **given: str) -> dict[str, str]:
    """A row of another employer."""
    sound = {"number": "", "name": "Autre travail", **given}
    row = {f"others-{at}-{name}": value for name, value in sound.items()}
    row |= hours(f"others-{at}-contract_minutes", contract)
    return row | hours(f"others-{at}-full_time_minutes", "38:00")


def several(*rows: dict[str, str], **given: str) -> dict[str, str]:
    """The characteristics of somebody with other employers."""
    made = characteristics(**FIFTH | given) | {"has_other_employers": "on"}
    for row in rows:
        made |= row
    return made


def block(at: int, first: str, last: str) -> dict[str, str]:
    return day(f"weeks-{at}-first_day", first) | day(f"weeks-{at}-last_day", last)


def opened(client: Client, leave: str = "parental") -> str:
    """A draft that stands at its characteristics."""
    place = begun(client)
    for step, typed in (("type", {"leave": leave}), ("details", DETAILS[leave])):
        client.post(f"{place}{step}/", typed)
    return f"{place}characteristics/"


def sent(client: Client, place: str) -> Request:
    client.post(place.replace("characteristics", "reduction"), {"has_reduction": "no"})
    answer = client.post(place.replace("characteristics", "check"), {"certified": "on"})
    assert answer.status_code == 302, said(answer)
    return Request.objects.get()


def test_a_fifth_over_two_jobs_that_make_a_whole_one_is_allowed_with_consent() -> None:
    client = clerk()
    place = opened(client)
    typed = several(other(), has_consent="on", seen="1")

    answer = client.post(place, typed)

    assert answer.status_code == 302, said(answer)
    assert "100 % of a full-time job" in said(client.get(place))
    row = sent(client, place)
    assert asked_of(row.content).others == (OtherEmployer("", "Autre travail", 1080, 2280, False),)
    page = said(client.get(f"/career-break/requests/{row.ticket}/"))
    assert "Autre travail: 18:00 of 38:00 a week" in page
    assert checks.together(asked_of(row.content)) == 1


def test_the_same_fifth_without_consent_is_refused_at_its_box() -> None:
    client = clerk()

    answer = client.post(opened(client), several(other()))

    assert answer.status_code == 422
    assert 'id="id_has_consent-error"' in answer.content.decode()


def test_jobs_that_do_not_make_a_whole_one_are_refused_a_fifth() -> None:
    client = clerk()
    typed = several(other(contract="16:00"), has_consent="on", seen="1")

    answer = client.post(opened(client), typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_regime-error"' in page
    assert "94.7 % of a full-time job" in said(answer)


def test_the_expected_hours_are_those_of_the_share_that_is_taken_here() -> None:
    client = clerk()
    typed = several(other(), has_consent="on", during="15:00", seen="1")

    answer = client.post(opened(client), typed)

    assert answer.status_code == 422
    assert "12:24" in said(answer)
    reduced = several(other(reduces="on"), has_consent="on", during="16:00", seen="1")
    assert client.post(opened(client), reduced).status_code == 302


def test_rows_are_added_and_taken_away_and_everything_typed_stays() -> None:
    client = clerk()
    place = opened(client)

    page = client.post(place, several(other(), do="add-others", comment="Deux mots"))

    assert page.status_code == 200
    html = page.content.decode()
    assert 'name="others-1-number"' in html
    assert 'value="Autre travail"' in html
    assert "Deux mots" in html
    assert "error" not in html.replace("error-summary", "").split("<main")[1].split("cb-side")[0]
    both = several(other(), other(1, name="Troisième"), do="remove-others-0", comment="Deux mots")
    html = client.post(place, both).content.decode()
    assert 'value="Troisième"' in html
    assert "Autre travail" not in html
    assert "others-1-" not in html
    assert "Deux mots" in html
    assert "Troisième" in client.get(place).content.decode()


def test_the_button_that_adds_an_employer_ticks_the_box_of_several_employers() -> None:
    client = clerk()
    place = opened(client)

    html = client.post(place, characteristics(do="add-others")).content.decode()

    assert 'name="others-0-number"' in html
    assert client.get(place).content.decode().count("others-0-number") == html.count(
        "others-0-number"
    )
    assert Draft.objects.get().typed["characteristics"]["has_other_employers"] == "on"


def test_a_tick_without_an_employer_asks_for_one_and_shows_a_row() -> None:
    client = clerk()

    empty = other(name="", contract=":") | hours("others-0-full_time_minutes", ":")
    for typed in (several(), several(empty)):
        answer = client.post(opened(client), typed)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert 'id="id_has_other_employers-error"' in page
        assert 'name="others-0-number"' in page


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"number": "0403.170.702"}, "number"),
        ({"number": FIRM}, "number"),
        ({"name": ""}, "number"),
        ({"contract": "39:00"}, "contract_minutes"),
        ({"contract": "0:00"}, "contract_minutes"),
        ({"contract": "x:00"}, "contract_minutes"),
    ],
)
def test_a_row_that_cannot_be_is_told_at_its_box(given: dict[str, str], name: str) -> None:
    client = clerk()
    place = opened(client)

    answer = client.post(place, several(other(), other(1, **given), has_consent="on", seen="1"))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#id_others-1-{name}"' in page
    assert f'id="id_others-1-{name}-error"' in page
    assert "<title>Error:" in page.replace("\n", "")
    # Who goes to the last page by its address does not lose the row unseen.
    check = place.replace("characteristics", "check")
    assert "A row of a table cannot be read" in said(client.get(check))
    assert client.post(check, {"certified": "on"}).status_code == 422
    assert Request.objects.count() == 0


def test_more_rows_than_there_can_be_are_not_read() -> None:
    client = clerk()
    place = opened(client)
    rows = [other(at, name=f"Nom {at}") for at in range(30)]

    html = client.post(place, several(*rows, do="add-others")).content.decode()

    assert "others-9-name" in html
    assert "others-10-name" not in html
    assert 'value="add-others"' not in html


def test_hostile_rows_are_text() -> None:
    client = clerk()
    place = opened(client)
    typed = several(
        other(name='<b onmouseover="x">"'),
        {"others-99999-name": "x", "others--1-name": "x", "weeks-0-": "y"},
        has_consent="on", seen="1", do="remove-others-77",
    )  # fmt: skip

    answer = client.post(place, typed)

    assert answer.status_code == 200
    assert "<b onmouseover" not in answer.content.decode()
    assert client.post(place, {"do": "add-people"}).status_code == 422


def test_the_operation_judges_the_others_of_a_program_in_the_same_words() -> None:
    wrong = (OtherEmployer(number=FIRM, contract_minutes=1080, full_time_minutes=2280),)

    with pytest.raises(Refused) as refused:
        world.filed(has_other_employers=True, others=wrong)

    assert [one.code for one in refused.value.faults if one.blocks] == ["V-OE-03"]


def test_separate_weeks_are_kept_and_stand_in_every_sentence() -> None:
    client = clerk()
    place = opened(client)
    typed = characteristics(**WEEKS, seen="1") | block(0, "5/5/2025", "18/5/2025")

    answer = client.post(place, typed)

    assert answer.status_code == 302, said(answer)
    told = "In separate weeks: 07/04/2025 - 13/04/2025; 05/05/2025 - 18/05/2025."
    assert told in said(client.get(place.replace("characteristics", "check")))
    row = sent(client, place)
    assert (row.first_day, row.last_day) == (date(2025, 4, 7), date(2025, 5, 18))
    assert asked_of(row.content).weeks == (
        (date(2025, 4, 7), date(2025, 4, 13)), (date(2025, 5, 5), date(2025, 5, 18)),
    )  # fmt: skip
    for page in ("", "receipt/", "cancel/", "modify/"):
        answer = client.get(f"/career-break/requests/{row.ticket}/{page}")
        assert told in said(answer), page
    paper = Document.objects.get(reference=row.document)
    assert "05/05/2025 - 18/05/2025" in str(paper.data)


def test_weeks_in_any_order_make_one_request_from_the_first_to_the_last() -> None:
    client = clerk()
    place = opened(client)
    typed = characteristics(**WEEKS, seen="1") | block(0, "31/3/2025", "6/4/2025")

    client.post(place, typed)
    row = sent(client, place)

    assert (row.first_day, row.last_day) == (date(2025, 3, 31), date(2025, 4, 13))
    assert asked_of(row.content).weeks[0] == (date(2025, 3, 31), date(2025, 4, 6))


@pytest.mark.parametrize(
    ("leave", "blocks", "code"),
    [
        ("parental", [("14/4/2025", "21/4/2025")], "V-DU-06"),  # eight days
        ("parental", [("12/4/2025", "18/4/2025")], "V-DU-06"),  # overlap
        ("parental", [("7/7/2025", "13/7/2025")], "V-DU-06"),  # beyond three months
        ("medical_assistance", [("14/4/2025", "27/4/2025"), ("5/5/2025", "11/5/2025")], "V-DU-07"),
    ],
)
def test_weeks_that_cannot_be_are_refused(
    leave: str, blocks: list[tuple[str, str]], code: str
) -> None:
    client = clerk()
    place = opened(client, leave)
    typed = characteristics(**WEEKS, seen="1")
    for at, (first, last) in enumerate(blocks):
        typed |= block(at, first, last)

    answer = client.post(place, typed)

    assert answer.status_code == 422
    assert 'id="id_last_day-error"' in answer.content.decode()
    asked = world.asked(
        leave=leave, regime="full_flex", has_consent=True, first_day=date(2025, 4, 7),
        last_day=date(2025, 4, 13),
        weeks=((date(2025, 4, 7), date(2025, 4, 13)), *(_days(one) for one in blocks)),
    )  # fmt: skip
    assert code in _codes(asked)


def _days(one: tuple[str, str]) -> tuple[date, date]:
    first, last = (date(*map(int, reversed(text.split("/")))) for text in one)
    return first, last


def _codes(asked: Any) -> set[str]:
    person = world.Person.objects.get(niss=world.LUC)
    facts = checks.facts_of(employer=FIRM, sector="private", person=person)
    found = checks.faults(asked=asked, facts=facts, today=world.TODAY)
    return {one.code for one in found if one.blocks}


def test_a_child_in_hospital_gives_a_week_and_the_week_that_follows_it() -> None:
    def asked(*blocks: tuple[str, str], last: str = "13/4/2025") -> set[str]:
        first = (date(2025, 4, 7), _days(("1/1/2025", last))[1])
        return _codes(
            world.asked(
                leave="medical_assistance", regime="full", details={"relation": "hospital"},
                first_day=first[0], last_day=first[1],
                weeks=(first, *map(_days, blocks)) if blocks else (),
            )
        )  # fmt: skip

    assert asked() == set()
    assert asked(last="20/4/2025") == set()
    assert asked(("14/4/2025", "20/4/2025")) == set()
    assert asked(last="14/4/2025") == {"V-DU-08"}
    assert asked(last="27/4/2025") == {"V-DU-08"}
    assert asked(("21/4/2025", "27/4/2025")) == {"V-DU-08"}


def test_weeks_of_another_regime_are_told_and_none_is_dropped() -> None:
    client = clerk()

    answer = client.post(opened(client), characteristics() | block(0, "5/5/2025", "11/5/2025"))

    assert answer.status_code == 422
    assert "Separate weeks exist only" in said(answer)


def test_a_block_that_ends_before_it_begins_is_told_at_its_box() -> None:
    client = clerk()

    answer = client.post(
        opened(client), characteristics(**WEEKS) | block(0, "18/5/2025", "5/5/2025")
    )

    assert answer.status_code == 422
    assert 'id="id_weeks-0-last_day-error"' in answer.content.decode()


def test_another_end_changes_the_last_block_and_nothing_before_it() -> None:
    weeks = ((date(2025, 4, 7), date(2025, 4, 13)), (date(2025, 5, 5), date(2025, 5, 18)))
    row = world.filed(
        regime="full_flex", has_consent=True, weeks=weeks, first_day=weeks[0][0],
        last_day=weeks[1][1],
    )  # fmt: skip

    world.modified(row, date(2025, 5, 11))

    row.refresh_from_db()
    assert row.last_day == date(2025, 5, 11)
    assert asked_of(row.content).weeks == (weeks[0], (date(2025, 5, 5), date(2025, 5, 11)))
    with pytest.raises(Refused) as refused:
        world.modified(row, date(2025, 4, 20))
    assert "V-DT-02" in [one.code for one in refused.value.faults]


def test_a_request_between_two_blocks_overlaps_for_who_cannot_be_twice_away() -> None:
    weeks = ((date(2025, 4, 7), date(2025, 4, 13)), (date(2025, 5, 5), date(2025, 5, 18)))
    world.filed(regime="full_flex", has_consent=True, weeks=weeks, last_day=weeks[1][1])

    with pytest.raises(Refused) as refused:
        world.filed(
            regime="full_flex", has_consent=True, first_day=date(2025, 4, 21),
            last_day=date(2025, 4, 27),
        )  # fmt: skip

    assert "V-DT-07" in [one.code for one in refused.value.faults]


def test_the_credit_counts_the_weeks_and_not_the_days_between_them() -> None:
    weeks = ((date(2025, 4, 7), date(2025, 4, 13)), (date(2025, 5, 5), date(2025, 5, 18)))
    world.filed(regime="full_flex", has_consent=True, weeks=weeks, last_day=weeks[1][1])
    person = world.Person.objects.get(niss=world.LUC)
    facts = checks.facts_of(employer=FIRM, sector="private", person=person)

    [taken] = facts.earlier

    assert [one.days for one in taken.weeks] == [7, 14]


@pytest.mark.parametrize(("language", "mark"), [("fr", ","), ("nl", ","), ("de", ","), ("en", ".")])
def test_a_part_of_a_full_time_job_is_never_rounded_up(language: str, mark: str) -> None:
    with translation.override(language):
        assert words.percent(Fraction(1)) == "100"
        assert words.percent(Fraction(9999, 10000)) == f"99{mark}9"
        assert words.percent(Fraction(36, 38)) == f"94{mark}7"
