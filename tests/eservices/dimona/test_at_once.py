"""Two batches at the same moment: nobody's quota is decided twice at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from guichet.eservices.dimona import facts, processing, queries
from tests.eservices.dimona import world
from tests.eservices.dimona.world import FIRM, LOTTE, NOW, OTHER, day, said, send, student

pytestmark = pytest.mark.django_db(transaction=True)


def test_d07_of_two_employers_who_declare_the_last_hours_at_once_one_stays_within() -> None:
    world.build()
    said(student(640))
    numbers = [
        send(student(10, employer=each, startDate=day(3), endDate=day(3))) for each in (FIRM, OTHER)
    ]
    both_hold_one = threading.Barrier(2, timeout=20)

    def decide() -> None:
        try:
            processing.process(now=NOW, limit=1)
        finally:
            connections.close_all()

    # Each batch has taken its declaration before either reads what the other one decides.
    read = facts.facts

    def together(*given: object, **named: object) -> object:
        both_hold_one.wait()
        return read(*given, **named)  # type: ignore[arg-type]

    facts.facts = together  # type: ignore[assignment]
    try:
        threads = [threading.Thread(target=decide) for _ in numbers]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
    finally:
        facts.facts = read

    found = [queries.declaration(number) for number in numbers]
    assert sorted(each.result or "?" for each in found if each) == ["A", "W"]
    wanted = [queries.Wanted(employer, niss=LOTTE) for employer in (world.FIRM, world.OTHER)]
    hours = [each for one in wanted for each in queries.periods_of_employer(wanted=one, limit=9)]
    assert sum(each.planned_hours or 0 for each in hours) == 660


def test_a_declaration_that_the_database_refuses_costs_the_others_nothing() -> None:
    world.build()
    good = send(world.an_in())
    bad = send(world.an_in(ssin=LOTTE))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.niss = %s THEN RAISE check_violation USING CONSTRAINT = 'of_the_test';"
            " END IF; RETURN NEW; END $$",
            [LOTTE],
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON dimona_declaration FOR EACH ROW"
            " WHEN (NEW.state = 'done') EXECUTE FUNCTION refuse()"
        )

    assert processing.process(now=NOW).decided == 2

    first, second = queries.declaration(good), queries.declaration(bad)
    assert first is not None
    assert first.result == "A"
    assert second is not None
    assert second.result is None
    assert processing.process(now=NOW).decided == 0
