"""The scenarios with the very days and hours that they are printed with: codes, words, ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from guichet.eservices.career_break import checks, operations
from guichet.eservices.career_break.models import Part, Request
from guichet.eservices.career_break.operations import Refused
from guichet.platform import clock
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import clerk

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
JUNE: Final = datetime(2025, 6, 20, 9, tzinfo=UTC)
FEBRUARY: Final = datetime(2025, 2, 3, 9, tzinfo=UTC)
HALF: Final[dict[str, Any]] = {
    "regime": "half", "first_day": date(2025, 9, 1), "last_day": date(2025, 11, 30),
    "break_minutes": 1200, "notified_on": date(2025, 6, 15),
}  # fmt: skip
TENTH: Final = HALF | {"regime": "tenth", "break_minutes": 2160, "last_day": date(2026, 6, 30)}
FIFTH: Final = HALF | {"regime": "fifth", "full_time_minutes": 2280, "last_day": date(2026, 1, 31)}
ASSISTANCE: Final = HALF | {
    "leave": "medical_assistance", "details": {"relation": "family"},
    "first_day": date(2025, 7, 1), "last_day": date(2025, 10, 31),
}  # fmt: skip


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Put the clock on a moment."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.parametrize(
    ("row", "given", "codes"),
    [
        ("c25", HALF, {"V-DU-02"}),
        ("c27", TENTH, {"V-RG-02"}),
        ("c28", FIFTH | {"contract_minutes": 1800, "break_minutes": 1344}, {"V-RG-01"}),
        ("c29", FIFTH | {"contract_minutes": 2280, "break_minutes": 1800}, {"V-HR-05"}),
        ("c31", HALF | {"full_time_minutes": 2280, "break_minutes": 1140}, {"V-HR-02"}),
        ("c34", ASSISTANCE, {"V-DU-04"}),
        ("c35", {"leave": "end_of_career", "regime": "full", "first_day": date(2025, 9, 1),
                 "last_day": date(2025, 11, 30), "notified_on": date(2025, 6, 15)}, {"V-RG-01"}),
        ("c37", HALF | {"first_day": date(2025, 6, 1),
                        "last_day": date(2025, 7, 31)}, {"V-NT-01"}),
        ("v-du-03", {"leave": "time_credit", "regime": "fifth", "first_day": date(2025, 9, 1),
                     "details": {"kind": "time_credit", "motive": "disabled_child"},
                     "last_day": date(2025, 11, 30), "contract_minutes": 2280,
                     "full_time_minutes": 2280, "break_minutes": 1824,
                     "notified_on": date(2025, 5, 15)}, {"V-DU-03"}),
        ("v-du-07", {"leave": "medical_assistance", "regime": "full_flex", "has_consent": True,
                     "details": {"relation": "family"}, "first_day": date(2025, 7, 7),
                     "last_day": date(2025, 8, 3), "notified_on": date(2025, 6, 15)},
         {"V-DU-07"}),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_its_code(row: str, given: dict[str, Any], codes: set[str]) -> None:
    with pytest.raises(Refused) as refused:
        world.filed(now=JUNE, **given)

    found = {one.code for one in refused.value.faults if one.blocks}
    assert codes <= found, (row, found)
    assert Request.objects.count() == 0


def test_c24_as_printed_is_filed_and_the_warning_is_kept(at: Callable[[datetime], None]) -> None:
    row = world.filed(
        now=FEBRUARY, first_day=date(2025, 2, 24), last_day=date(2025, 3, 23),
        notified_on=date(2025, 2, 1), reason="Terme plus court convenu",
    )  # fmt: skip

    assert "V-NT-03" in [one["key"] for one in row.content["warned"]]
    assert row.ticket.startswith("04W")
    assert row.state == "wait_worker"


def test_c25_as_printed_proposes_the_end_of_october_and_of_december(
    at: Callable[[datetime], None],
) -> None:
    at(JUNE)
    typed = {"regime": "half", "first": "1/9/2025", "last": "30/11/2025", "during": "20:00",
             "notified": "15/6/2025"}  # fmt: skip

    answer = walk.asked(clerk(), **typed)

    assert answer.status_code == 422
    page = said(answer)
    assert "31/10/2025" in page
    assert "31/12/2025" in page
    for other in ("30/09/2025", "31/01/2026", "28/02/2026"):
        assert other not in page
    flexible = walk.asked(
        clerk(), **typed | {"regime": "half_flex", "has_consent": "on", "seen": "1"}
    )
    assert flexible.status_code == 302, said(flexible)


def test_c27_as_printed_names_the_agreement_at_its_box(at: Callable[[datetime], None]) -> None:
    at(JUNE)
    answer = walk.asked(
        clerk(), regime="tenth", first="1/9/2025", last="30/6/2026", during="36:00",
        notified="15/6/2025",
    )  # fmt: skip

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_has_consent-error"' in page
    assert 'href="#id_has_consent"' in page
    assert "requires the employer" in said(answer)


def test_c28_and_c34_say_what_the_law_asks(at: Callable[[datetime], None]) -> None:
    at(JUNE)
    part_timer = walk.asked(
        clerk(), regime="fifth", contract="30:00", full="38:00", during="22:24",
        first="1/9/2025", last="31/1/2026", notified="15/6/2025",
    )  # fmt: skip
    too_long = walk.asked(
        clerk(), "medical_assistance", regime="half", during="20:00", first="1/7/2025",
        last="31/10/2025", notified="15/6/2025",
    )  # fmt: skip

    assert "requires a full-time contract" in said(part_timer)
    assert "The most per request for this form" in said(too_long)
    assert "3 months" in said(too_long)


def test_c47_as_printed_changes_the_end_from_april_to_may_2024(
    at: Callable[[datetime], None],
) -> None:
    then = datetime(2024, 1, 30, 9, tzinfo=UTC)
    row = world.filed(
        now=then, first_day=date(2024, 4, 1), last_day=date(2024, 4, 30),
        notified_on=date(2024, 1, 20),
    )  # fmt: skip

    part = operations.modify_end(
        ticket=row.ticket, last_day=date(2024, 5, 31), comment="", sender=world.sender(), now=then
    )

    row.refresh_from_db()
    assert (row.last_day, row.state) == (date(2024, 5, 31), "wait_worker")
    assert part.ticket != row.ticket
    assert row.versions.get(number=1).last_day == date(2024, 4, 30)


def test_c48_as_printed_refuses_two_months_and_a_half() -> None:
    row = world.filed()

    with pytest.raises(Refused) as refused:
        world.modified(row, date(2025, 6, 15))

    assert [one.code for one in refused.value.faults if one.blocks] == ["V-DU-01"]
    assert Part.objects.count() == 0


def test_more_than_the_employer_filed_for_is_a_warning_with_its_code() -> None:
    """The employer does not see the credit: what he filed himself is all that he is warned by."""
    world.filed(first_day=date(2025, 4, 1), last_day=date(2025, 7, 31))
    person = world.Person.objects.get(niss=world.LUC)
    facts = checks.facts_of(employer=world.FIRM, sector="private", person=person)
    asked = world.asked(
        first_day=date(2025, 9, 1), last_day=date(2025, 9, 30), notified_on=date(2025, 6, 15)
    )

    found = checks.faults(asked=asked, facts=facts, today=JUNE.date())

    assert [one.code for one in found if one.blocks] == []
    assert "V-DU-05" in [one.code for one in found]


def test_a_palliative_leave_of_two_months_is_too_long() -> None:
    given = {"leave": "palliative", "details": {"attested_on": "2025-06-18", "period": "first"},
             "first_day": date(2025, 7, 1), "last_day": date(2025, 8, 31),
             "notified_on": date(2025, 6, 18)}  # fmt: skip

    with pytest.raises(Refused) as refused:
        world.filed(now=JUNE, **given)

    assert "V-DU-04" in [one.code for one in refused.value.faults if one.blocks]
