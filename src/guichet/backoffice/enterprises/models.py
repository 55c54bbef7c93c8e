# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Who was registered at the desk: an enterprise established abroad and its representative."""

from django.db import models
from django.db.models import Q

from guichet.registers.columns import matches, one_of
from guichet.rules.access_management import REPRESENTATIVES


class Registration(models.Model):
    """One enterprise, the person who represents it, and who registered both.

    ``vat_number``: of the country of establishment, as its tax office writes it without blanks;
    empty where there is none. ``card_country``, ``means_country``: what the person can prove his
    identity with (electronic card, recognised means of a country); empty without one.
    ``person_is_new``: he got his BIS number here.
    """

    id = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    country = models.TextField()
    vat_number = models.TextField(default="")
    function = models.TextField()
    card_country = models.TextField(default="")
    means_country = models.TextField(default="")
    person_is_new = models.BooleanField()
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "backoffice_registration"
        indexes = [
            models.Index(fields=["desk", "-registered_at"], name="backoffice_registration_desk")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], name="backoffice_registration_enterprise_once"
            ),
            models.UniqueConstraint(
                fields=["country", "vat_number"],
                condition=~Q(vat_number=""),
                name="backoffice_registration_vat_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(country="BE"), name="backoffice_registration_is_abroad"
            ),
            matches("backoffice_registration", "country", r"^[A-Z]{2}$"),
            matches("backoffice_registration", "card_country", r"^[A-Z]{2}$", may_be_empty=True),
            matches("backoffice_registration", "means_country", r"^[A-Z]{2}$", may_be_empty=True),
            matches(
                "backoffice_registration", "vat_number", r"^[A-Z0-9+*]{2,20}$", may_be_empty=True
            ),
            one_of("backoffice_registration", "function", tuple(sorted(REPRESENTATIVES))),
        ]
