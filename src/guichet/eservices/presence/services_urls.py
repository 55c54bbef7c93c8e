"""Addresses of presenceRegistration v1 that Django answers, for the services role.

With the ingest in front, its hot operations never come here; without it (``GUICHET_INGEST=off``)
the reference views answer them.
"""

from django.urls import path

from guichet.eservices.presence import api, reference
from guichet.eservices.presence.dry_run import api as dry_run
from guichet.platform.routes import declare, public

_BASE = api.BASE.lstrip("/")

urlpatterns = [
    path(
        f"{_BASE}/presenceRegistrations/registerInBulk",
        declare(reference.register_in_bulk, "token"),
        name="presence-register-in-bulk",
    ),
    path(
        f"{_BASE}/presenceRegistrations/search",
        declare(api.search, "token"),
        name="presence-search",
    ),
    path(
        f"{_BASE}/presenceRegistrations/<str:number>",
        declare(api.presence_registration, "token"),
        name="presence-registration",
    ),
    path(
        f"{_BASE}/refData/<path:what>",
        declare(reference.reference_data, "token"),
        name="presence-reference-data",
    ),
    path(f"{_BASE}/health", public(reference.health), name="presence-health"),
    path(f"{_BASE}/doc/openapi.yaml", api.contract, name="presence-contract"),
    path(
        "REST/presenceCheck/v1/acts/check",
        declare(dry_run.check_acts, "token"),
        name="presence-check-acts",
    ),
    path(
        "REST/presenceCheck/v1/days/check",
        declare(dry_run.check_days, "token"),
        name="presence-check-days",
    ),
    path("REST/presenceCheck/v1/health", public(reference.health), name="presence-check-health"),
    path(
        "REST/presenceCheck/v1/doc/openapi.yaml", dry_run.contract, name="presence-check-contract"
    ),
    path("REST/checkInOut/v1/health", public(reference.health), name="own-acts-health"),
    path("REST/checkInOut/v1/doc/openapi.yaml", api.own_contract, name="own-acts-contract"),
]
