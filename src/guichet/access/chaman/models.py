"""Senders with their one contact, technical users, warnings that were sent.

Fields, constraints and nothing else. A sender belongs to an enterprise, and so do its channels:
the number of the enterprise joins them.
"""

from typing import Final

from django.db import models
from django.db.models import Q

from guichet.access.models import ChannelCertificate

LANGUAGES: Final = ("nl", "fr", "de", "en")


class Sender(models.Model):
    """The party that sends files or calls: a number from 000001 to 999999, one an enterprise."""

    number = models.TextField()
    enterprise_number = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "access_sender"
        constraints = [
            models.UniqueConstraint(name="access_sender_number_unique", fields=["number"]),
            models.UniqueConstraint(
                name="access_sender_one_for_an_enterprise", fields=["enterprise_number"]
            ),
            models.CheckConstraint(
                name="access_sender_number_has_six_digits",
                condition=Q(number__regex=r"^[0-9]{6}$") & ~Q(number="000000"),
            ),
            models.CheckConstraint(
                name="access_sender_enterprise_number_has_ten_digits",
                condition=Q(enterprise_number__regex=r"^[01][0-9]{9}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Contact(models.Model):
    """The technical contact of a sender: exactly one."""

    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="contacts")
    given_name = models.TextField()
    family_name = models.TextField()
    email = models.TextField()
    phone = models.TextField()
    language = models.TextField()

    class Meta:
        db_table = "access_sender_contact"
        constraints = [
            models.UniqueConstraint(name="access_sender_contact_only_one", fields=["sender"]),
            models.CheckConstraint(
                name="access_sender_contact_can_be_reached",
                condition=Q(email__contains="@") & ~Q(phone=""),
            ),
            models.CheckConstraint(
                name="access_sender_contact_language_is_known",
                condition=Q(language__in=LANGUAGES),
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class TechnicalUser(models.Model):
    """The older account of the SOAP services: a user name with a password or a certificate."""

    class State(models.TextChoices):
        """A blocked technical user is refused at once."""

        ACTIVE = "active"
        BLOCKED = "blocked"

    user_name = models.TextField()
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="technical_users")
    password_hash = models.TextField(null=True)
    pem = models.TextField(null=True)
    thumbprint = models.TextField(null=True)
    not_after = models.DateTimeField(null=True)
    state = models.TextField(choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField()
    password_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_technical_user"
        constraints = [
            models.UniqueConstraint(name="access_technical_user_name_unique", fields=["user_name"]),
            models.UniqueConstraint(
                name="access_technical_user_certificate_used_once", fields=["thumbprint"]
            ),
            models.CheckConstraint(
                name="access_technical_user_name_is_plain",
                condition=Q(user_name__regex=r"^[a-z0-9]{8,30}$"),
            ),
            models.CheckConstraint(
                name="access_technical_user_has_one_secret",
                condition=(
                    Q(password_hash__startswith="$argon2id$", pem__isnull=True)  # noqa: S106
                    & Q(thumbprint__isnull=True)
                )
                | Q(password_hash__isnull=True, pem__isnull=False, thumbprint__isnull=False),
            ),
            models.CheckConstraint(
                name="access_technical_user_holds_no_private_key",
                condition=~Q(pem__contains="PRIVATE KEY") | Q(pem__isnull=True),
            ),
            models.CheckConstraint(
                name="access_technical_user_state_is_known",
                condition=Q(state__in=["active", "blocked"]),
            ),
        ]

    def __str__(self) -> str:
        return self.user_name


class ExpiryWarning(models.Model):
    """A mail that said how many days a certificate still has: once for each threshold."""

    certificate = models.ForeignKey(
        ChannelCertificate, on_delete=models.PROTECT, related_name="expiry_warnings"
    )
    days = models.IntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "access_expiry_warning"
        constraints = [
            models.UniqueConstraint(
                name="access_expiry_warning_sent_once", fields=["certificate", "days"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} days"
