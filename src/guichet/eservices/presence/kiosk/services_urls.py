"""The door of badge readers, for the services role."""

from django.urls import path

from guichet.eservices.presence import reference
from guichet.eservices.presence.kiosk.views import calls
from guichet.platform.routes import public

urlpatterns = [
    path("REST/presenceDevice/v1/messages/register", calls.messages, name="device-messages"),
    path("REST/presenceDevice/v1/health", public(reference.health), name="device-health"),
    path("REST/presenceDevice/v1/doc/openapi.yaml", calls.contract, name="device-contract"),
]
