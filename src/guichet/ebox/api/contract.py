"""The contract of REST ebox v2 as it is published, and whether the service works."""

import functools

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from guichet.ebox.api import shared
from guichet.ebox.api.shared import CONTRACT
from guichet.platform.problems import only_query, problems
from guichet.platform.routes import public


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /doc/openapi.yaml; anybody may read what the service promises."""
    only_query(request)
    return HttpResponse(_contract(), content_type="application/yaml")


@problems()
@public
def health(request: HttpRequest) -> HttpResponse:
    """GET /health: no token, no internals."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return shared.json({"status": "DOWN"}, status=503)
    return shared.json({"status": "UP"})


@functools.cache
def _contract() -> bytes:
    file = settings.REPOSITORY / "contracts" / CONTRACT
    content: bytes = file.read_bytes()
    return content
