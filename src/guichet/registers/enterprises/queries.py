"""Reading the register of enterprises: plain values out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from guichet.registers.addresses import Address
from guichet.registers.enterprises.models import Enterprise, Establishment, Function, Quality


@dataclass(frozen=True, slots=True)
class EnterpriseRecord:
    """What the register holds of an enterprise; at least one name, the others may be empty.

    ``legal_form``: three digits of the enterprise register's code list, or empty.
    ``onss_first_day`` … ``onss_last_day``: registered as an employer; absent, it never was.
    """

    number: str
    name_nl: str = ""
    name_fr: str = ""
    name_de: str = ""
    name_en: str = ""
    language: str = "nl"
    legal_form: str = ""
    onss_number: str = ""
    onss_first_day: date | None = None
    onss_last_day: date | None = None
    stopped_on: date | None = None
    address: Address = field(default=Address())

    def name(self, language: str) -> str:
        """The name in ``language``, else in the enterprise's own, else whichever there is."""
        by_language = {
            "nl": self.name_nl,
            "fr": self.name_fr,
            "de": self.name_de,
            "en": self.name_en,
        }
        wanted = (language[:2].lower(), self.language, "nl", "fr", "de", "en")
        return next(by_language[code] for code in wanted if by_language.get(code))


@dataclass(frozen=True, slots=True)
class EstablishmentRecord:
    """An establishment unit and the enterprise it belongs to.

    ``first_day`` … ``last_day``: open, both included; an absent day is not known, or to come.
    """

    number: str
    enterprise_number: str
    name: str = ""
    address: Address = field(default=Address())
    first_day: date | None = None
    last_day: date | None = None

    def is_open(self, day: date) -> bool:
        """Whether it is open on a day, as far as the register knows."""
        return (self.first_day is None or self.first_day <= day) and not self.is_closed(day)

    def is_closed(self, day: date) -> bool:
        """Whether a day lies after its last one."""
        return self.last_day is not None and self.last_day < day


@dataclass(frozen=True, slots=True)
class FunctionRecord:
    """A person's function in an enterprise; both days included, an absent last day is open."""

    enterprise_number: str
    niss: str = field(repr=False)
    function: str
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class QualityRecord:
    """A quality of an enterprise before social security, and its days."""

    quality: str
    first_day: date
    last_day: date | None = None


def enterprise(*, number: str) -> EnterpriseRecord | None:
    """The enterprise of this number, or None."""
    row = Enterprise.objects.filter(number=number).first()
    return None if row is None else record_of(row)


def record_of(row: Enterprise) -> EnterpriseRecord:
    """The plain value of a row."""
    return EnterpriseRecord(
        number=row.number,
        name_nl=row.name_nl,
        name_fr=row.name_fr,
        name_de=row.name_de,
        name_en=row.name_en,
        language=row.language,
        legal_form=row.legal_form,
        onss_number=row.onss_number,
        onss_first_day=row.onss_first_day,
        onss_last_day=row.onss_last_day,
        stopped_on=row.stopped_on,
        address=Address.of(row),
    )


def names(*, numbers: Collection[str], language: str) -> dict[str, str]:
    """The name of each known enterprise, by its number."""
    rows = Enterprise.objects.filter(number__in=numbers)
    return {row.number: record_of(row).name(language) for row in rows}


def establishments(*, number: str) -> tuple[EstablishmentRecord, ...]:
    """The establishment units of an enterprise, closed ones too, by their number."""
    rows = Establishment.objects.filter(enterprise__number=number).order_by("number")
    return tuple(
        EstablishmentRecord(r.number, number, r.name, Address.of(r), r.first_day, r.last_day)
        for r in rows
    )


def functions(*, number: str, on: date | None = None) -> tuple[FunctionRecord, ...]:
    """The functions in an enterprise, those of one day when ``on`` is given."""
    rows = Function.objects.filter(enterprise__number=number).select_related("person")
    if on is not None:
        rows = rows.filter(_covers(on))
    return tuple(
        FunctionRecord(number, r.person.niss, r.function, r.first_day, r.last_day)
        for r in rows.order_by("first_day", "id")
    )


def functions_of(*, niss: str, on: date) -> tuple[FunctionRecord, ...]:
    """The functions of a person on a day, by enterprise."""
    rows = Function.objects.filter(_covers(on), person__niss=niss).select_related("enterprise")
    return tuple(
        FunctionRecord(r.enterprise.number, niss, r.function, r.first_day, r.last_day)
        for r in rows.order_by("enterprise__number", "id")
    )


def qualities(*, number: str, on: date | None = None) -> tuple[QualityRecord, ...]:
    """The qualities of an enterprise, those of one day when ``on`` is given."""
    rows = Quality.objects.filter(enterprise__number=number)
    if on is not None:
        rows = rows.filter(_covers(on))
    return tuple(
        QualityRecord(r.quality, r.first_day, r.last_day) for r in rows.order_by("first_day", "id")
    )


def _covers(day: date) -> Q:
    return Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))
