"""What an employer keeps to inform his staff: whom to ask, and when it was told. No behaviour."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guichet.registers.columns import matches

HOWS = ("meeting", "leaflet", "poster", "message", "contract", "other")
_NUMBER = r"^[0-9]{10}$"


class KitContact(models.Model):
    """Whom the staff of an enterprise asks on a site, as the leaflet and the page say it."""

    id = models.BigAutoField(primary_key=True)
    enterprise_number = models.TextField()
    works_reference = models.TextField()
    who = models.TextField()
    phone = models.TextField(default="")
    email = models.TextField(default="")
    note = models.TextField(default="")
    changed_at = models.DateTimeField()

    objects: ClassVar["models.Manager[KitContact]"] = models.Manager()

    class Meta:
        db_table = "presence_kit_contact"
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_number", "works_reference"], name="presence_kit_contact_once"
            ),
            matches("presence_kit_contact", "enterprise_number", _NUMBER),
            models.CheckConstraint(
                condition=~models.Q(phone="") | ~models.Q(email=""),
                name="presence_kit_contact_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StaffTold(models.Model):
    """An employer notes that his staff was told how to register, and how.

    ``works_reference`` empty: the staff of every site; ``who``: who told it, in his words.
    One that was noted by mistake is taken back, never deleted.
    """

    id = models.BigAutoField(primary_key=True)
    enterprise_number = models.TextField()
    works_reference = models.TextField(default="")
    told_on = models.DateField()
    hows = ArrayField(models.TextField())
    who = models.TextField()
    note = models.TextField(default="")
    noted_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects: ClassVar["models.Manager[StaffTold]"] = models.Manager()

    class Meta:
        db_table = "presence_staff_told"
        constraints = [
            matches("presence_staff_told", "enterprise_number", _NUMBER),
            models.CheckConstraint(
                condition=models.Q(hows__contained_by=list(HOWS), hows__len__gt=0),
                name="presence_staff_told_how_known",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise_number", "-told_on"], name="presence_staff_told_last")
        ]

    def __str__(self) -> str:
        return str(self.pk)
