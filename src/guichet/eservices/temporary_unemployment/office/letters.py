"""The letters of the office: asked for with the decision, sealed once, not seen before the day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import override

from guichet.audit.actors import Actor
from guichet.documents.operations import Recipient, issue
from guichet.eservices.temporary_unemployment.models import Communication, Line
from guichet.eservices.temporary_unemployment.office import letter_texts, queries
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.platform import clock
from guichet.rules.temporary_unemployment.offices import Language, language

DECISION: Final = "temporary_unemployment.decision"


def language_of(row: Communication) -> str:
    """The language of the region of the establishment; in Brussels what the employer chose."""
    return language(row.postcode, wanted=Language(row.language)).value


def ask(decided: Decision, lines: Sequence[Line], *, actor: Actor, now: datetime) -> str:
    """Ask for the letter, in the caller's transaction; the reference of the document."""
    with override(decided.language):
        return issue(
            template=letter_texts.TEMPLATE,
            data=letter_texts.decision(decided, lines),
            language=decided.language,
            title=letter_texts.title(decided.number),
            recipient=Recipient(enterprise_number=decided.communication.employer.number),
            kind=DECISION,
            actor=actor,
            now=now,
            subjects=[line.niss for line in lines],
        )


def held(references: Collection[str]) -> Collection[str]:
    """Of these letters, those that nobody but the office may see yet."""
    return queries.held(references, today=clock.today(clock.now()))
