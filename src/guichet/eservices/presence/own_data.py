"""The presences in the copy of a person's data: every one, whoever sent it."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.day_queries import Wanted
from guichet.eservices.presence.models import Correction
from guichet.eservices.presence.words import CORRECTION_STATES, STATUSES, TYPES
from guichet.rules.presence_corrections import State

_BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)  # of the service


def _presences(acting: Acting, now: datetime) -> list[Row]:
    wanted = Wanted(_BEGINNING, now + timedelta(days=1), ssin=acting.niss)
    return [
        {
            "receipt": act.receipt,
            "occurredAt": act.occurred_at,
            "receivedAt": act.received_at,
            "type": str(TYPES[act.type]),
            "employer": act.employer_name or act.enterprise_number or act.foreign_vat_number,
            "site": act.site_name or act.works_reference,
            "latitude": None if act.latitude is None else str(act.latitude),
            "longitude": None if act.longitude is None else str(act.longitude),
            "remarks": ", ".join(act.remarks),
            "status": str(STATUSES[act.status]),
        }
        for act in day_queries.acts(wanted=wanted, language="en")
    ]


register(
    Section(
        "presences",
        gettext_lazy("Presences (Check In and Out at Work)"),
        {
            "receipt": gettext_lazy("Receipt number"),
            "occurredAt": gettext_lazy("Moment"),
            "receivedAt": gettext_lazy("Received"),
            "type": gettext_lazy("IN or OUT"),
            "employer": gettext_lazy("Employer"),
            "site": gettext_lazy("Site"),
            "latitude": gettext_lazy("Latitude"),
            "longitude": gettext_lazy("Longitude"),
            "remarks": gettext_lazy("Remarks"),
            "status": gettext_lazy("Correction"),
        },
        _presences,
    )
)


def _corrections(acting: Acting, now: datetime) -> list[Row]:
    rows = Correction.objects.filter(person__niss=acting.niss).order_by("occurred_at", "pk")
    return [
        {
            "occurredAt": row.occurred_at,
            "type": str(TYPES[row.type]),
            "site": row.works_reference,
            "employer": row.enterprise_number or row.foreign_vat_number or "",
            "state": str(CORRECTION_STATES[State(row.state)]),
            "preparedAt": row.prepared_at,
            "words": row.words,
        }
        for row in rows
    ]


register(
    Section(
        "presenceCorrections",
        gettext_lazy("Corrections of presences"),
        {
            "occurredAt": gettext_lazy("Moment"),
            "type": gettext_lazy("IN or OUT"),
            "site": gettext_lazy("Site"),
            "employer": gettext_lazy("Employer"),
            "state": gettext_lazy("State"),
            "preparedAt": gettext_lazy("Prepared"),
            "words": gettext_lazy("Your words"),
        },
        _corrections,
    )
)
