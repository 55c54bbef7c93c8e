"""The badges and cards of a person in the copy of his data; the code of a card is nowhere."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.presence.kiosk.models import Means
from guichet.eservices.presence.kiosk.words import MEANS
from guichet.rules.presence_means import By


def _means(acting: Acting, now: datetime) -> list[Row]:
    rows = Means.objects.filter(person__niss=acting.niss).order_by("issued_at", "pk")
    return [
        {
            "means": str(MEANS[By(row.kind)]),
            "number": row.identifier,
            "employer": row.enterprise_number,
            "issuedAt": row.issued_at,
            "blockedAt": row.blocked_at,
        }
        for row in rows
    ]


register(
    Section(
        "presenceMeans",
        gettext_lazy("Badges and cards"),
        {
            "means": gettext_lazy("Means"),
            "number": gettext_lazy("Number of the badge"),
            "employer": gettext_lazy("Employer"),
            "issuedAt": gettext_lazy("Given"),
            "blockedAt": gettext_lazy("Blocked"),
        },
        _means,
    )
)
