"""Technical channels with their certificates, what they used up, and people's rights.

Fields, constraints and nothing else; `channels` reads and changes them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from guichet.access.permissions import PERMISSIONS


class Channel(models.Model):
    """A machine that may call on behalf of one enterprise, known by its client id."""

    class Environment(models.TextChoices):
        """Where the channel may be used; the two are ticked apart."""

        SIMULATION = "simulation"
        PRODUCTION = "production"

    class State(models.TextChoices):
        """A suspended channel obtains no token and its tokens are refused."""

        ACTIVE = "active"
        SUSPENDED = "suspended"

    client_id = models.TextField()
    name = models.TextField()
    enterprise_number = models.TextField()
    environment = models.TextField(choices=Environment.choices)
    permissions = ArrayField(models.TextField())
    state = models.TextField(choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "access_channel"
        indexes = [
            models.Index(name="access_channel_of_enterprise", fields=["enterprise_number"]),
        ]
        constraints = [
            models.UniqueConstraint(name="access_channel_client_id_unique", fields=["client_id"]),
            models.CheckConstraint(
                name="access_channel_client_id_is_plain",
                condition=Q(client_id__regex=r"^[A-Za-z0-9_:.-]{1,128}$"),
            ),
            models.CheckConstraint(
                name="access_channel_enterprise_number_has_ten_digits",
                condition=Q(enterprise_number__regex=r"^[01][0-9]{9}$"),
            ),
            models.CheckConstraint(
                name="access_channel_environment_is_known",
                condition=Q(environment__in=["simulation", "production"]),
            ),
            models.CheckConstraint(
                name="access_channel_state_is_known",
                condition=Q(state__in=["active", "suspended"]),
            ),
            models.CheckConstraint(
                name="access_channel_permissions_are_known",
                condition=Q(permissions__contained_by=list(PERMISSIONS)),
            ),
        ]

    def __str__(self) -> str:
        return self.client_id


class ChannelCertificate(models.Model):
    """A certificate whose key may sign assertions of a channel; at most two active ones.

    The number is kept by the trigger ``access_channel_certificate_two_active``.
    """

    class State(models.TextChoices):
        """A withdrawn certificate signs nothing any more, and what it signed is refused."""

        ACTIVE = "active"
        WITHDRAWN = "withdrawn"

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="certificates")
    pem = models.TextField()
    thumbprint = models.TextField()
    serial_number = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.ACTIVE)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "access_channel_certificate"
        constraints = [
            models.UniqueConstraint(
                name="access_channel_certificate_used_once", fields=["thumbprint"]
            ),
            models.CheckConstraint(
                name="access_channel_certificate_thumbprint_is_sha256",
                condition=Q(thumbprint__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="access_channel_certificate_state_is_known",
                condition=Q(state__in=["active", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="access_channel_certificate_holds_no_private_key",
                condition=~Q(pem__contains="PRIVATE KEY"),
            ),
        ]

    def __str__(self) -> str:
        return self.thumbprint


class SeenAssertion(models.Model):
    """An assertion that was used: the digest of its ``jti``, kept until it would expire."""

    pk = models.CompositePrimaryKey("client_id", "jti_digest")
    client_id = models.TextField()
    jti_digest = models.TextField()
    until = models.DateTimeField()

    class Meta:
        db_table = "access_seen_assertion"
        indexes = [models.Index(name="access_seen_assertion_until", fields=["until"])]

    def __str__(self) -> str:
        return self.jti_digest


class TokenMinute(models.Model):
    """How many tokens a client asked for in the minute that began at ``minute``."""

    client_id = models.TextField(primary_key=True)
    minute = models.DateTimeField()
    asked = models.IntegerField()

    class Meta:
        db_table = "access_token_minute"

    def __str__(self) -> str:
        return self.client_id


class TokenDay(models.Model):
    """How often a channel asked for a token on one day (Brussels), with one outcome."""

    pk = models.CompositePrimaryKey("client_id", "day", "outcome")
    client_id = models.TextField()
    day = models.DateField()
    outcome = models.TextField()
    times = models.IntegerField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "access_token_day"
        constraints = [
            models.CheckConstraint(
                name="access_token_day_counts_something", condition=Q(times__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Right(models.Model):
    """A person may use a service for an enterprise, from a first day to a last one, included."""

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    service = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        db_table = "access_right"
        constraints = [
            models.UniqueConstraint(
                name="access_right_given_once",
                fields=["person", "enterprise", "service", "first_day"],
            ),
            models.CheckConstraint(
                name="access_right_period_runs_forward",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="access_right_service_is_a_word", condition=Q(service__regex=r"^[a-z_]{2,40}$")
            ),
        ]

    def __str__(self) -> str:
        return self.service
