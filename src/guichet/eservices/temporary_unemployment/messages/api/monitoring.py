"""REST ctw v1: is the service there, and what does it offer."""

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from guichet.eservices.temporary_unemployment.messages import schema
from guichet.eservices.temporary_unemployment.messages.api.calling import XML, as_json
from guichet.platform.problems import only_query, problems
from guichet.platform.routes import public

CONTRACT = "temporaryUnemployment-v1.yaml"


@problems(methods=("GET",))
@public
def health(request: HttpRequest) -> HttpResponse:
    """GET /health: the database answers; 503 when it does not."""
    only_query(request)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return as_json({"status": "DOWN"}, status=503)
    return as_json({"status": "UP"})


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /doc/openapi.yaml"""
    only_query(request)
    content = (settings.REPOSITORY / "contracts" / CONTRACT).read_bytes()
    return HttpResponse(content, content_type="application/yaml")


@problems(methods=("GET",), offered=XML)
@public
def message_schema(request: HttpRequest) -> HttpResponse:
    """GET /doc/messageSchema"""
    only_query(request)
    headers = {"Content-Disposition": f'inline; filename="{schema.NAME}"'}
    return HttpResponse(schema.document(), content_type=XML, headers=headers)
