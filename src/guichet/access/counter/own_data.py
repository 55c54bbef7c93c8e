"""What the counter holds about a person: his questions and their answers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from guichet.access.counter import asking
from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting


def _questions(acting: Acting, now: datetime) -> list[Row]:
    return [
        {
            "number": one.number,
            "askedAt": one.asked_at,
            "message": one.message,
            "answer": one.answer,
            "answeredAt": one.answered_at,
        }
        for one in asking.questions_of(person_id=acting.person_id)
    ]


register(
    Section(
        "questions",
        _("Questions to the counter"),
        {
            "number": _("Number"),
            "askedAt": _("Asked"),
            "message": _("Question"),
            "answer": _("Answer"),
            "answeredAt": _("Answered"),
        },
        _questions,
    )
)
