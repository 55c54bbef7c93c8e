"""The manual of the service, for everybody: what stands where, in the order one meets it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from guichet.eservices.career_break.pages import asking
from guichet.platform.routes import public


@public
@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """A page of its own, to read before signing in."""
    return asking.show(request, "manual.html", {})
