"""Problem documents of the Belgian REST guide, as plain values (RFC 9457 with ``issues``).

The value knows its members, not how it travels: status line, headers and the identity of the
occurrence belong to whoever answers. A person's number never stands in a detail or a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

_GUIDE: Final = "https://www.belgif.be/specification/rest/api-guide"
_PROBLEM: Final = "urn:problem-type:belgif:"
_PLAIN_NAME: Final = re.compile(r"\A(?!.*[0-9]{4})[A-Za-z_][A-Za-z0-9_.-]{0,63}\Z")
_ISSUE: Final = "urn:problem-type:belgif:input-validation:"
_EXTENDED_ISSUE: Final = "urn:problem-type:belgif-ext:input-validation:"


class In(StrEnum):
    """Where the input that an issue is about stood."""

    BODY = "body"
    HEADER = "header"
    PATH = "path"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with the input. ``location`` is the member ``in``, a word of Python."""

    type: str
    title: str
    detail: str | None = None
    location: In | None = None
    name: str | None = None
    value: object = None
    extras: Mapping[str, Any] = field(default_factory=dict)

    def as_members(self) -> dict[str, Any]:
        """Ready for JSON; members without value are left out."""
        members = {
            "type": self.type,
            "href": _href(self.type),
            "title": self.title,
            "detail": self.detail,
            "in": None if self.location is None else self.location.value,
            "name": self.name,
            "value": self.value,
            **self.extras,
        }
        return {name: value for name, value in members.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a call was not answered as asked. ``status`` is that of the HTTP answer."""

    status: int
    type: str
    title: str
    detail: str
    issues: tuple[Issue, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)

    def as_members(self, *, instance: str | None = None) -> dict[str, Any]:
        """Ready for JSON; ``instance`` is the ``urn:uuid:…`` of this occurrence.

        ``message`` repeats the detail: clients of the older services read that member.
        """
        members: dict[str, Any] = {
            "type": self.type,
            "href": _href(self.type),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "message": self.detail,
            "instance": instance,
            **self.extras,
        }
        members = {name: value for name, value in members.items() if value is not None}
        if self.issues:
            members["issues"] = [issue.as_members() for issue in self.issues]
        return members


def bad_request(
    *, issues: Iterable[Issue] = (), detail: str = "The input message is incorrect"
) -> Problem:
    """400: the input breaks the contract."""
    return Problem(400, _PROBLEM + "badRequest", "Bad Request", detail, tuple(issues))


def no_access_token() -> Problem:
    """401: a token is needed and none came."""
    return Problem(
        401,
        _PROBLEM + "noAccessToken",
        "No Access Token",
        "No Bearer access token found in Authorization HTTP header",
    )


def invalid_access_token() -> Problem:
    """401: not one of our tokens, or no longer honoured."""
    return Problem(
        401,
        _PROBLEM + "invalidAccessToken",
        "Invalid Access Token",
        "The Bearer access token found in the Authorization HTTP header is invalid",
    )


def expired_access_token() -> Problem:
    """401: the token is past its time."""
    return Problem(
        401,
        _PROBLEM + "expiredAccessToken",
        "Expired Access Token",
        "The Bearer access token found in the Authorization HTTP header has expired",
    )


def missing_scope(required: Iterable[str]) -> Problem:
    """403: the token does not carry one of the scopes that the call wants."""
    return Problem(
        403,
        _PROBLEM + "missingScope",
        "Missing Scope",
        "Forbidden to consult the resource",
        extras={"requiredScopes": list(required)},
    )


def missing_permission(*, detail: str = "Not permitted to consult the resource") -> Problem:
    """403: the caller is known and may not do this."""
    return Problem(403, _PROBLEM + "missingPermission", "Missing Permission", detail)


def resource_not_found(*, name: str | None = None, detail: str = "No such resource") -> Problem:
    """404; ``name`` is the path parameter that leads nowhere. Its value is not repeated."""
    issues: tuple[Issue, ...] = ()
    if name is not None:
        issues = (
            Issue(
                _ISSUE + "referencedResourceNotFound",
                "Referenced resource not found",
                detail,
                In.PATH,
                name,
            ),
        )
    return Problem(404, _PROBLEM + "resourceNotFound", "Resource Not Found", detail, issues)


def method_not_allowed(allowed: Iterable[str]) -> Problem:
    """405; the answer's ``Allow`` header repeats ``allowed``."""
    detail = "This resource answers to " + ", ".join(allowed)
    return Problem(405, _PROBLEM + "methodNotAllowed", "Method Not Allowed", detail)


def not_acceptable(offered: Iterable[str] = ("application/json",)) -> Problem:
    """406: the caller takes none of the media types on offer."""
    detail = "This resource is offered as " + ", ".join(offered)
    return Problem(406, _PROBLEM + "notAcceptable", "Not Acceptable", detail)


def payload_too_large(*, limit_bytes: int) -> Problem:
    """413: the body is longer than ``limit_bytes``."""
    return Problem(
        413,
        _PROBLEM + "payloadTooLarge",
        "Payload Too Large",
        f"The request message is larger than {limit_bytes} bytes",
        extras={"limit": limit_bytes},
    )


def unsupported_media_type(wanted: Iterable[str] = ("application/json",)) -> Problem:
    """415: the body is of a type that nobody reads here."""
    detail = "The request message must be " + " or ".join(wanted)
    return Problem(415, _PROBLEM + "unsupportedMediaType", "Unsupported Media Type", detail)


def unprocessable(*, detail: str) -> Problem:
    """422: the input is well formed and contradicts what was said before."""
    return Problem(422, _PROBLEM + "unprocessableContent", "Unprocessable Content", detail)


def too_many_requests(*, retry_after_seconds: int, limit: int | None = None) -> Problem:
    """429; the answer's ``Retry-After`` header repeats ``retry_after_seconds``."""
    return Problem(
        429,
        _PROBLEM + "tooManyRequests",
        "Too Many Requests",
        "No more requests accepted for now",
        extras={"limit": limit, "retryAfterSec": retry_after_seconds},
    )


def internal_server_error() -> Problem:
    """500; never says what went wrong inside."""
    return Problem(
        500,
        _PROBLEM + "internalServerError",
        "Internal Server Error",
        "An error occurred in the internals of the service",
    )


def service_unavailable(*, retry_after_seconds: int | None = None) -> Problem:
    """503: ask again later, after ``retry_after_seconds`` where known."""
    return Problem(
        503,
        _PROBLEM + "serviceUnavailable",
        "Service Unavailable",
        "The service is temporarily unavailable",
        extras={"retryAfterSec": retry_after_seconds},
    )


def schema_violation(*, name: str, detail: str, location: In = In.BODY) -> Issue:
    """The input at ``name`` breaks the schema; ``detail`` must not repeat the value."""
    return Issue(
        _ISSUE + "schemaViolation",
        "Input isn't valid with respect to schema",
        detail,
        location,
        name,
    )


def harmless_name(name: str) -> str:
    """A name that somebody sent, as it may be repeated: it could hide a person's number."""
    return name if _PLAIN_NAME.match(name) else "*"


def unknown_input(*, name: str, location: In = In.BODY) -> Issue:
    """A member or parameter that the contract does not know."""
    return Issue(_ISSUE + "unknownInput", "Unknown input", "Input is unknown", location, name)


def invalid_input(*, name: str, detail: str, location: In = In.BODY) -> Issue:
    """The input has the right form and no meaning here."""
    return Issue(_ISSUE + "invalidInput", "Invalid input", detail, location, name)


def invalid_structure(*, name: str, detail: str, location: In = In.BODY) -> Issue:
    """The input is not what it claims to be, for example by its check digits."""
    title = "Input value has invalid structure"
    return Issue(_EXTENDED_ISSUE + "invalidStructure", title, detail, location, name)


def replaced_ssin(*, name: str, replaced_by: str, location: In = In.BODY) -> Issue:
    """A number of a person in whose place another one came: the caller goes on with the new one.

    The type is the one that the Crossroads Bank and the client libraries use.
    """
    return Issue(
        "urn:problem-type:cbss:input-validation:replacedSsin",
        "SSIN has been replaced, use new SSIN",
        f"{name} was replaced by the number in replacedBy",
        location,
        name,
        extras={"replacedBy": replaced_by},
    )


def required_input(*, name: str, location: In = In.BODY) -> Issue:
    """An input that only the rest of the input makes necessary."""
    title = "Input is required in this context"
    return Issue(_EXTENDED_ISSUE + "requiredInput", title, f"{name} is required", location, name)


def out_of_range(
    *, name: str, minimum: int | None = None, maximum: int | None = None, location: In = In.QUERY
) -> Issue:
    """A number outside its bounds, both included; a bound that does not exist is None."""
    bounds = {"minimum": minimum, "maximum": maximum}
    words = [f"{bound} {value}" for bound, value in bounds.items() if value is not None]
    return Issue(
        _EXTENDED_ISSUE + "outOfRange",
        "Input value is out of range",
        f"{name} must respect: {', '.join(words)}",
        location,
        name,
        extras={bound: str(value) for bound, value in bounds.items() if value is not None},
    )


def invalid_period(*, start: str, end: str, location: In = In.BODY) -> Issue:
    """``end`` lies before ``start``; both are the names of the inputs."""
    return Issue(
        _EXTENDED_ISSUE + "invalidPeriod",
        "Period is invalid",
        f"{end} should not precede {start}",
        extras=_inputs((start, end), location),
    )


def exactly_one_of_expected(*, names: Iterable[str], location: In = In.BODY) -> Issue:
    """None or several of inputs that exclude each other."""
    wanted = tuple(names)
    return Issue(
        _EXTENDED_ISSUE + "exactlyOneOfExpected",
        "Exactly one of these inputs must be present",
        f"Exactly one of these inputs must be present: {', '.join(wanted)}",
        extras=_inputs(wanted, location),
    )


def any_of_expected(*, names: Iterable[str], location: In = In.BODY) -> Issue:
    """None of inputs of which at least one is needed."""
    wanted = tuple(names)
    return Issue(
        _EXTENDED_ISSUE + "anyOfExpected",
        "Any of these inputs must be present",
        f"Any of these inputs must be present: {', '.join(wanted)}",
        extras=_inputs(wanted, location),
    )


def _inputs(names: Iterable[str], location: In) -> dict[str, Any]:
    return {"inputs": [{"in": location.value, "name": name} for name in names]}


def _href(type_: str) -> str | None:
    """The page of the guide that explains a type of its own; None for any other type."""
    name = type_.rpartition(":")[2]
    if type_.startswith(_EXTENDED_ISSUE):
        return f"{_GUIDE}/issues/ext/{name}.html"
    if type_.startswith(_ISSUE):
        return f"{_GUIDE}/issues/{name}.html"
    if type_.startswith(_PROBLEM):
        return f"{_GUIDE}/problems/{name}.html"
    return None
