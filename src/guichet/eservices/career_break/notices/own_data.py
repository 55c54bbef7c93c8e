"""A person's notices in the copy of his data: what he wished, and what the employer answered."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.career_break import words as of_requests
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import standing, words
from guichet.platform import clock


def _notices(acting: Acting, now: datetime) -> list[Row]:
    rows = Notice.objects.filter(person=acting.person_id).select_related("employer")
    today = clock.today(now)
    return [
        {
            "ticket": row.ticket,
            "employer": row.employer.number,
            "leave": str(of_requests.LEAVES[row.leave]),
            "regime": str(of_requests.REGIMES[row.regime]),
            "firstDay": row.first_day,
            "lastDay": row.last_day,
            "sentAt": row.sent_at,
            "state": str(words.STATES[standing.state_of(row, today=today)]),
        }
        for row in rows.order_by("sent_at", "pk")
    ]


register(
    Section(
        "careerBreakNotices",
        gettext_lazy("Notices of a career break to your employers"),
        {
            "ticket": gettext_lazy("Ticket"),
            "employer": gettext_lazy("Employer"),
            "leave": gettext_lazy("Type of interruption"),
            "regime": gettext_lazy("Régime"),
            "firstDay": gettext_lazy("First day"),
            "lastDay": gettext_lazy("Last day"),
            "sentAt": gettext_lazy("Sent"),
            "state": gettext_lazy("State"),
        },
        _notices,
    )
)
