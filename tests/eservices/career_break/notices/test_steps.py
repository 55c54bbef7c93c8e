"""Every step of a notice from every state, by its own operation: the table, cell by cell."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import pytest

from guichet.eservices.career_break.models import Draft, Notice
from guichet.eservices.career_break.notices import answering, sending, words
from guichet.eservices.career_break.notices.content import Answer
from guichet.rules.career_break.states import (
    NEXT_OF_NOTICE,
    NoticeState,
    NoticeStep,
    StepRefused,
)
from tests.eservices.career_break import world
from tests.eservices.career_break.notices import notice_world as here
from tests.eservices.career_break.world import NOW

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
_WANTED: Final = answering.Wanted(
    Answer(reasons=here.REASONS, ground="consent_regime"), date(2025, 7, 15)
)
_DONE: Final[Mapping[NoticeStep, Callable[[str], object]]] = {
    NoticeStep.ACCEPT: lambda ticket: answering.accept(
        ticket=ticket, ebox_for_all=True, sender=world.sender(), now=NOW
    ),
    NoticeStep.REFUSE: lambda ticket: answering.refuse(
        ticket=ticket, wanted=_WANTED, sender=world.sender(), now=NOW
    ),
    NoticeStep.POSTPONE: lambda ticket: answering.postpone(
        ticket=ticket, wanted=_WANTED, sender=world.sender(), now=NOW
    ),
    NoticeStep.LINK: lambda ticket: answering.begin(ticket=ticket, sender=world.sender(), now=NOW),
    NoticeStep.WITHDRAW: lambda ticket: sending.withdraw(
        ticket=ticket, worker=here.worker(), now=NOW
    ),
    NoticeStep.AGREE: lambda ticket: sending.agree(ticket=ticket, worker=here.worker(), now=NOW),
    NoticeStep.RENOUNCE: lambda ticket: sending.renounce(
        ticket=ticket, worker=here.worker(), now=NOW
    ),
}


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    world.build()


@pytest.mark.parametrize("state", NoticeState)
@pytest.mark.parametrize("step", _DONE)
def test_a_step_leads_where_the_table_says_or_nowhere(step: NoticeStep, state: NoticeState) -> None:
    regime = "tenth" if step is NoticeStep.REFUSE else "half"
    row = here.kept(state=state, regime=regime, answer_by=date(2025, 2, 28))

    if (state, step) in NEXT_OF_NOTICE:
        _DONE[step](row.ticket)
    elif step is not NoticeStep.LINK and state is NoticeState.DEEMED_ACCEPTED:
        # Silence spoke: the term says so for answers, the state for the rest.
        with pytest.raises((answering.Refused, StepRefused)):
            _DONE[step](row.ticket)
    else:
        with pytest.raises(StepRefused) as refused:
            _DONE[step](row.ticket)
        assert words.refusal(refused.value)

    found = Notice.objects.get(pk=row.pk)
    assert found.state == NEXT_OF_NOTICE.get((state, step), state)
    is_begun = (state, step) in NEXT_OF_NOTICE and step in (NoticeStep.ACCEPT, NoticeStep.LINK)
    assert Draft.objects.count() == is_begun


def test_every_state_and_ground_has_its_words_and_its_look() -> None:
    from guichet.platform.icons import STATUSES
    from guichet.rules.career_break.answers import Ground

    for state in NoticeState:
        assert words.state(state)
        assert words.look(state) in STATUSES
    assert {*words.GROUNDS} == {*Ground}
