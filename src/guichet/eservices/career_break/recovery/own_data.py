"""What is paid to a person for his breaks and what is asked back, in the copy of his data."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.career_break.office import words as office
from guichet.eservices.career_break.recovery import ledger, queries, words
from guichet.platform import clock


def _recoveries(acting: Acting, now: datetime) -> list[Row]:
    return [
        {
            "ticket": one.request.ticket,
            "openedAt": one.opened_at,
            "reason": str(words.REASONS[one.reason]),
            "grounds": one.grounds,
            "amount": office.euros(one.amount),
            "answerBy": one.answer_by,
            "defence": one.defence,
            "wantsHearing": one.wants_hearing,
            "monthsAsked": one.months_asked,
            "state": str(words.STATES[one.state]),
            "askedBack": office.euros(one.asked_back) if one.asked_back else "",
            "instalments": ", ".join(
                f"{until} {office.euros(cents)}" for until, cents in one.instalments
            ),
            "decidedAt": one.decided_at,
            "motivation": one.motivation,
            "documents": ", ".join(ref for ref in (one.invitation, one.document) if ref),
        }
        for one in queries.of_worker(niss=acting.niss)
    ]


def _payments(acting: Acting, now: datetime) -> list[Row]:
    today = clock.today(now)
    return [
        {
            "ticket": row.ticket,
            "firstDay": one.line.period.first_day,
            "lastDay": one.line.period.last_day,
            "gross": office.money(one.line.gross) if one.line.gross else "",
            "net": office.money(one.line.net) if one.line.net else "",
            "payDay": one.on,
            "state": str(words.MONTHS[one.state]),
        }
        for row in queries.paid_to(niss=acting.niss)
        for one in ledger.months(row, today=today, known=ledger.known_on(row, today))
    ]


register(
    Section(
        "careerBreakRecoveries",
        gettext_lazy("Break allowances that were paid too much"),
        {
            "ticket": gettext_lazy("Ticket"),
            "openedAt": gettext_lazy("Moment"),
            "reason": gettext_lazy("Reason"),
            "grounds": gettext_lazy("Grounds"),
            "amount": gettext_lazy("Amount"),
            "answerBy": gettext_lazy("You may be heard until"),
            "defence": gettext_lazy("What you said"),
            "wantsHearing": gettext_lazy("You asked to be heard at the office"),
            "monthsAsked": gettext_lazy("Months over which you would pay back"),
            "state": gettext_lazy("State"),
            "askedBack": gettext_lazy("Asked back"),
            "instalments": gettext_lazy("Instalments"),
            "decidedAt": gettext_lazy("Decided on"),
            "motivation": gettext_lazy("Why"),
            "documents": gettext_lazy("Letters"),
        },
        _recoveries,
    )
)
register(
    Section(
        "careerBreakPayments",
        gettext_lazy("Break allowances, month by month"),
        {
            "ticket": gettext_lazy("Ticket"),
            "firstDay": gettext_lazy("First day"),
            "lastDay": gettext_lazy("Last day"),
            "gross": gettext_lazy("Gross"),
            "net": gettext_lazy("Net"),
            "payDay": gettext_lazy("Pay day"),
            "state": gettext_lazy("State"),
        },
        _payments,
    )
)
