"""Addresses of Checkin@Work's web service, on the services role.

The schemas stand where the WSDL's own relative addresses lead.
"""

from django.urls import path

from guichet.eservices.presence.soap import contract, views

urlpatterns = [
    path(contract.PATH.lstrip("/"), views.service, name="presence-soap"),
    path("PresenceRegistration/<str:name>", views.schema, name="presence-soap-schema"),
]
