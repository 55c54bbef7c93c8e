"""Decisions go back as messages (DEFI) to who sent the communication by software."""

from datetime import datetime
from typing import Final

from guichet.eservices.temporary_unemployment.messages import decisions
from guichet.eservices.temporary_unemployment.messages.writing import Decided
from guichet.eservices.temporary_unemployment.messages.writing import Result as Told
from guichet.eservices.temporary_unemployment.office import channels
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.rules.temporary_unemployment.decisions import Result
from guichet.rules.temporary_unemployment.kinds import Channel

_RESULTS: Final = {
    Result.ACCEPTED: Told.ACCEPTED,
    Result.REFUSED: Told.REFUSED,
    Result.PARTLY: Told.PARTIALLY_ACCEPTED,
}


def deliver(decision: Decision, pdf: bytes, now: datetime) -> bool:
    """Lay the message of a decision down for its sender; False when the sender has no channel."""
    row = decision.communication
    told = Decided(
        number=decision.number,
        decided_on=decision.decided_on,
        result=_RESULTS[Result(decision.result)],
        ticket=row.ticket,
        own_reference=row.own_reference,
        reasons=tuple(decision.codes),
        accepted_from=decision.accepted_from,
        accepted_until=decision.accepted_until,
        language=decision.language,
        is_revised=decision.version > 1,
    )
    return decisions.deliver(communication=row, decided=told, pdf=pdf, now=now)


for _channel in (Channel.BATCH, Channel.REST):
    channels.register(_channel, deliver)
