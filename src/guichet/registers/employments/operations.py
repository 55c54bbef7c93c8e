"""Changing the register of employments, inside the caller's transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.dimona import numbered
from guichet.platform.changes import Touched, record_change, record_changes
from guichet.platform.models import ChangeKind
from guichet.registers.changing import (
    ORDER,
    OVERLAP,
    Outcome,
    RegisterRefused,
    bring_up_to_date,
    changing,
    joined_days,
)
from guichet.registers.employments.models import Period, Relation
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person

REFUSALS: Final[Mapping[str, str | Promise]] = {
    "person_unknown": _("The register of persons does not know this number."),
    "enterprise_unknown": _("The register of enterprises does not know this number."),
    "period_unknown": _("No Dimona period has this number."),
    "period_cancelled": _("This Dimona period is cancelled."),
    "employments_relation_unique": _("The register knows this employment already."),
    "period_of_another": _("This Dimona number belongs to another employment."),
    "employments_period_no_overlap": OVERLAP,
    "employments_period_days_in_order": ORDER,
    "employments_period_dimona_unique": _("This Dimona number is taken."),
    "employments_period_dimona_in_twelve_digits": _("A Dimona number has at most 12 digits."),
    "employments_period_state_known": _("The state is active or cancelled."),
    "employments_relation_joint_committee_well_formed": _(
        "A joint committee is three digits, with sub-committee 121.00; or XXX."
    ),
    "employments_relation_worker_type_well_formed": _("A worker type is a code of three signs."),
}


def declare(*, employment: EmploymentRecord, actor: Actor, now: datetime) -> int:
    """Enter a Dimona period; its number, of our own making when none is given.

    Raises RegisterRefused (``person_unknown``, ``enterprise_unknown``, a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        dimona_id = employment.dimona_id or _next_dimona_id()
        period = Period.objects.create(
            relation=_relation(employment),
            dimona_id=dimona_id,
            **_columns(employment),
        )
        _note("declared", period, (period.first_day, period.last_day), actor, now)
    return dimona_id


def declare_many(*, employments: Sequence[EmploymentRecord], actor: Actor, now: datetime) -> None:
    """Enter many periods of new relations, all or none, with one line of trail.

    Numbers are of our own making. Raises RegisterRefused as ``declare``, and
    ``employments_relation_unique`` when one of the relations is known.
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        relations = _new_relations(employments)
        ids = _next_dimona_ids(len(employments))
        Period.objects.bulk_create(
            (
                Period(
                    relation=relation,
                    dimona_id=dimona_id,
                    **_columns(each),
                )
                for relation, dimona_id, each in zip(relations, ids, employments, strict=True)
            ),
            batch_size=1_000,
        )
        trail.record(
            action="registers.employment.declaredInBulk",
            actor=actor,
            target="employments",
            now=now,
            detail={"count": len(employments)},
        )
        record_changes(_touched(employments), now=now)


def bring_in(*, employment: EmploymentRecord, actor: Actor, now: datetime) -> Outcome:
    """Enter a period, or bring the one of the same number up to date.

    Without a number, the standing period of the same relation that begins on the same day, and at
    the same time, is meant, if there is one. Raises RegisterRefused as ``declare``, and
    ``period_of_another`` when the number stands for another relation, ``period_cancelled`` for
    one that shall revive.
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        relation = _relation(employment)
        rows = Period.objects.select_for_update()
        if employment.dimona_id is not None:
            period = rows.filter(dimona_id=employment.dimona_id).first()
        else:
            period = rows.filter(
                relation=relation,
                first_day=employment.first_day,
                start_time=employment.start_time,
                state=employment.state,
            ).first()
        if period is None:
            declare(employment=employment, actor=actor, now=now)
            return Outcome.ADDED
        return _bring_up_to_date(period, relation, employment, actor, now)


def change_days(
    *, dimona_id: int, first_day: date, last_day: date | None, actor: Actor, now: datetime
) -> None:
    """Give a period other days; raises RegisterRefused (``period_unknown``,
    ``period_cancelled``, a constraint's name)."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        period = _standing(dimona_id)
        touched = joined_days((period.first_day, period.last_day), (first_day, last_day))
        period.first_day, period.last_day = first_day, last_day
        period.save(update_fields=["first_day", "last_day"])
        _note("changed", period, touched, actor, now)


def close(*, dimona_id: int, last_day: date, actor: Actor, now: datetime) -> None:
    """The employment ends on ``last_day``; raises RegisterRefused as ``change_days``."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        period = _standing(dimona_id)
        touched = joined_days((period.first_day, period.last_day), (period.first_day, last_day))
        period.last_day = last_day
        period.save(update_fields=["last_day"])
        _note("closed", period, touched, actor, now)


def cancel(*, dimona_id: int, actor: Actor, now: datetime) -> None:
    """The employment never began; raises RegisterRefused (``period_unknown``,
    ``period_cancelled``)."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        period = _standing(dimona_id)
        period.state = "cancelled"
        period.save(update_fields=["state"])
        _note("cancelled", period, (period.first_day, period.last_day), actor, now)


def take_numbers(count: int) -> list[int]:
    """So many numbers for new periods."""
    return _next_dimona_ids(count)


def _new_relations(employments: Sequence[EmploymentRecord]) -> list[Relation]:
    people = _keys(Person.objects.filter(niss__in={each.niss for each in employments}), "niss")
    numbers = {each.employer for each in employments}
    numbers |= {each.user_enterprise or each.employer for each in employments}
    firms = _keys(Enterprise.objects.filter(number__in=numbers), "number")
    return Relation.objects.bulk_create(
        (
            Relation(
                person_id=_key(people, each.niss, "person_unknown"),
                employer_id=_key(firms, each.employer, "enterprise_unknown"),
                joint_committee=each.joint_committee,
                worker_type=each.worker_type,
                user_enterprise_id=each.user_enterprise
                and _key(firms, each.user_enterprise, "enterprise_unknown"),
            )
            for each in employments
        ),
        batch_size=1_000,
    )


def _bring_up_to_date(
    period: Period,
    relation: Relation,
    employment: EmploymentRecord,
    actor: Actor,
    now: datetime,
) -> Outcome:
    if period.relation_id != relation.id:
        raise _refused("period_of_another")
    if period.state != "active" and employment.state == "active":
        raise _refused("period_cancelled")
    former = (period.first_day, period.last_day)
    wanted = (employment.first_day, employment.last_day)
    outcome = bring_up_to_date(period, _columns(employment))
    if outcome is Outcome.CHANGED:
        _note("changed", period, joined_days(former, wanted), actor, now)
    return outcome


def _columns(employment: EmploymentRecord) -> dict[str, Any]:
    return {
        "first_day": employment.first_day,
        "last_day": employment.last_day,
        "start_time": employment.start_time,
        "end_time": employment.end_time,
        "declared_at": employment.declared_at,
        "state": employment.state,
    }


def _next_dimona_id() -> int:
    return _next_dimona_ids(1)[0]


def _next_dimona_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('employments_dimona') FROM generate_series(1, %s)", [count])
        return [numbered(sequence) for (sequence,) in cursor.fetchall()]


def _keys(rows: QuerySet[Any], column: str) -> dict[str, int]:
    return dict(rows.values_list(column, "id"))


def _key(known: Mapping[str, int], text: str, code: str) -> int:
    if text not in known:
        raise _refused(code)
    return known[text]


def _touched(employments: Sequence[EmploymentRecord]) -> Iterator[Touched]:
    for each in employments:
        for firm in sorted({each.employer, each.user_enterprise or each.employer}):
            yield Touched(
                ChangeKind.EMPLOYMENT,
                niss=each.niss,
                enterprise_number=firm,
                first_day=each.first_day,
                last_day=each.last_day,
            )


def _relation(employment: EmploymentRecord) -> Relation:
    person = Person.objects.filter(niss=employment.niss).first()
    if person is None:
        raise _refused("person_unknown")
    user = employment.user_enterprise
    relation, _created = Relation.objects.get_or_create(
        person=person,
        employer=_enterprise(employment.employer),
        joint_committee=employment.joint_committee,
        worker_type=employment.worker_type,
        user_enterprise=None if user is None else _enterprise(user),
    )
    return relation


def _enterprise(number: str) -> Enterprise:
    row = Enterprise.objects.filter(number=number).first()
    if row is None:
        raise _refused("enterprise_unknown")
    return row


def _standing(dimona_id: int) -> Period:
    row = Period.objects.select_for_update().filter(dimona_id=dimona_id).first()
    if row is None:
        raise _refused("period_unknown")
    if row.state != "active":
        raise _refused("period_cancelled")
    return row


def _note(
    what: str, period: Period, days: tuple[date, date | None], actor: Actor, now: datetime
) -> None:
    relation = period.relation
    trail.record(
        action=f"registers.employment.{what}", actor=actor, target=str(period.dimona_id), now=now
    )
    firms = {relation.employer.number}
    if relation.user_enterprise is not None:
        firms.add(relation.user_enterprise.number)
    for number in sorted(firms):
        record_change(
            kind=ChangeKind.EMPLOYMENT,
            niss=relation.person.niss,
            enterprise_number=number,
            first_day=days[0],
            last_day=days[1],
            now=now,
        )


def _refused(code: str) -> RegisterRefused:
    return RegisterRefused(code, REFUSALS[code])
