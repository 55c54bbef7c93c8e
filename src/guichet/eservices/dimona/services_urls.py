"""Addresses of Dimona for machines, on the services role."""

from django.urls import path

from guichet.eservices.dimona import answers, api, api_v1
from guichet.eservices.dimona.batch import api as files
from guichet.platform.routes import declare

_V2 = answers.BASE.lstrip("/")
_V1 = api_v1.BASE.lstrip("/")

urlpatterns = [
    path(f"{_V2}/declarations", declare(api.declare, "token"), name="dimona-declare"),
    *(
        path(
            f"{_V2}/{what}/search",
            declare(api.search, "token"),
            {"what": what},
            name=f"dimona-{what}-search",
        )
        for what in ("relations", "periods", "declarations")
    ),
    path(
        f"{_V2}/declarations/<str:number>",
        declare(api.declaration, "token"),
        name="dimona-declaration",
    ),
    path(f"{_V2}/periods/<str:number>", declare(api.period, "token"), name="dimona-period"),
    path(f"{_V2}/files", declare(files.send, "token"), name="dimona-send-file"),
    path(f"{_V2}/files/<str:ticket>", declare(files.state, "token"), name="dimona-file"),
    path(
        f"{_V2}/files/<str:ticket>/receipt",
        declare(files.receipt, "token"),
        name="dimona-file-receipt",
    ),
    path(
        f"{_V2}/files/<str:ticket>/notifications",
        declare(files.notifications, "token"),
        name="dimona-file-notifications",
    ),
    path(f"{_V2}/ping/secure", declare(api.ping, "token"), name="dimona-ping"),
    path(f"{_V2}/health", api.health, name="dimona-health"),
    path(f"{_V2}/{files.SCHEMA_PLACE}", files.schema, name="dimona-schema"),
    path(f"{_V2}/doc/openapi.yaml", api.contract, name="dimona-contract"),
    path(f"{_V1}/declarations", declare(api_v1.declare, "token"), name="dimona-v1-declare"),
    path(
        f"{_V1}/declarations/<str:number>",
        declare(api_v1.declaration, "token"),
        name="dimona-v1-declaration",
    ),
    path(f"{_V1}/ping/secure", declare(api.ping, "token"), name="dimona-v1-ping"),
]
