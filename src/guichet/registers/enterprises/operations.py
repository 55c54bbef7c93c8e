"""Changing the register of enterprises, inside the caller's transaction."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.enterprise import (
    EnterpriseNumber,
    EstablishmentNumber,
    InvalidEnterpriseNumber,
    InvalidEstablishmentNumber,
)
from guichet.platform.changes import record_change
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
from guichet.registers.enterprises.models import Enterprise, Establishment, Function, Quality
from guichet.registers.enterprises.queries import EnterpriseRecord, EstablishmentRecord
from guichet.registers.persons.models import Person
from guichet.registers.sorting import sort_key

REFUSALS: Final[Mapping[str, str | Promise]] = {
    "enterprise_number_invalid": _("This is not a valid enterprise number."),
    "establishment_number_invalid": _("This is not a valid establishment number."),
    "establishment_unknown": _("The register of enterprises does not know this establishment."),
    "enterprise_unknown": _("The register of enterprises does not know this number."),
    "person_unknown": _("The register of persons does not know this number."),
    "function_unknown": _("No such function runs on this day."),
    "establishment_of_another": _("This establishment belongs to another enterprise."),
    "enterprises_enterprise_has_a_name": _("An enterprise needs a name in at least one language."),
    "enterprises_enterprise_language_known": _("The language is nl, fr, de or en."),
    "enterprises_enterprise_country_well_formed": _("The country is two capital letters."),
    "enterprises_enterprise_legal_form_well_formed": _("A legal form is a code of three digits."),
    "enterprises_enterprise_onss_number_well_formed": _("An ONSS number has 6 to 10 digits."),
    "enterprises_enterprise_onss_number_unique": _("Another enterprise has this ONSS number."),
    "enterprises_enterprise_onss_days_in_order": _("The registration as employer ends too early."),
    "enterprises_establishment_days_in_order": ORDER,
    "enterprises_function_function_known": _("This function does not exist."),
    "enterprises_function_days_in_order": ORDER,
    "enterprises_function_no_overlap": OVERLAP,
    "enterprises_quality_quality_known": _("This quality does not exist."),
    "enterprises_quality_days_in_order": ORDER,
    "enterprises_quality_no_overlap": OVERLAP,
}


def register(*, enterprise: EnterpriseRecord, actor: Actor, now: datetime) -> Outcome:
    """Add an enterprise, or bring what the register holds up to date.

    Raises RegisterRefused (``enterprise_number_invalid`` or the name of a constraint).
    """
    number = _number(enterprise.number)
    names = (enterprise.name_nl, enterprise.name_fr, enterprise.name_de, enterprise.name_en)
    columns = {
        "name_nl": enterprise.name_nl,
        "name_fr": enterprise.name_fr,
        "name_de": enterprise.name_de,
        "name_en": enterprise.name_en,
        "sort_key": sort_key(enterprise.name(enterprise.language) if any(names) else ""),
        "language": enterprise.language,
        "legal_form": enterprise.legal_form,
        "onss_number": enterprise.onss_number,
        "onss_first_day": enterprise.onss_first_day,
        "onss_last_day": enterprise.onss_last_day,
        "stopped_on": enterprise.stopped_on,
        **enterprise.address.as_columns(),
    }
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = Enterprise.objects.select_for_update().filter(number=number).first()
        if row is None:
            Enterprise.objects.create(number=number, **columns)
            outcome = Outcome.ADDED
        else:
            outcome = bring_up_to_date(row, columns)
        if outcome is not Outcome.UNCHANGED:
            _note(f"registers.enterprise.{outcome}", number, actor, now)
    return outcome


def stop(*, number: str, on: date, actor: Actor, now: datetime) -> None:
    """The enterprise is no longer active from this day on; a registration as employer that still
    runs ends the day before. Raises RegisterRefused (``enterprise_unknown``)."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = _enterprise(number, Enterprise.objects.select_for_update())
        row.stopped_on = on
        if row.onss_first_day is not None and (
            row.onss_last_day is None or row.onss_last_day >= on
        ):
            row.onss_last_day = max(on - timedelta(days=1), row.onss_first_day)
        row.save(update_fields=["stopped_on", "onss_last_day"])
        _note("registers.enterprise.stopped", number, actor, now)


def add_establishment(
    *, establishment: EstablishmentRecord, actor: Actor, now: datetime
) -> Outcome:
    """Add an establishment unit, or bring its name, address and days up to date.

    Raises RegisterRefused.
    """
    try:
        number = EstablishmentNumber.parse(establishment.number).digits
    except InvalidEstablishmentNumber:
        raise _refused("establishment_number_invalid") from None
    columns = {
        "name": establishment.name,
        "first_day": establishment.first_day,
        "last_day": establishment.last_day,
        **establishment.address.as_columns(),
    }
    with changing(actor=actor, now=now, refusals=REFUSALS):
        owner = _enterprise(establishment.enterprise_number)
        row = Establishment.objects.select_for_update().filter(number=number).first()
        if row is None:
            Establishment.objects.create(number=number, enterprise=owner, **columns)
            outcome = Outcome.ADDED
        elif row.enterprise_id != owner.id:
            raise _refused("establishment_of_another")
        else:
            outcome = bring_up_to_date(row, columns)
        if outcome is not Outcome.UNCHANGED:
            action = f"registers.establishment.{outcome}"
            trail.record(action=action, actor=actor, target=number, now=now)
    return outcome


def close_establishment(*, number: str, last_day: date, actor: Actor, now: datetime) -> None:
    """An establishment unit closes after this day, or closed after it and no other.

    Raises RegisterRefused (``establishment_unknown``, a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = Establishment.objects.select_for_update().filter(number=number).first()
        if row is None:
            raise _refused("establishment_unknown")
        if bring_up_to_date(row, {"last_day": last_day}) is Outcome.CHANGED:
            trail.record(
                action="registers.establishment.closed",
                actor=actor,
                target=number,
                now=now,
                detail={"last_day": last_day.isoformat()},
            )


def add_function(
    *,
    number: str,
    niss: str,
    function: str,
    first_day: date,
    last_day: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """A person takes up a function in an enterprise.

    Raises RegisterRefused (``enterprise_unknown``, ``person_unknown``, a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        owner, person = _enterprise(number), _person(niss)
        Function.objects.create(
            enterprise=owner,
            person=person,
            function=function,
            first_day=first_day,
            last_day=last_day,
        )
        _note_function(
            what="added",
            number=number,
            niss=niss,
            days=(first_day, last_day),
            actor=actor,
            now=now,
        )


def bring_in_function(
    *,
    number: str,
    niss: str,
    function: str,
    first_day: date,
    last_day: date | None,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Add a function, or give the one that began on the same day this last day."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = (
            Function.objects.select_for_update(of=("self",))
            .filter(
                enterprise__number=number,
                person__niss=niss,
                function=function,
                first_day=first_day,
            )
            .first()
        )
        if row is None:
            add_function(
                number=number,
                niss=niss,
                function=function,
                first_day=first_day,
                last_day=last_day,
                actor=actor,
                now=now,
            )
            return Outcome.ADDED
        days = joined_days((first_day, row.last_day), (first_day, last_day))
        outcome = bring_up_to_date(row, {"last_day": last_day})
        if outcome is Outcome.CHANGED:
            _note_function(
                what="changed", number=number, niss=niss, days=days, actor=actor, now=now
            )
    return outcome


def end_function(
    *,
    number: str,
    niss: str,
    function: str,
    last_day: date,
    actor: Actor,
    now: datetime,
) -> None:
    """The function that runs on ``last_day`` ends then; raises RegisterRefused."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        running = Function.objects.select_for_update(of=("self",)).filter(
            enterprise__number=number,
            person__niss=niss,
            function=function,
            first_day__lte=last_day,
        )
        row = running.order_by("-first_day").first()
        if row is None or (row.last_day is not None and row.last_day < last_day):
            raise _refused("function_unknown")
        days = joined_days((row.first_day, row.last_day), (row.first_day, last_day))
        row.last_day = last_day
        row.save(update_fields=["last_day"])
        _note_function(what="ended", number=number, niss=niss, days=days, actor=actor, now=now)


def add_quality(
    *,
    number: str,
    quality: str,
    first_day: date,
    last_day: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """An enterprise appears in a quality from a day on; raises RegisterRefused."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        Quality.objects.create(
            enterprise=_enterprise(number),
            quality=quality,
            first_day=first_day,
            last_day=last_day,
        )
        _note("registers.quality.added", number, actor, now)


def bring_in_quality(
    *,
    number: str,
    quality: str,
    first_day: date,
    last_day: date | None,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Add a quality, or give the one that began on the same day this last day."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        rows = Quality.objects.select_for_update(of=("self",))
        row = rows.filter(enterprise__number=number, quality=quality, first_day=first_day).first()
        if row is None:
            add_quality(
                number=number,
                quality=quality,
                first_day=first_day,
                last_day=last_day,
                actor=actor,
                now=now,
            )
            return Outcome.ADDED
        outcome = bring_up_to_date(row, {"last_day": last_day})
        if outcome is Outcome.CHANGED:
            _note("registers.quality.changed", number, actor, now)
    return outcome


def _note(action: str, number: str, actor: Actor, now: datetime) -> None:
    trail.record(action=action, actor=actor, target=number, now=now)
    record_change(kind=ChangeKind.ENTERPRISE, enterprise_number=number, now=now)


def _note_function(
    *,
    what: str,
    number: str,
    niss: str,
    days: tuple[date, date | None],
    actor: Actor,
    now: datetime,
) -> None:
    trail.record(
        action=f"registers.function.{what}",
        actor=actor,
        target=number,
        now=now,
        detail={"niss": niss},
    )
    record_change(
        kind=ChangeKind.FUNCTION,
        niss=niss,
        enterprise_number=number,
        first_day=days[0],
        last_day=days[1],
        now=now,
    )


def _enterprise(number: str, rows: QuerySet[Enterprise] | None = None) -> Enterprise:
    row = (Enterprise.objects.all() if rows is None else rows).filter(number=number).first()
    if row is None:
        raise _refused("enterprise_unknown")
    return row


def _person(niss: str) -> Person:
    row = Person.objects.filter(niss=niss).first()
    if row is None:
        raise _refused("person_unknown")
    return row


def _number(text: str) -> str:
    try:
        return EnterpriseNumber.parse(text).digits
    except InvalidEnterpriseNumber:
        raise _refused("enterprise_number_invalid") from None


def _refused(code: str) -> RegisterRefused:
    return RegisterRefused(code, REFUSALS[code])
