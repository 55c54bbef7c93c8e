"""Addresses of career breaks for machines, on the services role."""

from django.urls import path

from guichet.eservices.career_break import addresses
from guichet.eservices.career_break.api import attaching, employers, monitoring, notices, requests

_V1 = addresses.BASE.lstrip("/")

urlpatterns = [
    path(f"{_V1}/requests/check", requests.check, name="career-break-check"),
    path(f"{_V1}/requests", requests.file, name="career-break-file"),
    path(f"{_V1}/requests/search", requests.find, name="career-break-search"),
    path(f"{_V1}/requests/<str:ticket>", requests.read, name="career-break-request"),
    path(f"{_V1}/requests/<str:ticket>/modifications", requests.modify, name="career-break-modify"),
    path(f"{_V1}/requests/<str:ticket>/cancellations", requests.cancel, name="career-break-cancel"),
    path(f"{_V1}/requests/<str:ticket>/attachments", attaching.attach, name="career-break-attach"),
    path(f"{_V1}/notices/search", notices.find, name="career-break-notices"),
    path(f"{_V1}/notices/<str:ticket>", notices.read, name="career-break-notice"),
    path(f"{_V1}/notices/<str:ticket>/answers", notices.answer, name="career-break-answer"),
    path(
        f"{_V1}/employers/<str:number>/parameters",
        employers.parameters,
        name="career-break-parameters",
    ),
    path(f"{_V1}/ping/secure", monitoring.ping, name="career-break-ping"),
    path(f"{_V1}/health", monitoring.health, name="career-break-health"),
    path(f"{_V1}/doc/openapi.yaml", monitoring.contract, name="career-break-contract"),
]
