"""A step that is not open is refused on the page and by a program, in the same words."""

from __future__ import annotations

import html
from typing import Any, Final

import pytest
from django.test import Client
from django.utils import translation

from guichet.eservices.career_break import words
from guichet.eservices.career_break.models import Notice, Part, Request
from guichet.eservices.career_break.notices import words as notice_words
from guichet.eservices.career_break.worker import sending
from guichet.rules.career_break import states
from guichet.rules.career_break.states import (
    NoticeState,
    NoticeStep,
    Party,
    State,
    Step,
    StepRefused,
)
from tests.doors import Rest, at_portal, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import Software, software
from tests.eservices.career_break.notices import notice_world
from tests.eservices.career_break.notices.notice_world import REASONS
from tests.eservices.career_break.walk import day
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.world import NOW

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
LANGUAGES: Final = ("en", "fr", "nl", "de")
LATER: Final = [one for one in State if one not in (State.DRAFT, State.WAIT_WORKER)]
STEPS: Final[dict[Step, tuple[str, dict[str, str], str, dict[str, Any]]]] = {
    Step.MODIFY: ("modify", day("last_day", "31/5/2025"), "modifications",
                  {"endDate": "2025-05-31"}),
    Step.CANCEL: ("cancel", {"certified": "on"}, "cancellations", {"isConfirmed": True}),
}  # fmt: skip
ANSWERS: Final[dict[NoticeStep, tuple[dict[str, str], dict[str, Any]]]] = {
    NoticeStep.ACCEPT: ({"do": "accept", "certified": "on"},
                        {"answer": "accept", "isCertified": True}),
    NoticeStep.REFUSE: ({"do": "refuse", "ground": "consent_regime", "reasons": REASONS},
                        {"answer": "refuse", "ground": "consentRegime", "reasons": REASONS}),
    NoticeStep.POSTPONE: ({"do": "postpone", "reasons": REASONS, **day("new_start", "15/6/2025")},
                          {"answer": "postpone", "reasons": REASONS,
                           "newStartDate": "2025-06-15"}),
}  # fmt: skip


@pytest.fixture
def payroll(rest: Rest) -> Software:
    return software(rest)


def shown(client: Client, place: str, typed: dict[str, str], language: str) -> tuple[int, str]:
    client.cookies["guichet_language"] = language
    with at_portal():
        answer = client.post(place, typed)
    return answer.status_code, " ".join(html.unescape(answer.content.decode()).split())


@pytest.mark.parametrize("state", LATER)
@pytest.mark.parametrize("step", [*STEPS])
def test_a_request_that_moved_on_is_changed_by_nobody(
    payroll: Software, step: Step, state: State
) -> None:
    row = world.filed()
    Request.objects.filter(pk=row.pk).update(state=state.value)
    act, typed, path, body = STEPS[step]
    with pytest.raises(StepRefused) as refused:
        states.after(state=state, step=step, party=Party.EMPLOYER)
    with at_portal():
        client = world.clerk()

    for language in LANGUAGES:
        status, page = shown(client, f"/career-break/requests/{row.ticket}/{act}/", typed, language)
        answer = payroll.post(
            f"/requests/{row.ticket}/{path}", body, **{"Accept-Language": language}
        )
        with translation.override(language):
            said = words.refusal(refused.value)
        assert (status, answer.status_code) == (409, 409)
        assert answer.json()["detail"] == said
        assert " ".join(said.split()) in page, (language, said)
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 1)
    assert Part.objects.count() == 0


@pytest.mark.parametrize("state", [one for one in NoticeState if one is not NoticeState.PENDING])
@pytest.mark.parametrize("step", [*ANSWERS])
def test_a_notice_that_was_settled_is_answered_by_nobody(
    payroll: Software, step: NoticeStep, state: NoticeState
) -> None:
    regime = "tenth" if step is NoticeStep.REFUSE else "half"
    row = notice_world.kept(state=state.value, regime=regime, answer_by=None)
    typed, body = ANSWERS[step]
    with pytest.raises(StepRefused) as refused:
        states.after_notice(state=state, step=step, party=Party.EMPLOYER)
    with at_portal():
        client = world.clerk()

    for language in LANGUAGES:
        status, page = shown(client, notice_world.place(row), typed, language)
        answer = payroll.post(
            f"/notices/{row.ticket}/answers", body, **{"Accept-Language": language}
        )
        with translation.override(language):
            said = notice_words.refusal(refused.value)
        assert (status, answer.status_code) == (409, 409)
        assert answer.json()["detail"] == said
        assert " ".join(said.split()) in page, (language, said)
    assert Notice.objects.get(pk=row.pk).state == state


@pytest.mark.parametrize("state", LATER)
def test_the_worker_is_refused_in_words_too(state: State) -> None:
    row = mine.typed(world.filed())
    Request.objects.filter(pk=row.pk).update(state=state.value)
    actor = mine.Actor("person", world.LUC)

    for step in (Step.COMPLETE, Step.WITHDRAW):
        act = sending.send if step is Step.COMPLETE else sending.withdraw
        with pytest.raises(StepRefused) as refused:
            act(ticket=row.ticket, actor=actor, now=NOW)
        with pytest.raises(StepRefused) as table:
            states.after(state=state, step=step, party=Party.WORKER)
        assert refused.value.why == table.value.why
    for step in ("household", "send"):
        answer = mine.himself().post(mine.place(row, f"{step}/"), mine.TYPED["household"])
        assert answer.status_code in (302, 404, 409), (step, answer.status_code)
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 1)
