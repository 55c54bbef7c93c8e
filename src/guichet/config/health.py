"""Whether this process can serve: it asks the database one question."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guichet.platform.routes import public


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """``{"status": "UP"}``, or 503 and ``DOWN`` while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "DOWN"}, status=503)
    return JsonResponse({"status": "UP"})
