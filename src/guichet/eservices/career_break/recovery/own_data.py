"""What is asked back of a person, in the copy of his data."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.career_break.office import words as office
from guichet.eservices.career_break.recovery import queries, words


def _recoveries(acting: Acting, now: datetime) -> list[Row]:
    return [
        {
            "ticket": one.request.ticket,
            "openedAt": one.opened_at,
            "reason": str(words.REASONS[one.reason]),
            "grounds": one.grounds,
            "amount": office.euros(one.amount),
            "defence": one.defence,
            "state": str(words.STATES[one.state]),
            "askedBack": office.euros(one.asked_back) if one.asked_back else "",
            "motivation": one.motivation,
        }
        for one in queries.of_worker(niss=acting.niss)
    ]


register(
    Section(
        "careerBreakRecoveries",
        gettext_lazy("Break allowances paid too much"),
        {
            "ticket": gettext_lazy("Ticket"),
            "openedAt": gettext_lazy("Moment"),
            "reason": gettext_lazy("Reason"),
            "grounds": gettext_lazy("Grounds"),
            "amount": gettext_lazy("Amount"),
            "defence": gettext_lazy("What you said"),
            "state": gettext_lazy("State"),
            "askedBack": gettext_lazy("Asked back"),
            "motivation": gettext_lazy("Why"),
        },
        _recoveries,
    )
)
