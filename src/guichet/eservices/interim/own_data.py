"""Interim@Work in the copy of a person's data: what he reported, and what was said about it."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.interim.models import Feed, ReportLine
from guichet.eservices.interim.reports.words import KINDS, STATES


def _reports(acting: Acting, now: datetime) -> list[Row]:
    rows = ReportLine.objects.filter(report__person=acting.person_id).select_related("report")
    return [
        {
            "number": one.report.number,
            "relation": one.report.first_day,
            "kind": str(KINDS[one.report.kind]),
            "at": one.said_at,
            "state": str(STATES[one.state]),
            "text": one.text,
        }
        for one in rows.order_by("said_at", "pk")
    ]


def _feeds(acting: Acting, now: datetime) -> list[Row]:
    return [{"madeAt": one.made_at} for one in Feed.objects.filter(person=acting.person_id)]


register(
    Section(
        "interimReports",
        gettext_lazy("Reports about relations (Interim@Work)"),
        {
            "number": gettext_lazy("Number"),
            "relation": gettext_lazy("First day"),
            "kind": gettext_lazy("Kind"),
            "at": gettext_lazy("Moment"),
            "state": gettext_lazy("State"),
            "text": gettext_lazy("Text"),
        },
        _reports,
    )
)
register(
    Section(
        "interimFeeds",
        gettext_lazy("Secret address of your calendar (Interim@Work)"),
        {"madeAt": gettext_lazy("Made")},
        _feeds,
    )
)
