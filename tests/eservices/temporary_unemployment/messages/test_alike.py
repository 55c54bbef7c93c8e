"""The same communication typed on a page, sent as JSON or as a form of a file is judged alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import msgspec
import pytest

from guichet.eservices.temporary_unemployment import judging, typed
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.messages import reading, telling
from guichet.eservices.temporary_unemployment.messages.api import wire
from guichet.eservices.temporary_unemployment.typed import Begun
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files
from tests.eservices.temporary_unemployment.world import ANNE, FIRM, LUC, PLACE, moment

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
_CAUSES: Final = "Orders fell by a third since January."
_KINDS: Final = {
    Kind.EXPECTED: ("expected", "TWCT001"),
    Kind.FIRST_DAY: ("firstDay", "TWCT002"),
    Kind.ACCIDENT_NATURE: ("accidentNature", "TWCT003"),
    Kind.FORCE_MAJEURE: ("forceMajeure", "TWCT005"),
    Kind.STRIKE: ("strike", "TWCT006"),
}
_SCHEMES: Final = {
    "full": ("full", "1"), "large": ("large", "2"), "small": ("small", "3"),
    "white_full": ("whiteFull", "5"), "white_reduced": ("whiteReduced", "6"),
}  # fmt: skip
_NAMES: Final = {
    # here: (step and box of the page, member, element)
    "posted": ("period", "posted_on", "noticeDate", "NotificationDate"),
    "first": ("period", "first_day", "startDate", "SuspensionStartingDate"),
    "last": ("period", "last_day", "endDate", "SuspensionEndingDate"),
    "accident": ("accident", "accident_on", "accidentDate", "AccidentDate"),
    "causes": ("causes", "causes", "reasonDescription", "ReasonDescription"),
    "nature": ("weather", "nature_of_work", "workNature", "WorkNature"),
    "weather": ("weather", "weather", "weatherNature", "WeatherNature"),
    "why": ("weather", "why_impossible", "impossibilityReason", "ImpossibilityReason"),
}
_PLACED: Final = ("full address", "Rue Haute 12 bte 3, 4000 Liège, BE")


def by_page(kind: Kind, reason: str, said: dict[str, Any], now: datetime) -> Told:
    """As it is typed in the steps."""
    steps: dict[str, dict[str, Any]] = {
        "place": {"establishment": PLACE, "committee": said["committee"],
                  "level": said.get("level", "")},
        "causes": {"no_subcontracting": "on"},
        "weather": {"workplace": _PLACED[1]} if said.get("workplace") else {},
    }  # fmt: skip
    for name, (step, box, _member, _element) in _NAMES.items():
        if name in said:
            value = said[name]
            shown = (
                typed.written(date.fromisoformat(value)) if box.endswith(("day", "_on")) else value
            )
            steps.setdefault(step, {})[box] = shown
    period = steps.setdefault("period", {})
    if "regime" in said:
        period |= {"regime": said["regime"], "notice_kind": "posted", "weeks": "1"}
        period |= {f"work-0-{at}": "on" for at, sign in enumerate(said["week"]) if sign == "1"}
    lines = [
        {"niss": niss, "day": typed.written(date.fromisoformat(day)) if day else "",
         "unit": said.get("unit", "")}
        for niss, day in said.get("workers", ())
    ]  # fmt: skip
    begun = Begun(
        kind=kind, reason=Reason(reason), employer=FIRM, postcodes={PLACE: "4000"},
        typed=steps | {"workers": {"scope": "workers", "lines": lines}},
    )  # fmt: skip
    read = typed.read(begun, now=now)
    assert not read.unreadable
    return read.told


def by_rest(kind: Kind, reason: str, said: dict[str, Any], now: datetime) -> Told:
    """As it is sent in JSON."""
    body: dict[str, Any] = {
        "kind": _KINDS[kind][0], "reason": reason, "enterpriseNumber": FIRM,
        "establishmentUnit": {"number": PLACE, "postCode": "4000"},
        "jointCommission": said["committee"],
    }  # fmt: skip
    body |= {member: said[name] for name, (_s, _b, member, _e) in _NAMES.items() if name in said}
    if said.get("level"):
        body["level"] = said["level"]
    if "regime" in said:
        body |= {"regime": _SCHEMES[said["regime"]][0], "noticeMode": "posted",
                 "workPattern": [said["week"]], "hasNoSubcontracting": True}  # fmt: skip
    if said.get("workplace"):
        body["workplace"] = _PLACED[1]
    unit = {"yes": True, "no": False}.get(said.get("unit", ""))
    body["workers"] = [
        {"ssin": niss} | ({"firstEffectiveDay": day} if day else {})
        | ({} if unit is None else {"isStrikeUnitMember": unit})
        for niss, day in said.get("workers", ())
    ]  # fmt: skip
    return wire.told_of(msgspec.convert(body, wire.Communication), received_at=now, language="fr")


def by_file(kind: Kind, reason: str, said: dict[str, Any], now: datetime) -> Told:
    """As a form of a file."""
    form: dict[str, Any] = files.without(
        files.expected(), "NotificationDate", "NotificationMode", "SuspensionScheme",
        "SuspensionStartingDate", "SuspensionEndingDate", "ReasonDescription",
        "NoSubcontractingDeclaration", "NaturalPerson",
    )  # fmt: skip
    form |= {
        "Identification": _KINDS[kind][1], "TemporaryUnemploymentReason": reason,
        "JointCommissionNbr": said["committee"],
    }  # fmt: skip
    form["EmployerDeclarationLink"] = form["EmployerDeclarationLink"] | {"CompanyID": FIRM}
    form["EstablishmentUnit"] = form["EstablishmentUnit"] | {"EstablishmentUnitNbr": PLACE}
    form |= {element: said[name] for name, (_s, _b, _m, element) in _NAMES.items() if name in said}
    if said.get("level"):
        form["OccupationLevel"] = {"blue": "B", "white": "W"}[said["level"]]
    if "regime" in said:
        form |= {"SuspensionScheme": _SCHEMES[said["regime"]][1], "NotificationMode": "1",
                 "WorkPattern": {"CycleWeek": "1", "WorkingDays": said["week"]},
                 "NoSubcontractingDeclaration": "1"}  # fmt: skip
    if said.get("workplace"):
        form["Workplace"] = files.WORKPLACE
    unit = {"yes": "1", "no": "0"}.get(said.get("unit", ""))
    people = [
        files.person(niss, at, **({"FirstEffectiveDay": day} if day else {}),
                     **({} if unit is None else {"StrikeUnitMember": unit}))
        for at, (niss, day) in enumerate(said.get("workers", ()), start=1)
    ]  # fmt: skip
    if people:
        form["NaturalPerson"] = people
    [one] = reading.read(
        [files.written([form])], schema=files.SCHEMA, channel=Channel.BATCH, received_at=now,
        limits=files.LIMITS,
    )  # fmt: skip
    assert one.faults == (), files.codes(one)
    told = telling.told_of(one, language="fr")
    assert told is not None
    return told


def economic(**other: Any) -> dict[str, Any]:
    """A full suspension of Anne that is announced in time on 7 March 2025."""
    return {
        "committee": "111", "posted": "2025-03-07", "first": "2025-03-17", "last": "2025-04-13",
        "regime": "full", "week": "0000000", "causes": _CAUSES, "workers": [(ANNE, "")],
    } | other  # fmt: skip


_WHITE: Final = {"committee": "200", "regime": "white_full"}
_FROST: Final = {
    "committee": "111", "nature": "Bricklaying", "weather": "Frost", "why": "Mortar cannot set",
    "workplace": True,
}  # fmt: skip
CASES: Final[dict[str, tuple[str, Kind, str, dict[str, Any], list[str]]]] = {
    "in time": ("2025-03-07", Kind.EXPECTED, "E", economic(), []),
    "late": ("2025-03-10", Kind.EXPECTED, "E", economic(posted="2025-03-10"), ["CTW-014"]),
    "late for its end": (
        "2025-03-14", Kind.EXPECTED, "E", economic(posted="2025-03-14", last="2025-03-20"),
        ["CTW-014"],
    ),
    "told later": ("2025-03-12", Kind.EXPECTED, "E", economic(), ["CTW-015.late"]),
    "too long": ("2025-03-07", Kind.EXPECTED, "E", economic(last="2025-04-14"), ["CTW-020"]),
    "electricians": (
        "2025-03-07", Kind.EXPECTED, "E", economic(last="2025-05-12", committee="14901"),
        ["CTW-020"],
    ),
    "fuel": (
        "2025-03-14", Kind.EXPECTED, "E", economic(committee="127", posted="2025-03-14"), [],
    ),
    "small, with two days": (
        "2025-03-07", Kind.EXPECTED, "E", economic(regime="small", week="1100000"), ["CTW-031"],
    ),
    "white committee": (
        "2025-03-07", Kind.EXPECTED, "E", economic(committee="200"), ["CTW-030"],
    ),
    "mixed committee, white": (
        "2025-03-07", Kind.EXPECTED, "E", economic(committee="302", level="white"), ["CTW-030"],
    ),
    "mixed committee": ("2025-03-07", Kind.EXPECTED, "E", economic(committee="302"), ["CTW-007"]),
    "white collars": ("2025-03-07", Kind.EXPECTED, "SE", economic(**_WHITE), ["CTW-033"]),
    "white collars, one day": (
        "2025-03-07", Kind.EXPECTED, "SE",
        economic(committee="200", regime="white_reduced", week="1000000", last="2025-04-11"),
        ["CTW-018", "CTW-033", "CTW-034"],
    ),
    "the same twice": (
        "2025-03-07", Kind.EXPECTED, "E", economic(workers=[(ANNE, ""), (LUC, ""), (ANNE, "")]),
        ["CTW-005"],
    ),
    "first day, late and not announced": (
        "2025-04-24", Kind.FIRST_DAY, "E", {"committee": "111", "workers": [(ANNE, "2025-04-22")]},
        ["CTW-042", "CTW-043"],
    ),
    "two months": (
        "2025-04-01", Kind.FIRST_DAY, "I",
        _FROST | {"workers": [(ANNE, "2025-03-31"), (LUC, "2025-04-01")]}, ["CTW-046"],
    ),
    "frost, without a why": (
        "2025-03-07", Kind.FIRST_DAY, "I",
        {name: value for name, value in _FROST.items() if name != "why"}
        | {"workers": [(ANNE, "2025-03-07")]},
        ["CTW-047"],
    ),
    "frost, too early": (
        "2025-04-17", Kind.FIRST_DAY, "I", _FROST | {"workers": [(ANNE, "2025-04-22")]},
        ["CTW-041"],
    ),
    "accident": (
        "2025-04-23", Kind.ACCIDENT_NATURE, "T",
        {"committee": "111", "accident": "2025-04-18", "first": "2025-04-24",
         "causes": "The press broke its shaft."},
        ["CTW-051", "CTW-052"],
    ),
    "force majeure": (
        "2025-02-01", Kind.FORCE_MAJEURE, "F",
        {"committee": "111", "first": "2025-02-01", "last": "2025-05-01",
         "causes": "The river flooded both halls.", "workers": [(ANNE, "")]},
        ["CTW-061"],
    ),
    "strike without an answer": (
        "2025-03-10", Kind.STRIKE, "G",
        {"committee": "111", "causes": "Strike of the fitters.", "workplace": True,
         "workers": [(ANNE, "2025-03-07")]},
        ["CTW-070.unit", "CTW-071"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_page_a_call_and_a_file_are_told_the_same(case: str) -> None:
    day, kind, reason, said, expected = CASES[case]
    now = moment(day)
    answers = [
        judging.judge(told=make(kind, reason, said, now), sender=FIRM, now=now)
        for make in (by_page, by_rest, by_file)
    ]

    page, rest, form = answers
    assert sorted(one.key for one in page) == expected
    assert rest == page
    assert form == page


@pytest.mark.parametrize(
    ("closes", "expected"),
    [(date(2025, 3, 16), ["CTW-008.closed"]), (date(2025, 3, 17), [])],
)
def test_a_closed_establishment_is_told_alike_by_every_way(
    closes: date, expected: list[str]
) -> None:
    world.shut(closes)
    now = moment("2025-03-07")
    page, rest, form = [
        judging.judge(told=make(Kind.EXPECTED, "E", economic(), now), sender=FIRM, now=now)
        for make in (by_page, by_rest, by_file)
    ]

    assert [one.key for one in page] == expected
    assert rest == page
    assert form == page
