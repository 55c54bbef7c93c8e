"""Changing the register of postings, inside the caller's transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.platform.changes import record_change
from guichet.platform.models import ChangeKind
from guichet.registers.changing import (
    ORDER,
    Outcome,
    RegisterRefused,
    bring_rows_up_to_date,
    bring_up_to_date,
    changing,
    joined_days,
)
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.registers.postings.models import Limosa, Place
from guichet.registers.postings.queries import PostingPlace, PostingRecord

REFUSALS: Final[Mapping[str, str | Promise]] = {
    "person_unknown": _("The register of persons does not know this number."),
    "enterprise_unknown": _("The register of enterprises does not know this number."),
    "posting_unknown": _("No Limosa declaration has this number."),
    "posting_of_another": _("This Limosa declaration concerns another person."),
    "postings_limosa_number_well_formed": _("A Limosa number has 17 digits."),
    "postings_limosa_foreign_vat_number_well_formed": _(
        "A foreign VAT number begins with two letters."
    ),
    "postings_limosa_kind_known": _("The kind is employee, self_employed or trainee."),
    "postings_limosa_state_known": _("The state is active or cancelled."),
    "postings_limosa_days_in_order": ORDER,
    "postings_limosa_has_an_employer": _("A posted worker needs an employer."),
    "postings_place_kind_known": _("The kind of place is fixed, site, address or mobile."),
    "postings_place_country_well_formed": _("The country is two capital letters."),
}


def declare(*, posting: PostingRecord, actor: Actor, now: datetime) -> Outcome:
    """Add a declaration with its places, or bring what the register holds up to date.

    Raises RegisterRefused (``person_unknown``, ``enterprise_unknown``, ``posting_of_another``,
    a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        person = Person.objects.filter(niss=posting.niss).first()
        if person is None:
            raise _refused("person_unknown")
        columns = _columns(posting)
        days: tuple[date, date | None] = (posting.first_day, posting.last_day)
        rows = Limosa.objects.select_for_update(of=("self",))
        row = rows.filter(number=posting.number).first()
        if row is None:
            row = Limosa.objects.create(number=posting.number, person=person, **columns)
            outcome = Outcome.ADDED
        elif row.person_id != person.id:
            raise _refused("posting_of_another")
        else:
            days = joined_days(days, (row.first_day, row.last_day))
            outcome = bring_up_to_date(row, columns)
        if _put_places(row, posting.places) and outcome is Outcome.UNCHANGED:
            outcome = Outcome.CHANGED
        if outcome is not Outcome.UNCHANGED:
            _note(f"registers.posting.{outcome}", row, days, actor, now)
    return outcome


def cancel(*, number: str, actor: Actor, now: datetime) -> None:
    """The declaration no longer stands; raises RegisterRefused (``posting_unknown``)."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = Limosa.objects.select_for_update(of=("self",)).filter(number=number).first()
        if row is None:
            raise _refused("posting_unknown")
        if bring_up_to_date(row, {"state": "cancelled"}) is Outcome.CHANGED:
            days = (row.first_day, row.last_day)
            _note("registers.posting.cancelled", row, days, actor, now)


def _columns(posting: PostingRecord) -> dict[str, Any]:
    return {
        "kind": posting.kind,
        "foreign_vat_number": posting.foreign_vat_number,
        "employer": _enterprise(posting.employer),
        "client": _enterprise(posting.client),
        "first_day": posting.first_day,
        "last_day": posting.last_day,
        "state": posting.state,
    }


def _put_places(limosa: Limosa, places: tuple[PostingPlace, ...]) -> bool:
    wanted: list[dict[str, Any]] = [
        {
            "kind": place.kind,
            "works_reference": place.works_reference,
            "description": place.description,
            **place.address.as_columns(),
        }
        for place in places
    ]
    return bring_rows_up_to_date(Place.objects.all(), wanted, limosa=limosa)


def _note(
    action: str, row: Limosa, days: tuple[date, date | None], actor: Actor, now: datetime
) -> None:
    trail.record(action=action, actor=actor, target=row.number, now=now)
    record_change(
        kind=ChangeKind.POSTING,
        niss=row.person.niss,
        first_day=days[0],
        last_day=days[1],
        now=now,
    )


def _enterprise(number: str | None) -> Enterprise | None:
    if number is None:
        return None
    row = Enterprise.objects.filter(number=number).first()
    if row is None:
        raise _refused("enterprise_unknown")
    return row


def _refused(code: str) -> RegisterRefused:
    return RegisterRefused(code, REFUSALS[code])
