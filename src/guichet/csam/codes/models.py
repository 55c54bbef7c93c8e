# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Accounts with a user name and a password.

An account is never deleted and its user name never changes: a trigger refuses both, so that a
name stays unique for ever. The register keeps no history of this table, which would keep the
digests of former passwords: the trail tells what happened.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from guichet.registers.columns import LANGUAGES, matches, one_of
from guichet.rules.assurance import LEVELS


class Account(models.Model):
    """A user name with its password, of one person.

    ``person``: absent for somebody who registered himself without a national number; the level
    is then 100. ``enrolled_level``: how sure the step was by which the account was made.
    ``enterprise_number``, ``quality``: the access that the first connection opens, if any.
    ``valid_until``: the moment from which posted codes are refused.
    """

    class State(models.TextChoices):
        """Provisional: the codes were posted and await the first connection."""

        PROVISIONAL = "provisional"
        ACTIVE = "active"
        BLOCKED = "blocked"
        CLOSED = "closed"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    user_name = models.TextField()
    password_hash = models.TextField()
    state = models.TextField(choices=State.choices)
    enrolled_level = models.IntegerField()
    enterprise_number = models.TextField(null=True)
    quality = models.TextField(null=True)
    valid_until = models.DateTimeField(null=True)
    email = models.TextField(default="")
    phone = models.TextField(default="")
    language = models.TextField(default="nl")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "csam_account"
        constraints = [
            models.UniqueConstraint(Lower("user_name"), name="csam_account_user_name_unique"),
            models.UniqueConstraint(
                fields=["person", "enterprise_number"],
                condition=Q(state="provisional", person__isnull=False),
                nulls_distinct=False,
                name="csam_account_one_letter_at_a_time",
            ),
            matches("csam_account", "user_name", r"^[a-z0-9]{8,30}$"),
            matches("csam_account", "password_hash", r"^\$argon2id\$"),
            matches("csam_account", "enterprise_number", r"^[01][0-9]{9}$"),
            one_of("csam_account", "state", ("provisional", "active", "blocked", "closed")),
            one_of("csam_account", "language", LANGUAGES),
            models.CheckConstraint(
                condition=Q(enrolled_level__in=list(LEVELS)), name="csam_account_level_known"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(enrolled_level=100),
                name="csam_account_without_person_is_level_100",
            ),
            models.CheckConstraint(
                condition=~Q(state="provisional") | Q(valid_until__isnull=False),
                name="csam_account_provisional_ends",
            ),
        ]
