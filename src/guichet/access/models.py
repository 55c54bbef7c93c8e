"""Technical channels with their certificates, what they used up, and people's rights.

Fields, constraints and nothing else; `channels` reads and changes them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from guichet.access.permissions import PERMISSIONS
from guichet.registers.enterprises.models import QUALITIES


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
    """A person may use a service for an enterprise in one of its qualities, for some days.

    Both days are included. In force: accepted, not withdrawn, the day inside the period, and the
    person not blocked by the enterprise (`Member`).
    """

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    quality = models.TextField(default="employer")
    service = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    granted_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_right"
        indexes = [
            models.Index(name="access_right_of_enterprise", fields=["enterprise", "person"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="access_right_given_once",
                fields=["person", "enterprise", "quality", "service", "first_day"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="access_right_period_runs_forward",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="access_right_service_is_a_word", condition=Q(service__regex=r"^[a-z_]{2,40}$")
            ),
            models.CheckConstraint(
                name="access_right_quality_is_known", condition=Q(quality__in=QUALITIES)
            ),
        ]

    def __str__(self) -> str:
        return self.service


class Member(models.Model):
    """A user of an enterprise, from the invitation on; its managers may block him."""

    class State(models.TextChoices):
        """Only an active user has rights in force; a deleted one is never taken up again."""

        INVITED = "invited"
        ACTIVE = "active"
        BLOCKED = "blocked"
        DELETED = "deleted"

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    state = models.TextField(choices=State.choices, default=State.INVITED)
    email = models.TextField(default="")
    phone = models.TextField(default="")
    language = models.TextField(default="nl")
    invited_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_member"
        indexes = [models.Index(name="access_member_of_enterprise", fields=["enterprise"])]
        constraints = [
            models.UniqueConstraint(
                name="access_member_once",
                fields=["person", "enterprise"],
                condition=~Q(state="deleted"),
            ),
            models.CheckConstraint(
                name="access_member_state_is_known",
                condition=Q(state__in=["invited", "active", "blocked", "deleted"]),
            ),
            models.CheckConstraint(
                name="access_member_language_is_known",
                condition=Q(language__in=["nl", "fr", "de", "en"]),
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Manager(models.Model):
    """Who manages the access of an enterprise: all of it, a quality, or some services of one."""

    class Kind(models.TextChoices):
        """The main manager is one; a co-manager has qualities; a domain manager has services."""

        MAIN = "main"
        CO = "co"
        DOMAIN = "domain"

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.TextField(choices=Kind.choices)
    quality = models.TextField(null=True)
    services = ArrayField(models.TextField(), default=list)
    named_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    named_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_manager"
        indexes = [models.Index(name="access_manager_of_enterprise", fields=["enterprise"])]
        constraints = [
            models.UniqueConstraint(
                name="access_manager_one_main",
                fields=["enterprise"],
                condition=Q(kind="main", withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="access_manager_once",
                fields=["enterprise", "person", "kind", "quality"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="access_manager_kind_is_known", condition=Q(kind__in=["main", "co", "domain"])
            ),
            models.CheckConstraint(
                name="access_manager_quality_is_given",
                condition=Q(kind="main", quality__isnull=True)
                | (~Q(kind="main") & Q(quality__in=QUALITIES)),
            ),
            models.CheckConstraint(
                name="access_manager_domain_has_services",
                condition=Q(kind="domain") & ~Q(services=[]) | (~Q(kind="domain") & Q(services=[])),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
