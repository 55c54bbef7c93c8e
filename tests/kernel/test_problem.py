from __future__ import annotations

import json

import pytest

from guichet.kernel import problem
from guichet.kernel.problem import In, Issue, Problem

EVERY_PROBLEM = [
    (problem.bad_request(), 400, "badRequest"),
    (problem.no_access_token(), 401, "noAccessToken"),
    (problem.invalid_access_token(), 401, "invalidAccessToken"),
    (problem.expired_access_token(), 401, "expiredAccessToken"),
    (problem.missing_scope(["scope:x:enterprise"]), 403, "missingScope"),
    (problem.missing_permission(), 403, "missingPermission"),
    (problem.resource_not_found(name="id"), 404, "resourceNotFound"),
    (problem.method_not_allowed(["GET", "HEAD"]), 405, "methodNotAllowed"),
    (problem.not_acceptable(), 406, "notAcceptable"),
    (problem.payload_too_large(limit_bytes=1_000_000), 413, "payloadTooLarge"),
    (problem.unsupported_media_type(), 415, "unsupportedMediaType"),
    (problem.unprocessable(detail="another body under the same key"), 422, "unprocessableContent"),
    (problem.too_many_requests(retry_after_seconds=3), 429, "tooManyRequests"),
    (problem.internal_server_error(), 500, "internalServerError"),
    (problem.service_unavailable(retry_after_seconds=1), 503, "serviceUnavailable"),
]
EVERY_ISSUE = [
    (problem.schema_violation(name="items[1].type", detail="missing"), "issues/schemaViolation"),
    (problem.unknown_input(name="items[0].x"), "issues/unknownInput"),
    (problem.invalid_input(name="page", detail="no", location=In.QUERY), "issues/invalidInput"),
    (problem.invalid_structure(name="ssin", detail="check"), "issues/ext/invalidStructure"),
    (problem.required_input(name="criteria"), "issues/ext/requiredInput"),
    (problem.out_of_range(name="pageSize", minimum=1, maximum=200), "issues/ext/outOfRange"),
    (problem.invalid_period(start="startDate", end="endDate"), "issues/ext/invalidPeriod"),
    (problem.exactly_one_of_expected(names=["a", "b"]), "issues/ext/exactlyOneOfExpected"),
    (problem.any_of_expected(names=["a", "b"]), "issues/ext/anyOfExpected"),
]


@pytest.mark.parametrize(("found", "status", "name"), EVERY_PROBLEM)
def test_a_problem_is_named_and_explained_by_the_guide(
    found: Problem, status: int, name: str
) -> None:
    members = json.loads(json.dumps(found.as_members(instance="urn:uuid:0")))

    assert members["status"] == found.status == status
    assert members["type"] == f"urn:problem-type:belgif:{name}"
    assert members["href"].endswith(f"/api-guide/problems/{name}.html")
    assert members["instance"] == "urn:uuid:0"
    assert members["message"] == members["detail"]
    assert None not in members.values()


@pytest.mark.parametrize(("issue", "page"), EVERY_ISSUE)
def test_an_issue_is_named_and_explained_by_the_guide(issue: Issue, page: str) -> None:
    members = json.loads(json.dumps(issue.as_members()))

    assert members["href"].endswith(f"/api-guide/{page}.html")
    assert members["title"]
    assert None not in members.values()


def test_the_scopes_that_would_do_are_named() -> None:
    members = problem.missing_scope(("one", "two")).as_members()

    assert members["requiredScopes"] == ["one", "two"]


def test_an_issue_says_where_and_what() -> None:
    issue = problem.schema_violation(name="items[1].type", detail="missing")

    [members] = problem.bad_request(issues=[issue]).as_members()["issues"]

    assert members["in"] == "body"
    assert members["name"] == "items[1].type"
    assert members["title"] == "Input isn't valid with respect to schema"
    assert "value" not in members


def test_a_range_names_only_the_bounds_that_exist() -> None:
    members = problem.out_of_range(name="page", minimum=1).as_members()

    assert members["minimum"] == "1"
    assert members["in"] == "query"
    assert "maximum" not in members


def test_inputs_that_exclude_each_other_are_listed() -> None:
    members = problem.exactly_one_of_expected(names=("coordinates", "address")).as_members()

    assert members["inputs"] == [
        {"in": "body", "name": "coordinates"},
        {"in": "body", "name": "address"},
    ]


def test_no_instance_and_no_issue_leave_no_member() -> None:
    members = problem.resource_not_found().as_members()

    assert "instance" not in members
    assert "issues" not in members


def test_a_type_of_ours_has_no_page_in_the_guide() -> None:
    ours = Problem(409, "urn:problem-type:guichet:x:stepRefused", "Step refused", "not open")

    assert "href" not in ours.as_members()
