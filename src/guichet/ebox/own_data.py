"""The e-Box in the copy of a person's data: what he received and what he opened."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.ebox import labels, senders
from guichet.ebox.models import Box, Consumer, Message, Reading, Reply, SavedSearch


def _box(acting: Acting, now: datetime) -> list[Row]:
    return [
        {
            "openedAt": one.opened_at,
            "withdrawnAt": one.withdrawn_at,
            "email": one.email,
            "language": one.language,
            "mails": one.mails,
        }
        for one in Box.objects.filter(person=acting.person_id)
    ]


def _messages(acting: Acting, now: datetime) -> list[Row]:
    rows = Message.objects.filter(box__person=acting.person_id).select_related("sender")
    carried = labels.of_messages(messages=[row.pk for row in rows])
    return [
        {
            "receivedAt": one.published_at,
            "sender": senders.name_of(one.sender),
            "subject": one.subject,
            "readAt": one.read_at,
            "expiresOn": one.expires_on,
            "labels": ", ".join(label.name for label in carried.get(one.pk, [])),
        }
        for one in rows.order_by("published_at", "pk")
    ]


def _openings(acting: Acting, now: datetime) -> list[Row]:
    rows = Reading.objects.filter(person=acting.person_id).select_related("message")
    return [{"at": one.at, "message": str(one.message.uuid)} for one in rows.order_by("at", "pk")]


def _replies(acting: Acting, now: datetime) -> list[Row]:
    rows = Reply.objects.filter(person=acting.person_id).select_related("message")
    return [
        {"at": one.at, "subject": one.message.subject, "text": one.text}
        for one in rows.order_by("number")
    ]


def _searches(acting: Acting, now: datetime) -> list[Row]:
    rows = SavedSearch.objects.filter(person=acting.person_id).order_by("kept_at", "pk")
    return [{"at": one.kept_at, "name": one.name} for one in rows]


def _programs(acting: Acting, now: datetime) -> list[Row]:
    rows = Consumer.objects.filter(box__person=acting.person_id).order_by("named_at", "pk")
    return [
        {"program": one.client_id, "namedAt": one.named_at, "withdrawnAt": one.withdrawn_at}
        for one in rows
    ]


register(
    Section(
        "ebox",
        gettext_lazy("e-Box"),
        {
            "openedAt": gettext_lazy("Opened"),
            "withdrawnAt": gettext_lazy("Consent withdrawn"),
            "email": gettext_lazy("E-mail address"),
            "language": gettext_lazy("Language"),
            "mails": gettext_lazy("Mails"),
        },
        _box,
    )
)
register(
    Section(
        "eboxMessages",
        gettext_lazy("Messages of the e-Box"),
        {
            "receivedAt": gettext_lazy("Received"),
            "sender": gettext_lazy("Sender"),
            "subject": gettext_lazy("Subject"),
            "readAt": gettext_lazy("Read"),
            "expiresOn": gettext_lazy("Expires"),
            "labels": gettext_lazy("Labels"),
        },
        _messages,
    )
)
register(
    Section(
        "eboxOpenings",
        gettext_lazy("Messages of an e-Box that you opened"),
        {"at": gettext_lazy("Moment"), "message": gettext_lazy("Message")},
        _openings,
    )
)
register(
    Section(
        "eboxReplies",
        gettext_lazy("Answers that you gave in an e-Box"),
        {
            "at": gettext_lazy("Moment"),
            "subject": gettext_lazy("Subject"),
            "text": gettext_lazy("Answer"),
        },
        _replies,
    )
)
register(
    Section(
        "eboxSearches",
        gettext_lazy("Searches of the e-Box that you keep"),
        {"at": gettext_lazy("Moment"), "name": gettext_lazy("Name")},
        _searches,
    )
)
register(
    Section(
        "eboxPrograms",
        gettext_lazy("Programs that you let read your e-Box"),
        {
            "program": gettext_lazy("Client identifier"),
            "namedAt": gettext_lazy("Allowed since"),
            "withdrawnAt": gettext_lazy("Withdrawn"),
        },
        _programs,
    )
)
