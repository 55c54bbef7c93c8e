# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Digital keys: what a person signs in with besides a card of the State.

One row for each key, whatever its kind; what only one kind has stands in a table of its own. A
key never comes back from the state revoked: a trigger refuses it.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import matches, one_of
from guichet.rules.assurance import LEVELS, Means
from guichet.rules.digital_keys import CARD_RANKS, KINDS, MOST_WRONG, State

_DIGEST: Final = r"^[0-9a-f]{64}$"
_RANKS: Final = (CARD_RANKS[0], CARD_RANKS[-1])


class Key(models.Model):
    """A key of one person; ``account``: the user name before it, absent for a passkey.

    ``enrolled_level``, ``enrolled_means``: the session that activated it. ``wrong``: codes that
    were wrong in a row since the last right one.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        "csam_codes.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.TextField()
    name = models.TextField()
    state = models.TextField(default=State.ACTIVE.value)
    enrolled_level = models.IntegerField()
    enrolled_means = models.TextField()
    activated_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    wrong = models.IntegerField(default=0)

    class Meta:
        db_table = "csam_key"
        indexes = [models.Index(fields=["person"], name="csam_key_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=~Q(state="revoked"),
                name="csam_key_one_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="card") & ~Q(state="revoked"),
                name="csam_key_one_card",
            ),
            one_of("csam_key", "kind", tuple(kind.value for kind in KINDS)),
            one_of("csam_key", "state", tuple(state.value for state in State)),
            one_of("csam_key", "enrolled_means", tuple(means.value for means in Means)),
            matches("csam_key", "name", r"^\S(.{0,58}\S)?$"),
            models.CheckConstraint(
                condition=Q(enrolled_level__in=list(LEVELS)), name="csam_key_level_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="passkey", account__isnull=True)
                | (~Q(kind="passkey") & Q(account__isnull=False)),
                name="csam_key_behind_an_account_or_alone",
            ),
            models.CheckConstraint(
                condition=Q(wrong__gte=0, wrong__lte=MOST_WRONG), name="csam_key_wrong_in_range"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(wrong__lt=MOST_WRONG, locked_at__isnull=True),
                name="csam_key_active_is_not_locked",
            ),
            models.CheckConstraint(
                condition=~Q(state="locked") | Q(locked_at__isnull=False),
                name="csam_key_locked_since",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False)
                | (~Q(state="revoked") & Q(revoked_at__isnull=True)),
                name="csam_key_revoked_since",
            ),
        ]


class AppSecret(models.Model):
    """The secret shared with an app, sealed; ``last_step``: of the last code that was accepted."""

    key = models.OneToOneField(
        Key, on_delete=models.PROTECT, primary_key=True, related_name="app_secret"
    )
    sealed = models.BinaryField()
    sealed_with = models.TextField()
    last_step = models.BigIntegerField(null=True)

    class Meta:
        db_table = "csam_key_app"


class MailAddress(models.Model):
    """A verified address; the digest of the one code that is good now, and for which sign-in."""

    key = models.OneToOneField(
        Key, on_delete=models.PROTECT, primary_key=True, related_name="mail_address"
    )
    address = models.TextField()
    verified_at = models.DateTimeField()
    code = models.TextField(default="")
    asked_by = models.TextField(default="")
    code_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "csam_key_mail"
        constraints = [
            matches("csam_key_mail", "address", r"^[^@\s]+@[^@\s]+$"),
            matches("csam_key_mail", "code", _DIGEST, may_be_empty=True),
            models.CheckConstraint(
                condition=Q(code="", asked_by="", code_until__isnull=True)
                | (~Q(code="") & ~Q(asked_by="") & Q(code_until__isnull=False)),
                name="csam_key_mail_code_has_an_end",
            ),
        ]


class Card(models.Model):
    """A paper card; ``last_rank`` was asked last, by the sign-in ``asked_by`` if still open."""

    key = models.OneToOneField(Key, on_delete=models.PROTECT, primary_key=True, related_name="card")
    last_rank = models.IntegerField(null=True)
    asked_by = models.TextField(default="")

    class Meta:
        db_table = "csam_key_card"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_rank__isnull=True) | Q(last_rank__range=_RANKS),
                name="csam_key_card_rank_known",
            ),
            models.CheckConstraint(
                condition=Q(asked_by="") | Q(last_rank__isnull=False),
                name="csam_key_card_asks_a_rank",
            ),
        ]


class CardCode(models.Model):
    """One of the 24 codes of a card, as a keyed digest."""

    id = models.BigAutoField(primary_key=True)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="codes")
    rank = models.IntegerField()
    code = models.TextField()

    class Meta:
        db_table = "csam_key_card_code"
        constraints = [
            models.UniqueConstraint(fields=["card", "rank"], name="csam_key_card_code_rank_unique"),
            models.CheckConstraint(
                condition=Q(rank__range=_RANKS), name="csam_key_card_code_rank_known"
            ),
            matches("csam_key_card_code", "code", _DIGEST),
        ]


class CardSheet(models.Model):
    """The printed card, sealed, until it is downloaded once or ``until``."""

    card = models.OneToOneField(
        Card, on_delete=models.CASCADE, primary_key=True, related_name="sheet"
    )
    sealed = models.BinaryField()
    sealed_with = models.TextField()
    until = models.DateTimeField()

    class Meta:
        db_table = "csam_key_card_sheet"


class Passkey(models.Model):
    """The public half of a passkey; ``user_handle`` names the person to his authenticators."""

    key = models.OneToOneField(
        Key, on_delete=models.PROTECT, primary_key=True, related_name="passkey"
    )
    credential_id = models.BinaryField()
    public_key = models.BinaryField()
    user_handle = models.BinaryField()
    sign_count = models.BigIntegerField()
    transports = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "csam_key_passkey"
        constraints = [
            models.UniqueConstraint(
                fields=["credential_id"], name="csam_key_passkey_credential_unique"
            ),
            models.CheckConstraint(
                condition=Q(sign_count__gte=0), name="csam_key_passkey_sign_count_positive"
            ),
        ]


class Challenge(models.Model):
    """A challenge to an authenticator, good once: for ``holder``, the one who asked for it.

    ``holder``: a sign-in under way, or the person who adds a passkey.
    """

    id = models.BigAutoField(primary_key=True)
    holder = models.TextField()
    challenge = models.BinaryField()
    until = models.DateTimeField()

    class Meta:
        db_table = "csam_key_challenge"
        constraints = [
            models.UniqueConstraint(fields=["holder"], name="csam_key_challenge_one_each")
        ]


class Activation(models.Model):
    """An app or an address that awaits the code which proves that its owner has it."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("csam_codes.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    name = models.TextField()
    sealed = models.BinaryField(null=True)
    sealed_with = models.TextField(default="")
    address = models.TextField(default="")
    code = models.TextField(default="")
    wrong = models.IntegerField(default=0)
    begun_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "csam_key_activation"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="csam_key_activation_one_each"),
            models.CheckConstraint(
                condition=Q(kind="app", sealed__isnull=False, address="", code="")
                | (Q(kind="mail", sealed__isnull=True) & ~Q(address="") & ~Q(code="")),
                name="csam_key_activation_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("begun_at")), name="csam_key_activation_ends"
            ),
            models.CheckConstraint(
                condition=Q(wrong__gte=0, wrong__lte=MOST_WRONG),
                name="csam_key_activation_wrong_in_range",
            ),
        ]


class FirstStep(models.Model):
    """User name and password were right in one sign-in; only then a second factor is tried."""

    id = models.BigAutoField(primary_key=True)
    login = models.TextField()
    account = models.ForeignKey("csam_codes.Account", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, null=True, related_name="+")
    passed_at = models.DateTimeField()

    class Meta:
        db_table = "csam_key_first_step"
        indexes = [models.Index(fields=["passed_at"], name="csam_key_first_step_passed_at")]
        constraints = [
            models.UniqueConstraint(fields=["login"], name="csam_key_first_step_one_each")
        ]
