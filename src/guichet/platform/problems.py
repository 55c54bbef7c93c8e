"""Problem documents on the wire, and what every JSON endpoint checks before its own work.

`problems` wraps a view: verb, ``Accept`` and ``Content-Type`` are settled first (405, 406, 415),
then whatever the view refuses with `ProblemRaised` becomes ``application/problem+json``. The
``detail`` is in the caller's language where a translation exists; types, titles and issues are
English and stable. No text of an accident, and no value that was sent, ever reaches an answer.
"""

import functools
import logging
import re
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

import msgspec
import psycopg
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_noop

from guichet.kernel import problem as documents
from guichet.kernel.problem import In, Issue, Problem
from guichet.platform.tracing import trace_id

JSON: Final = "application/json"
PROBLEM_JSON: Final = "application/problem+json"
LARGEST_BODY: Final = 1024 * 1024

View = Callable[..., HttpResponse]
Wanted = TypeVar("Wanted")

_log = logging.getLogger(__name__)

# The details that the kernel's problems carry, for the catalogues.
TRANSLATED_DETAILS: Final = (
    gettext_noop("The input message is incorrect"),
    gettext_noop("No such resource"),
    gettext_noop("No Bearer access token found in Authorization HTTP header"),
    gettext_noop("The Bearer access token found in the Authorization HTTP header is invalid"),
    gettext_noop("The Bearer access token found in the Authorization HTTP header has expired"),
    gettext_noop("Forbidden to consult the resource"),
    gettext_noop("Not permitted to consult the resource"),
    gettext_noop("No more requests accepted for now"),
    gettext_noop("An error occurred in the internals of the service"),
    gettext_noop("The service is temporarily unavailable"),
)

_UNKNOWN: Final = re.compile(r"Object contains unknown field `(?P<name>.*)`\Z", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(?P<name>\w+)`")
# Messages of the decoder that repeat nothing of what was sent.
_SAFE: Final = re.compile(
    r"Expected `(?:object|array|str|int|float|bool|null|int \| null|str \| null|object \| null"
    r"|array \| null|datetime(?: \| null)?)`"
    r"(?:, got `(?:object|array|str|int|float|bool|null)`"
    r"| of (?:length|size) [<>]= \d+| [<>]=? -?\d+(?:\.\d+)?)"
)
_MOST_ISSUES: Final = 50
_LATER: Final = documents.service_unavailable(retry_after_seconds=2)


class ProblemRaised(Exception):
    """The call ends here with this problem document and these headers."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.type)
        self.problem = problem
        self.headers = dict(headers or {})


def problem_response(
    problem: Problem, request: HttpRequest, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The problem as an answer, its detail in the caller's language."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        detail = gettext(problem.detail) if problem.detail else ""
    members = replace(problem, detail=detail).as_members(instance=f"urn:uuid:{trace_id(request)}")
    response = HttpResponse(
        msgspec.json.encode(members),
        status=problem.status,
        content_type=PROBLEM_JSON,
        headers={"Content-Language": language, "Cache-Control": "no-store", **(headers or {})},
    )
    retry_after = problem.extras.get("retryAfterSec")
    if retry_after is not None:
        response.headers.setdefault("Retry-After", str(retry_after))
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response


def problems(
    *,
    methods: tuple[str, ...] = ("GET",),
    offered: str | None = JSON,
    accepted: tuple[str, ...] = (JSON,),
) -> Callable[[View], View]:
    """Settle verb and media types, then turn refusals into problem documents.

    ``offered``: None where the answer is a document of any type; ``accepted``: of a body.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                _negotiate(request, methods=methods, offered=offered, accepted=accepted)
                response = view(request, *args, **kwargs)
            except ProblemRaised as refusal:
                return problem_response(refusal.problem, request, refusal.headers)
            except RequestDataTooBig:
                too_large = documents.payload_too_large(limit_bytes=LARGEST_BODY)
                return problem_response(too_large, request)
            except (OperationalError, InterfaceError, psycopg.OperationalError):
                return problem_response(_LATER, request)
            except UnreadablePostError:
                return problem_response(documents.bad_request(), request)
            except Exception as fault:
                return _accident(request, fault)
            patch_vary_headers(response, ("Accept",))
            return response

        return answer

    return wrap


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404 in the services: a path that is nobody's."""
    return problem_response(documents.resource_not_found(), request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400 in the services: a request that it would not read."""
    return problem_response(documents.bad_request(), request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500 in the services."""
    return problem_response(documents.internal_server_error(), request)


def decoded(request: HttpRequest, kind: type[Wanted], *, limit: int = LARGEST_BODY) -> Wanted:
    """The JSON body as ``kind``; raises ProblemRaised 400 or 413 with the place of the fault."""
    if _announced_length(request) > limit or len(request.body) > limit:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=limit))
    try:
        return msgspec.json.decode(request.body, type=kind)
    except msgspec.ValidationError as fault:
        raise ProblemRaised(documents.bad_request(issues=[issue(str(fault))])) from None
    except (msgspec.DecodeError, ValueError, RecursionError):  # not JSON, or not UTF-8
        broken = documents.schema_violation(name="body", detail="The body is not JSON in UTF-8")
        raise ProblemRaised(documents.bad_request(issues=[broken])) from None


def form_parts(
    request: HttpRequest, known: Collection[str]
) -> tuple[QueryDict, MultiValueDict[str, "UploadedFile[Any]"]]:
    """The fields and the files of a multipart body, each part known and given once.

    Raises ProblemRaised 400.
    """
    try:
        fields, files = request.POST, request.FILES
    except (MultiPartParserError, BadRequest, TooManyFieldsSent, TooManyFilesSent, ValueError):
        broken = documents.schema_violation(name="body", detail="The body is not multipart")
        raise ProblemRaised(documents.bad_request(issues=[broken])) from None
    counts = Counter({name: len(fields.getlist(name)) for name in fields})
    counts.update({name: len(files.getlist(name)) for name in files})
    issues = [
        documents.unknown_input(name=documents.harmless_name(name))
        for name in counts
        if name not in known
    ]
    issues += [
        documents.invalid_input(name=name, detail="Given more than once")
        for name in known
        if counts[name] > 1
    ]
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues[:_MOST_ISSUES]))
    return fields, files


def issue(message: str) -> Issue:
    """A fault told by the decoder, without the value that it may repeat."""
    said, _, at = message.rpartition(" - at `")
    path = at.removesuffix("`").removeprefix("$").lstrip(".") if said else ""
    message = said or message
    unknown = _UNKNOWN.match(message)
    if unknown:
        return documents.unknown_input(name=_joined(path, documents.harmless_name(unknown["name"])))
    missing = _MISSING.match(message)
    if missing:
        pointer = "".join(f"/{part}" for part in re.split(r"[.\[\]]+", path) if part)
        return documents.schema_violation(
            name=_joined(path, missing["name"]),
            detail=f"[Path '{pointer or '/'}'] Object has missing required properties "
            f'(["{missing["name"]}"])',
        )
    safe = _SAFE.match(message)
    detail = safe[0].replace("`", "") if safe else "The value is not one that is allowed here"
    return documents.schema_violation(name=path or "body", detail=detail)


def only_query(request: HttpRequest, *known: str) -> dict[str, str]:
    """The query parameters; raises ProblemRaised 400 for an unknown or a repeated one.

    A NUL in a value is refused here: the database takes none.
    """
    issues = [
        documents.unknown_input(name=documents.harmless_name(name), location=In.QUERY)
        for name in request.GET
        if name not in known
    ]
    issues += [
        documents.invalid_input(name=name, detail="Given more than once", location=In.QUERY)
        for name in known
        if len(request.GET.getlist(name)) > 1
    ]
    issues += [
        documents.invalid_structure(name=name, detail="Holds a sign of no text", location=In.QUERY)
        for name in known
        if "\0" in request.GET.get(name, "")
    ]
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))
    return {name: request.GET[name] for name in known if name in request.GET}


def _accident(request: HttpRequest, fault: Exception) -> HttpResponse:
    """The edge: logged without the text of the exception, which may repeat a value."""
    _log.error("%s\n%s", type(fault).__name__, "".join(traceback.format_tb(fault.__traceback__)))
    return problem_response(documents.internal_server_error(), request)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _announced_length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _negotiate(
    request: HttpRequest,
    *,
    methods: tuple[str, ...],
    offered: str | None,
    accepted: tuple[str, ...],
) -> None:
    if "GET" in methods:
        methods = (*methods, "HEAD")
    if request.method not in methods:
        allowed = ", ".join(methods)
        raise ProblemRaised(documents.method_not_allowed(methods), {"Allow": allowed})
    if offered and not accepts(request.headers.get("Accept", ""), offered):
        raise ProblemRaised(documents.not_acceptable((offered,)))
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    is_read = (request.content_type or "").lower() in accepted and encoding in ("", "identity")
    if request.method in ("POST", "PUT", "PATCH") and not is_read:
        raise ProblemRaised(documents.unsupported_media_type(accepted))


def accepts(header: str, offered: str) -> bool:
    """Whether an ``Accept`` header takes ``offered``; an empty header takes anything.

    The most exact range that matches decides, and a weight of zero is a refusal (RFC 9110
    §12.5.1). A header that makes no sense takes anything: refusing would help nobody.
    """
    kind = offered.partition("/")[0]
    weights: dict[str, bool] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            weights[name] = not any(re.fullmatch(r"q=0(\.0*)?", text) for text in parameters)
    if not any("/" in name for name in weights):
        return True
    for range_ in (offered, f"{kind}/*", "*/*"):
        if range_ in weights:
            return weights[range_]
    return False
