"""The pages of the technical library."""

from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.eservices.temporary_unemployment.library.tables import said
from guichet.eservices.temporary_unemployment.library.techlib import (
    anomalies,
    examples,
    glossary,
    validating,
)
from guichet.eservices.temporary_unemployment.library.techlib.forms import ValidatorForm
from guichet.eservices.temporary_unemployment.messages import limits, schema, words
from guichet.kernel.verdict import Severity
from guichet.platform import clock, throttle
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled
from guichet.rules.temporary_unemployment import findings

_TRIES: Final = 240
_HOUR: Final = 3600


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What is here, how files are named, how large they may be."""
    return _page(request, "library", {"limits": limits.of_files()})


@public
@require_GET
def elements(request: HttpRequest) -> HttpResponse:
    """The glossary of every message."""
    given = {
        "tables": [(name, glossary.entries(name)) for name in glossary.MESSAGES],
        "communications": glossary.communications(),
    }
    return _page(request, "glossary", given)


@public
@require_GET
def published_schema(request: HttpRequest) -> HttpResponse:
    """The schema itself, to take away."""
    return _download(schema.document(), schema.NAME)


@public
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Every example with its comments."""
    rows = [(one, examples.commented(one.make())) for one in examples.EXAMPLES]
    return _page(request, "examples", {"rows": rows})


@public
@require_GET
def sample(request: HttpRequest, key: str) -> HttpResponse:
    """One example as a file, without comments."""
    if key not in examples.BY_KEY:
        raise Http404
    one = examples.BY_KEY[key]
    return _download(one.make(), one.file_name)


@public
@require_GET
def anomaly_list(request: HttpRequest) -> HttpResponse:
    """The codes; ``severity`` narrows them."""
    wanted = request.GET.get("severity", "")
    known = wanted if wanted in {one.value for one in Severity} else ""
    given = {
        "rows": anomalies.anomalies(known),
        "severity": known,
        "severities": anomalies.SEVERITIES,
        "looks": anomalies.LOOKS,
    }
    return _page(request, "anomalies", given)


@public
@require_GET
def decision(request: HttpRequest) -> HttpResponse:
    """How the final decision travels, and what it looks like."""
    made = examples.BY_KEY["decision"]
    given = {"example": made, "text": examples.commented(made.make()),
             "rows": glossary.entries("GenericXMLDocument")}  # fmt: skip
    return _page(request, "decision", given)


@public
@require_http_methods(["GET", "POST"])
def validator(request: HttpRequest) -> HttpResponse:
    """A file is checked and forgotten."""
    is_sent = request.method == "POST"
    form = ValidatorForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    status, report, wait = HTTPStatus.OK, None, 0
    if form.is_valid():
        now = clock.now()
        try:
            source = request.META.get("REMOTE_ADDR", "")
            throttle.hit(
                key=f"temporary_unemployment.validator {source}",
                limit=_TRIES, seconds=_HOUR, now=now,
            )  # fmt: skip
        except Throttled as throttled:
            form.add_error(None, _("You checked a lot in a short time. Try again in an hour."))
            status, wait = HTTPStatus.TOO_MANY_REQUESTS, throttled.retry_after
        else:
            report = validating.report(form.cleaned_data["content"], now=now)
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    response = _page(request, "validator", {"form": form, "report": report, **_TOOLS}, status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


_TOOLS: Final[dict[str, Any]] = {
    "sentence": lambda fault: said(findings.sentence(fault)),
    "repair": lambda repair: said(findings.repair_sentence(repair)),
    "word": lambda value: said(findings.word(value)),
    "refusal": lambda why: words.refusal(why.code, why.value),
    "severities": anomalies.SEVERITIES,
    "looks": anomalies.LOOKS,
}


def _page(
    request: HttpRequest, name: str, given: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"current": name, **given}
    return render(request, f"temporary_unemployment_library/{name}.html", context, status=status)


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
