"""Addresses of the messages of temporary unemployment for machines, on the services role."""

from django.urls import path

from guichet.eservices.temporary_unemployment.messages.api import (
    calling,
    communications,
    decided,
    files,
    monitoring,
)

_V1 = calling.BASE.lstrip("/")

urlpatterns = [
    path(f"{_V1}/files", files.send, name="ctw-files"),
    path(f"{_V1}/files/<str:ticket>", files.state, name="ctw-file"),
    path(f"{_V1}/files/<str:ticket>/receipt", files.receipt, name="ctw-receipt"),
    path(f"{_V1}/files/<str:ticket>/notifications", files.notifications, name="ctw-notifications"),
    path(f"{_V1}/files/<str:ticket>/forms", files.forms, name="ctw-forms"),
    path(f"{_V1}/communications", communications.send, name="ctw-communications"),
    path(
        f"{_V1}/communications/<str:ticket>",
        calling.by_verb(
            GET=communications.read,
            PATCH=communications.change,
            DELETE=communications.withdraw,
        ),
        name="ctw-communication",
    ),
    path(f"{_V1}/decisions", decided.listing, name="ctw-decisions"),
    path(f"{_V1}/decisions/<str:number>", decided.message, name="ctw-decision"),
    path(f"{_V1}/health", monitoring.health, name="ctw-health"),
    path(f"{_V1}/doc/openapi.yaml", monitoring.contract, name="ctw-contract"),
    path(f"{_V1}/doc/messageSchema", monitoring.message_schema, name="ctw-message-schema"),
]
