"""What the tables of several registers have in common: languages, addresses, periods."""

from typing import Final

from django.db import models
from django.db.models import F, Func, Q, Value

LANGUAGES: Final = ("nl", "fr", "de", "en")
ADDRESS: Final = (
    "street",
    "house_number",
    "box_number",
    "postcode",
    "municipality",
    "country",
)


class Addressed(models.Model):
    """A postal address; a text that is not known is empty. ``country``: two letters, ISO 3166."""

    street = models.TextField(default="")
    house_number = models.TextField(default="")
    box_number = models.TextField(default="")
    postcode = models.TextField(default="")
    municipality = models.TextField(default="")
    country = models.TextField(default="BE")

    class Meta:
        abstract = True


def days() -> Func:
    """The days of a row with ``first_day`` and ``last_day``, both included, as a range."""
    return Func(F("first_day"), F("last_day"), Value("[]"), function="daterange")


def days_in_order(table: str) -> models.CheckConstraint:
    """The last day is not before the first; an absent last day is an open end."""
    return models.CheckConstraint(
        condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
        name=f"{table}_days_in_order",
    )


def matches(
    table: str, column: str, pattern: str, *, may_be_empty: bool = False
) -> models.CheckConstraint:
    """The text of a column has a form (a POSIX regular expression)."""
    form = Q(**{f"{column}__regex": pattern})
    return models.CheckConstraint(
        condition=form | Q(**{column: ""}) if may_be_empty else form,
        name=f"{table}_{column}_well_formed",
    )


def one_of(table: str, column: str, values: tuple[str, ...]) -> models.CheckConstraint:
    """The text of a column is one of a list."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": list(values)}), name=f"{table}_{column}_known"
    )
