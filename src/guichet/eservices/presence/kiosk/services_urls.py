"""The door of badge readers, for the services role."""

from django.urls import path

from guichet.eservices.presence.kiosk.views import calls

urlpatterns = [
    path("REST/presenceDevice/v1/messages", calls.messages, name="device-messages"),
]
