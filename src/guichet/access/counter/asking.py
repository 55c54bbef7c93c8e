"""Asking a question, and reading one's own."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from guichet.access.counter.models import Question
from guichet.access.sessions import Acting
from guichet.audit import trail
from guichet.audit.actors import system
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, throttle
from guichet.platform.db import transaction
from guichet.rules.questions import State

# A visitor is counted by his network address, a signed-in person by himself.
_HOUR: Final = 3600
_LIMIT_OF_VISITORS: Final = 5
_LIMIT_OF_PERSONS: Final = 10
_SEQUENCES: Final = 34**8


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody filled in; ``email``: of a visitor, empty for a signed-in person."""

    topic: str
    message: str = field(repr=False)
    language: str
    service: str | None = None
    email: str = field(default="", repr=False)


def ask(*, asked: Asked, acting: Acting | None, source: str, now: datetime) -> Question:
    """Keep a question; it has a number that nobody can guess.

    ``source``: the network address of a visitor, counted and not kept.
    Raises throttle.Throttled after too many in an hour.
    """
    if acting is None:
        throttle.hit(key=f"question:{source}", limit=_LIMIT_OF_VISITORS, seconds=_HOUR, now=now)
    else:
        key = f"question-of:{acting.person_id}"
        throttle.hit(key=key, limit=_LIMIT_OF_PERSONS, seconds=_HOUR, now=now)
    with transaction():
        question = Question.objects.create(
            number=_number(now),
            person_id=acting.person_id if acting else None,
            enterprise_number=acting.enterprise_number if acting else None,
            email="" if acting else asked.email,
            language=asked.language,
            topic=asked.topic,
            service=asked.service,
            message=asked.message,
            asked_at=now,
            state=State.NEW.value,
        )
        trail.record(
            action="counter.question.asked",
            actor=acting.actor if acting else system("visitor"),
            target=question.number,
            now=now,
            detail={"topic": asked.topic, "service": asked.service},
        )
    return question


def questions_of(*, person_id: int) -> list[Question]:
    """What a person asked, the newest first."""
    return list(Question.objects.filter(person=person_id).order_by("-asked_at", "-id"))


def answers_since(*, person_id: int, since: datetime) -> int:
    """How many of a person's questions were answered since then."""
    return Question.objects.filter(person=person_id, answered_at__gte=since).count()


def _number(now: datetime) -> str:
    prefix = f"{clock.today(now):%y}Q"
    return TicketNumber.generate(prefix=prefix, sequence=secrets.randbelow(_SEQUENCES)).signs
