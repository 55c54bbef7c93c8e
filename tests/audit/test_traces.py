"""What a page writes can be found by the identity of its answer."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.audit.lookups import looked_up
from guichet.audit.models import Entry, Lookup
from guichet.platform import tracing
from tests.audit.test_seals import START

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_lines_of_one_request_carry_its_trace() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        trail.record(action="a.b", actor=system("x"), target="x", now=START)
        looked_up(viewer=system("x"), subjects=["y"], purpose="x", channel="portal", now=START)
        return HttpResponse()

    answer = tracing.TraceMiddleware(view)(RequestFactory().get("/"))

    trace = answer.headers[tracing.TRACE]
    assert Entry.objects.get().trace_id == trace
    assert Lookup.objects.using("audit").get().trace_id == trace
    assert tracing.current() is None


def test_the_portal_gives_each_answer_a_trace() -> None:
    from django.conf import settings

    assert settings.PORTAL_MIDDLEWARE[0] == "guichet.platform.tracing.TraceMiddleware"
    assert settings.CSAM_MIDDLEWARE[0] == "guichet.platform.tracing.TraceMiddleware"


def test_an_accident_leaves_no_trace_behind() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tracing.TraceMiddleware(view)(RequestFactory().get("/"))

    assert tracing.current() is None
