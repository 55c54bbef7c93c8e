"""REST careerBreak v1: is the service there, and what does it offer."""

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from guichet.access.guard import CallerRequest
from guichet.eservices.career_break.api.calling import READERS, as_json, call
from guichet.platform.problems import only_query, problems
from guichet.platform.routes import public

CONTRACT = "careerBreak-v1.yaml"


@call("GET", READERS)
def ping(request: CallerRequest) -> HttpResponse:
    """GET /ping/secure: the token is good."""
    only_query(request)
    return as_json({"status": "UP"})


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
