"""Relying parties, and sign-ins under way.

Fields and constraints; `logins` begins and ends a sign-in, `answers` speaks to the relying party.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guichet.rules.assurance import LEVELS, Means

_MEANS = [means.value for means in Means]
# For trying what relying parties do with a faulty provider; simulation only.
FAULTS = ("low", "unknown", "nonce", "unsigned", "expired", "error")


class Client(models.Model):
    """A relying party: who may send people here, and where they go back to."""

    client_id = models.TextField(primary_key=True)
    name = models.TextField()
    secret_hash = models.TextField()
    redirect_uris = ArrayField(models.TextField())
    logout_uris = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "csam_client"
        constraints = [
            models.CheckConstraint(
                name="csam_client_id_is_plain",
                condition=Q(client_id__regex=r"^[A-Za-z0-9_.-]{1,64}$"),
            ),
            models.CheckConstraint(
                name="csam_client_has_a_place_to_return_to",
                condition=~Q(redirect_uris=[]),
            ),
        ]

    def __str__(self) -> str:
        return self.client_id


class Login(models.Model):
    """One sign-in, in one browser, from the relying party's question to its answer."""

    class Purpose(models.TextChoices):
        """For a relying party, or for the person's own profile here."""

        CLIENT = "client"
        PROFILE = "profile"

    class State(models.TextChoices):
        """Open until somebody is identified; answered once, for good."""

        OPEN = "open"
        IDENTIFIED = "identified"
        ANSWERED = "answered"
        CANCELLED = "cancelled"

    browser = models.TextField()
    purpose = models.TextField(choices=Purpose.choices)
    state = models.TextField(choices=State.choices, default=State.OPEN)
    client_id = models.TextField(default="")
    client_name = models.TextField(default="")
    redirect_uri = models.TextField(default="")
    scope = models.TextField(default="")
    client_state = models.TextField(default="")
    nonce = models.TextField(default="")
    code_challenge = models.TextField(default="")
    context = models.TextField(default="citizen")
    min_level = models.IntegerField()
    means = ArrayField(models.TextField(), default=list)
    language = models.TextField()
    path = models.TextField(default="")
    fault = models.TextField(default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    email = models.TextField(default="")
    level = models.IntegerField(null=True)
    means_used = models.TextField(default="")
    amr = ArrayField(models.TextField(), default=list)
    identified_at = models.DateTimeField(null=True)
    enterprise_number = models.TextField(default="")

    code_digest = models.TextField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    code_used_at = models.DateTimeField(null=True)
    token_digest = models.TextField(null=True)
    token_expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "csam_login"
        indexes = [models.Index(fields=["expires_at"], name="csam_login_expires_at")]
        constraints = [
            models.UniqueConstraint(fields=["browser"], name="csam_login_one_a_browser"),
            models.UniqueConstraint(fields=["code_digest"], name="csam_login_code_unique"),
            models.UniqueConstraint(fields=["token_digest"], name="csam_login_token_unique"),
            models.CheckConstraint(
                name="csam_login_purpose_known", condition=Q(purpose__in=["client", "profile"])
            ),
            models.CheckConstraint(
                name="csam_login_state_known",
                condition=Q(state__in=["open", "identified", "answered", "cancelled"]),
            ),
            models.CheckConstraint(
                name="csam_login_context_known", condition=Q(context__in=["citizen", "enterprise"])
            ),
            models.CheckConstraint(
                name="csam_login_level_known",
                condition=Q(min_level__in=LEVELS) & (Q(level__isnull=True) | Q(level__in=LEVELS)),
            ),
            models.CheckConstraint(
                name="csam_login_means_known", condition=Q(means__contained_by=_MEANS)
            ),
            models.CheckConstraint(
                name="csam_login_fault_known", condition=Q(fault__in=["", *FAULTS])
            ),
            models.CheckConstraint(
                name="csam_login_identified_by_somebody",
                condition=Q(state__in=["open", "cancelled"])
                | Q(person__isnull=False, level__isnull=False, identified_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
