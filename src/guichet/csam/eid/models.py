"""Tickets of the card listener, and the test cards of the simulation."""

from django.db import models
from django.db.models import F, Q

from guichet.csam.eid.authority import CardKind
from guichet.csam.eid.judge import Refusal


class Ticket(models.Model):
    """What the listener judged, until the browser of the login hands its ticket in.

    Written by the listener (``tickets``), taken out by ``operations.redeem``.
    """

    digest = models.TextField(primary_key=True)
    login = models.TextField()
    refusal = models.TextField(null=True)
    niss = models.TextField(null=True)
    given_name = models.TextField(default="")
    family_name = models.TextField(default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "csam_eid_ticket"
        indexes = [models.Index(fields=["expires_at"], name="csam_eid_ticket_expires")]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="csam_eid_ticket_digest_only"
            ),
            models.CheckConstraint(
                condition=Q(refusal__isnull=True) | Q(refusal__in=[one.value for one in Refusal]),
                name="csam_eid_ticket_refusal_known",
            ),
            models.CheckConstraint(
                condition=Q(refusal__isnull=True, niss__isnull=False, niss__regex=r"^[0-9]{11}$")
                | Q(refusal__isnull=False, niss__isnull=True, given_name="", family_name=""),
                name="csam_eid_ticket_holder_or_refusal",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="csam_eid_ticket_ends"
            ),
        ]

    def __str__(self) -> str:
        return "ticket"  # nothing of a card


class TestCard(models.Model):
    """A certificate made by the test authority; the simulation's list of revoked ones."""

    __test__ = False  # not a test, whatever its name begins with

    serial = models.TextField(primary_key=True)
    niss = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "csam_eid_test_card"
        indexes = [models.Index(fields=["-made_at"], name="csam_eid_test_card_made")]
        constraints = [
            models.CheckConstraint(
                condition=Q(serial__regex=r"^[0-9a-f]{1,40}$"), name="csam_eid_test_card_serial"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in CardKind]),
                name="csam_eid_test_card_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(niss__regex=r"^[0-9]{11}$"), name="csam_eid_test_card_niss"
            ),
        ]

    def __str__(self) -> str:
        return self.serial
