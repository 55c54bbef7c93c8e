"""The addresses of REST ebox v2, to be included by the services role."""

from django.urls import path

from guichet.ebox.api import consulting, contract, publishing, sending

_MESSAGE = "ebox/messages/<str:message>"
_ATTACHMENT = f"{_MESSAGE}/attachments/<str:attachment>"
_BASE = "REST/ebox/v2/"

urlpatterns = [
    path(f"{_BASE}ebox", consulting.summary),
    path(f"{_BASE}ebox/boxes", consulting.own_boxes),
    path(f"{_BASE}ebox/messages", consulting.messages),
    path(f"{_BASE}{_MESSAGE}", consulting.message),
    path(f"{_BASE}{_MESSAGE}/body", consulting.body),
    path(f"{_BASE}{_MESSAGE}/attachments", consulting.attachments),
    path(f"{_BASE}{_ATTACHMENT}", consulting.attachment),
    path(f"{_BASE}{_ATTACHMENT}/content", consulting.content),
    path(f"{_BASE}{_MESSAGE}/paymentData", consulting.payment),
    path(f"{_BASE}events", consulting.events),
    path(f"{_BASE}publishMessage", publishing.publish),
    path(f"{_BASE}publishRegisteredMail", publishing.publish_registered),
    path(f"{_BASE}linkEboxMessage", sending.link),
    path(f"{_BASE}searchMessageStatus", publishing.status),
    path(f"{_BASE}dispatchProofs/<str:proof>", sending.proof),
    path(f"{_BASE}replies", sending.replies),
    path(f"{_BASE}federationRegistry/checkDigitalUsers", sending.digital_users),
    *(
        path(f"{_BASE}referenceData/{what}", publishing.catalogue, {"what": what})
        for what in ("messageTypes", "senderApplications", "senderOrganizations")
    ),
    path(f"{_BASE}health", contract.health),
    path(f"{_BASE}doc/openapi.yaml", contract.contract),
]
