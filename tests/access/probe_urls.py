"""The authorisation server with two guarded resources, for the tests of the door."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from guichet.access.bearer import ENTERPRISE, PROFESSIONAL
from guichet.access.guard import CallerRequest, token_required


def _who(request: CallerRequest) -> HttpResponse:
    caller = request.caller
    return JsonResponse({"clientId": caller.client_id, "enterprise": caller.enterprise_number})


def consult(request: HttpRequest) -> HttpResponse:
    return token_required((ENTERPRISE, PROFESSIONAL))(_who)(request)


def register(request: HttpRequest) -> HttpResponse:
    return token_required((ENTERPRISE,))(_who)(request)


urlpatterns = [
    path("", include("guichet.access.services_urls")),
    path("consult", consult),
    path("register", register),
]
