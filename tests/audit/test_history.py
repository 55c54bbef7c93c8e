"""History is kept by the database: nothing that writes a register escapes it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, InternalError, connection
from django.db.transaction import atomic

from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.audit.models import History
from guichet.platform.db import NoTransaction, savepoint, transaction
from guichet.registers.persons.models import Person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
CLERK = Actor(kind="person", id="85073100130", enterprise="0712345630")


def a_person(niss: str, name: str) -> Person:
    return Person(niss=niss, given_name="", family_name=name, sort_key=name, language="nl")


def states(person: Person) -> list[tuple[str, str, str]]:
    rows = History.objects.filter(table_name="persons_person", row_id=person.id).order_by("id")
    return [(row.operation, row.state["family_name"], row.actor_id) for row in rows]


def test_a_bulk_update_leaves_every_state_behind() -> None:
    with acting(system("loader"), now=NOW):
        people = Person.objects.bulk_create(
            [a_person("85073100130", "lemaire"), a_person("01020312444", "claes")]
        )
    with acting(CLERK, now=NOW):
        Person.objects.update(family_name="Peeters")

    for person, name in zip(people, ("lemaire", "claes"), strict=True):
        assert states(person) == [
            ("insert", name, "loader"),
            ("update", "Peeters", "85073100130"),
        ]


def test_a_deletion_keeps_what_was_deleted() -> None:
    with acting(CLERK, now=NOW):
        person = Person.objects.bulk_create([a_person("85073100130", "lemaire")])[0]
        key = person.id
        Person.objects.filter(id=key).delete()

    last = History.objects.filter(row_id=key).latest("id")
    assert (last.operation, last.state["niss"], last.at) == ("delete", "85073100130", NOW)
    assert (last.actor_kind, last.actor_enterprise) == ("person", "0712345630")


def test_nobody_in_particular_cannot_change_a_register() -> None:
    with pytest.raises(IntegrityError) as refusal, atomic():
        a_person("85073100130", "lemaire").save()

    assert refusal.value.__cause__.diag.constraint_name == "audit_history_actor_given"  # type: ignore[union-attr]


def test_raw_sql_is_held_to_the_same() -> None:
    with (
        pytest.raises(IntegrityError, match="nobody is said"),
        atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO persons_person (niss, given_name, family_name, sort_key, language,"
            " email, street, house_number, box_number, postcode, municipality, country)"
            " VALUES ('85073100130', '', 'x', 'x', 'nl', '', '', '', '', '', '', 'BE')"
        )


def test_an_actor_lasts_as_long_as_his_block() -> None:
    with acting(system("outer")):
        with acting(CLERK):
            inner = Person.objects.bulk_create([a_person("85073100130", "lemaire")])[0]
        outer = Person.objects.bulk_create([a_person("01020312444", "claes")])[0]

    assert states(inner)[0][2] == "85073100130"
    assert states(outer)[0][2] == "outer"
    with pytest.raises(IntegrityError), atomic():
        Person.objects.update(family_name="Peeters")


def test_an_update_that_changes_nothing_is_no_history() -> None:
    with acting(CLERK):
        person = Person.objects.bulk_create([a_person("85073100130", "lemaire")])[0]
        Person.objects.filter(id=person.id).update(family_name="lemaire")

    assert len(states(person)) == 1


@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["audit_history", "audit_entry", "audit_lookup"])
def test_the_audit_tables_only_grow(table: str, change: str) -> None:
    with acting(CLERK), connection.cursor() as cursor:
        Person.objects.bulk_create([a_person("85073100130", "lemaire")])
        cursor.execute(
            "INSERT INTO audit_entry (at, action, actor_kind, actor_id, target, reason)"
            " VALUES (now(), 'a.b', 'system', 'x', 'y', '')"
        )
        cursor.execute(
            "INSERT INTO audit_lookup (at, viewer_kind, viewer_id, niss, purpose, channel)"
            " VALUES (now(), 'system', 'x', '85073100130', 'test', 'test')"
        )

    with (
        pytest.raises((IntegrityError, InternalError), match=f"{table} refuses"),
        atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_a_register_cannot_be_emptied_behind_the_back_of_its_history() -> None:
    with (
        pytest.raises(IntegrityError, match="persons_person refuses truncate"),
        atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE persons_person CASCADE")


def test_the_end_of_retention_is_announced_to_the_transaction() -> None:
    with acting(CLERK):
        Person.objects.bulk_create([a_person("85073100130", "lemaire")])

    with atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL guichet.purge = 'on'")
        cursor.execute("DELETE FROM audit_history")
        assert cursor.rowcount == 1


def test_an_actor_may_be_named_with_the_transaction() -> None:
    with transaction(actor=CLERK):
        person = Person.objects.bulk_create([a_person("85073100130", "lemaire")])[0]

    assert states(person) == [("insert", "lemaire", "85073100130")]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nobody_acts() -> None:
    with pytest.raises(NoTransaction), acting(CLERK):
        pass


def test_a_persons_number_stays_out_of_representations() -> None:
    assert "85073100130" not in repr(CLERK)
    assert "…30" in repr(CLERK)


@pytest.mark.parametrize(
    ("kind", "ident", "enterprise"),
    [("robot", "x", None), ("person", "", None), ("client", "a|b", None), ("client", "a", "1|2")],
)
def test_an_actor_that_history_could_not_read_back_is_refused(
    kind: str, ident: str, enterprise: str | None
) -> None:
    with pytest.raises(ValueError, match="actor"):
        Actor(kind=kind, id=ident, enterprise=enterprise)  # type: ignore[arg-type]


def test_birth_dates_and_nulls_are_kept_as_they_were() -> None:
    person = a_person("85073100130", "lemaire")
    person.birth_date = date(1985, 7, 31)
    with acting(CLERK):
        person.save(force_insert=True)

    state = History.objects.get(row_id=person.id, table_name="persons_person").state
    assert (state["birth_date"], state["replaced_by_id"]) == ("1985-07-31", None)


@pytest.mark.django_db(transaction=True)
def test_an_operation_opens_one_transaction_and_never_a_second_inside_it() -> None:
    with transaction(), pytest.raises(RuntimeError, match="durable"), transaction():
        pass
    with pytest.raises(NoTransaction), savepoint():
        pass
