"""Remaining credits in the copy of a person's data: his codes, and for whom he took breaks."""

from datetime import datetime

from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.career_break.credit.models import Attestation, ForWhom


def _codes(acting: Acting, now: datetime) -> list[Row]:
    rows = Attestation.objects.filter(person=acting.person_id).select_related("used_by")
    return [
        {
            "madeAt": one.made_at,
            "shownUntil": one.shown_until,
            "usedAt": one.used_at,
            "usedBy": one.used_by.number if one.used_by else None,
            "revokedAt": one.revoked_at,
        }
        for one in rows.order_by("made_at", "pk")
    ]


def _persons(acting: Acting, now: datetime) -> list[Row]:
    rows = ForWhom.objects.filter(request__person=acting.person_id).select_related("request")
    return [
        {
            "ticket": one.request.ticket,
            "name": one.name,
            "bornOn": one.born_on,
            "saidAt": one.said_at,
        }
        for one in rows.order_by("said_at", "pk")
    ]


register(
    Section(
        "careerBreakCodes",
        gettext_lazy("Codes of your remaining credit (career break)"),
        {
            "madeAt": pgettext_lazy("a code", "Made"),
            "shownUntil": gettext_lazy("Opens until"),
            "usedAt": pgettext_lazy("a code", "Opened"),
            "usedBy": gettext_lazy("By"),
            "revokedAt": pgettext_lazy("a code", "Revoked"),
        },
        _codes,
    )
)
register(
    Section(
        "careerBreakPersons",
        gettext_lazy("For whom you took breaks (career break)"),
        {
            "ticket": gettext_lazy("Ticket"),
            "name": gettext_lazy("Name"),
            "bornOn": gettext_lazy("Date of birth"),
            "saidAt": gettext_lazy("Moment"),
        },
        _persons,
    )
)
