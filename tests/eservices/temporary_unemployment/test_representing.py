"""Works council and union delegation: told by the employer, who is reminded of what is due."""

from __future__ import annotations

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from guichet.audit.models import Entry
from guichet.eservices.temporary_unemployment import operations, reminding, representing
from guichet.eservices.temporary_unemployment.models import (
    Communication,
    Difficulty,
    Representation,
)
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.world import (
    ACTOR,
    FIRM,
    NOW,
    OTHER,
    SECRETARIAT,
    STRANGER,
    TODAY,
    clerk,
    expected,
    moment,
    sender,
    sent,
)
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HERE = "/temporary-unemployment/"
PLACE = f"{HERE}representation/"
YES_NO = {"has_works_council": "yes", "has_union_delegation": "no"}


def tell(council: bool, delegation: bool, employer: str = FIRM, **by: Any) -> None:
    """What the employer tells."""
    representing.tell(
        has_works_council=council, has_union_delegation=delegation, now=NOW,
        sender=sender(employer, **by),
    )  # fmt: skip


def page(client: Client, path: str, language: str = "en") -> str:
    """What a page says."""
    client.cookies["guichet_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def accident(day: str, told: str) -> Communication:
    """The nature of an accident, told."""
    said = expected(
        moment(told), reason=Reason.ACCIDENT, accident_on=date.fromisoformat(day), posted_on=None,
        notice_kind=None, regime=None, no_subcontracting=None, last_day=None,
        first_day=date.fromisoformat(day) + timedelta(days=7), lines=(),
        causes="The press broke its shaft.",
    )  # fmt: skip
    return sent(world.changed(said, kind=Kind.ACCIDENT_NATURE))


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """The clock stands at another day."""
    monkeypatch.setattr("guichet.platform.clock.now", lambda: moment(day))


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_for_who_communicates_for_the_employer(method: str) -> None:
    def status(client: Client) -> int:
        given = YES_NO if method == "post" else {}
        return int(getattr(client, method)(PLACE, given).status_code)

    assert status(clerk()) == (302 if method == "post" else 200)
    assert status(signed_in(STRANGER, FIRM)) == 403
    assert status(signed_in(world.ANNE)) == 403
    assert status(Client()) in (302, 403)
    assert Representation.objects.count() == (1 if method == "post" else 0)


def test_both_questions_are_asked_and_the_answers_come_back() -> None:
    client = clerk()
    client.cookies["guichet_language"] = "en"

    empty = client.post(PLACE, {"has_works_council": "perhaps"})
    assert empty.status_code == 422
    said = html.unescape(empty.content.decode())
    assert said.index("Say whether there is a works council.") < said.index(
        "Say whether there is a union delegation."
    )
    assert not Representation.objects.exists()
    answer = client.post(PLACE, YES_NO, follow=True)
    assert "Your answers are kept." in html.unescape(answer.content.decode())
    kept = page(client, PLACE)
    assert kept.count(" checked") == 2
    assert "Last changed on 09/03/2025." in kept
    row = Representation.objects.get()
    assert (row.has_works_council, row.has_union_delegation) == (True, False)
    assert (row.changed_at, row.changed_by) == (NOW, FIRM)


def test_telling_leaves_one_line_and_the_same_again_none() -> None:
    tell(True, False)
    tell(True, False)
    tell(False, True, sender=SECRETARIAT)

    lines = Entry.objects.filter(action="temporaryUnemployment.representation.changed")
    assert [(one.target, one.detail) for one in lines.order_by("id")] == [
        (FIRM, {"has_works_council": True, "has_union_delegation": False}),
        (FIRM, {"has_works_council": False, "has_union_delegation": True}),
    ]
    row = Representation.objects.get()
    assert row.changed_by == SECRETARIAT


def test_what_one_employer_tells_is_not_of_another() -> None:
    tell(True, True, OTHER)

    assert representing.bodies(FIRM) is None
    assert "Nothing was told yet." in page(clerk(), PLACE)


def test_an_employer_has_one_answer() -> None:
    tell(True, True)

    with pytest.raises(IntegrityError, match="tu_representation_once"), transaction(actor=ACTOR):
        Representation(
            employer=Enterprise.objects.get(number=FIRM), has_works_council=False,
            has_union_delegation=False, changed_at=NOW, changed_by=FIRM,
        ).save()  # fmt: skip


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (None, "If there is a works council or, failing that, a union delegation: inform it"),
        ((True, True), "Inform the works council"),
        ((False, True), "Inform the union delegation"),
        ((False, False), ""),
    ],
)
def test_overview_and_receipt_remind_of_whom_to_inform_of_the_economic_causes(
    told: tuple[bool, bool] | None, words: str
) -> None:
    if told is not None:
        tell(*told)
    row = sent(expected())

    for path in (HERE, f"{HERE}communications/{row.ticket}/receipt/"):
        said = page(clerk(), path)
        assert ("Of the economic causes, on the day of the notice: 09/03/2025." in said) is bool(
            words
        )
        assert words in said
        assert ("Act of 3 July 1978, art. 51" in said) is bool(words)
        assert said.count(f'href="{PLACE}"') == (told is None)


def test_what_is_told_is_one_sentence_however_much_is_due() -> None:
    sent(expected())
    accident("2025-03-08", "2025-03-09")

    said = page(clerk(), HERE)

    assert said.count("failing that, a union delegation") == 1
    assert said.index("09/03/2025.") < said.index("Of the nature of the technical accident")
    assert "on 12/03/2025 at the latest" in said


@pytest.mark.parametrize(
    ("day", "is_due"),
    [("2025-03-09", True), ("2025-03-12", True), ("2025-03-13", False)],
)
def test_the_nature_of_an_accident_is_due_for_four_days(
    day: str, is_due: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(True, False)
    row = accident("2025-03-08", "2025-03-08")
    at(monkeypatch, day)

    found = representing.due(employer=FIRM, today=date.fromisoformat(day))

    assert [one.ticket for one in found] == ([row.ticket] if is_due else [])
    assert ("Inform the works council" in page(clerk(), HERE)) is is_due
    receipt = page(clerk(), f"{HERE}communications/{row.ticket}/receipt/")
    assert "on 12/03/2025 at the latest" in receipt


def test_what_was_withdrawn_or_comes_from_another_makes_nothing_due() -> None:
    row = sent(expected())
    operations.cancel(ticket=row.ticket, sender=sender(), now=NOW)

    assert representing.due(employer=FIRM, today=TODAY) == ()
    assert representing.due(employer=OTHER, today=TODAY) == ()
    said = page(clerk(), f"{HERE}communications/{row.ticket}/receipt/")
    assert "Of the economic causes, on the day" not in said


def test_a_form_c106a_makes_a_copy_due_on_its_day() -> None:
    with transaction(actor=ACTOR):
        Difficulty(
            employer=Enterprise.objects.get(number=FIRM), form="C106A", ground="turnover",
            sent_on=TODAY, recorded_at=NOW,
        ).save()  # fmt: skip

    [found] = representing.due(employer=FIRM, today=TODAY)

    assert found.ticket == ""
    assert "With a copy of form C106A, on the day on which it is sent: 09/03/2025." in page(
        clerk(), HERE
    )
    assert representing.due(employer=FIRM, today=TODAY + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("E", "Of the economic causes, on the day of the notice to the workers."),
        ("T", "Of the nature of a technical accident, within four days."),
        ("SE", "With a copy of form C106A, on the day on which you send the form."),
        ("I", ""),
    ],
)
def test_where_a_communication_begins_stands_whom_to_inform_beside_it(
    reason: str, words: str
) -> None:
    untold = page(clerk(), f"{HERE}new/{reason}/")
    assert ("failing that, a union delegation" in untold) is bool(words)
    tell(False, True)
    said = page(clerk(), f"{HERE}new/{reason}/")
    assert words in said
    assert ("Inform the union delegation." in said) is bool(words)
    tell(False, False)
    assert "nform the union" not in page(clerk(), f"{HERE}new/{reason}/")


@pytest.mark.parametrize("day", ["2025-03-11", "2025-03-12", "2025-03-13"])
def test_on_the_last_day_a_message_reminds_the_employer_and_nobody_else(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages: list[dict[str, Any]] = []

    class _Task:
        def defer(self, **given: Any) -> None:
            messages.append(given)

    tell(False, True)
    accident("2025-03-08", "2025-03-08")
    monkeypatch.setattr(reminding, "_sender", lambda: "0206731645")
    monkeypatch.setattr(reminding.app, "configure_task", lambda name, **_more: _Task())

    told = reminding.remind(now=moment(day))

    assert told == len(messages) == (day == "2025-03-12")
    for one in messages:
        assert one["enterprise_number"] == FIRM
        assert one["subject"] == one["body"].splitlines()[0]
        assert "12/03/2025" in one["body"]


def test_days_off_and_representation_lead_to_each_other() -> None:
    assert f'href="{PLACE}"' in page(clerk(), f"{HERE}closed-days/2025/")
    assert f'href="{HERE}closed-days/"' in page(clerk(), PLACE)
