"""Reading is provably reading."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guichet.platform.readonly import (
    ReadOnlyGuardMiddleware,
    WroteWhileReading,
    refuse_changes,
)


def _answer_after(statement: str) -> ReadOnlyGuardMiddleware:
    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        return HttpResponse("done")

    return ReadOnlyGuardMiddleware(view)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1",
        "  select 'DELETE FROM x'",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "SHOW timezone",
        "SET LOCAL lock_timeout = '1s'",
        "-- what a person's file says\n-- first\nSELECT 1",
    ],
)
def test_a_get_may_read(statement: str) -> None:
    request = RequestFactory().get("/nowhere")
    assert _answer_after(statement)(request).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE t (i int)",
        "INSERT INTO django_session VALUES ('a', 'b', now())",
        "WITH gone AS (DELETE FROM django_session RETURNING 1) SELECT * FROM gone",
        "SELECT * FROM django_session FOR UPDATE",
        "SELECT nextval('nothing')",
        "SET search_path = 'x'",
        "-- it's only a comment\nDELETE FROM django_session",
        "SELECT 1\n-- isn't it\n; DELETE FROM django_session -- '",
        "-- nothing but a comment",
        "",
    ],
)
def test_a_get_that_changes_something_is_refused_before_the_database_sees_it(
    statement: str,
) -> None:
    request = RequestFactory().get("/nowhere")
    with pytest.raises(WroteWhileReading):
        _answer_after(statement)(request)


@pytest.mark.django_db
def test_a_post_may_change_the_database() -> None:
    request = RequestFactory().post("/nowhere")
    statement = "INSERT INTO django_session VALUES ('a', 'b', now())"
    assert _answer_after(statement)(request).status_code == 200


def test_the_refusal_names_the_statement_and_no_value() -> None:
    def never(*parts: object) -> None:
        raise AssertionError("the statement reached the database")

    with pytest.raises(WroteWhileReading, match=r"^UPDATE in a reading request$"):
        refuse_changes(never, "UPDATE person SET niss = '85073199902'", None, False, {})
