"""Devices on sites, personal means, messages of devices, alternative methods.

No behaviour here. Devices, means and methods keep their history by trigger.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guichet.registers.columns import days_in_order, matches, one_of

_NUMBER = r"^[0-9]{10}$"


class Device(models.Model):
    """A kiosk or a badge reader, bound to one site and to the enterprise that answers for it.

    ``reads``: the means that it can read; ``public_key``: DER in base64, empty until it is
    initialised; ``code_hash``, ``code_until``: of the one-time code;
    ``works_reference``: thirteen signs. An ended device never comes back.
    """

    class Kind(models.TextChoices):
        """What it is."""

        KIOSK = "kiosk"
        READER = "reader"

    class State(models.TextChoices):
        """Waiting for its key, at work, ended for ever."""

        WAITING = "waiting"
        ACTIVE = "active"
        ENDED = "ended"

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField(default=uuid.uuid4)
    kind = models.TextField(choices=Kind.choices)
    name = models.TextField()
    works_reference = models.TextField()
    enterprise_number = models.TextField()
    reads = ArrayField(models.TextField())
    public_key = models.TextField(default="")
    code_hash = models.TextField(default="")
    code_until = models.DateTimeField(null=True)
    state = models.TextField(choices=State.choices)
    made_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "presence_device"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="presence_device_number_once"),
            models.UniqueConstraint(
                fields=["public_key"],
                condition=~Q(public_key=""),
                name="presence_device_key_used_once",
            ),
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="presence_device_code_once"
            ),
            one_of("presence_device", "kind", ("kiosk", "reader")),
            one_of("presence_device", "state", ("waiting", "active", "ended")),
            matches("presence_device", "enterprise_number", _NUMBER),
            models.CheckConstraint(
                condition=~Q(state="active") | (~Q(public_key="") & Q(enrolled_at__isnull=False)),
                name="presence_device_works_with_a_key",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="presence_device_ended_when",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise_number", "state"], name="presence_device_of_firm"),
            models.Index(fields=["works_reference", "state"], name="presence_device_of_site"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Heard(models.Model):
    """When a device was last heard, and the number of its last call; no history is kept of it."""

    device = models.OneToOneField(
        Device, on_delete=models.CASCADE, primary_key=True, related_name="heard"
    )
    counter = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "presence_device_heard"

    def __str__(self) -> str:
        return str(self.pk)


class Means(models.Model):
    """What one person carries to prove who he is: given by his employer, never lent.

    ``identifier``: the number of a badge; ``token_hash``: SHA-256 of what the code of a card
    holds, empty until it is printed. A blocked means stays blocked.
    """

    class Kind(models.TextChoices):
        """What it is."""

        BADGE = "badge"
        CARD = "card"
        EID = "eid"

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField(default=uuid.uuid4)
    kind = models.TextField(choices=Kind.choices)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise_number = models.TextField()
    identifier = models.TextField(default="")
    token_hash = models.TextField(default="")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "presence_means"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="presence_means_number_once"),
            models.UniqueConstraint(
                fields=["enterprise_number", "identifier"],
                condition=Q(kind="badge", blocked_at__isnull=True),
                name="presence_means_badge_once",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="presence_means_token_once",
            ),
            models.UniqueConstraint(
                fields=["enterprise_number", "person"],
                condition=Q(kind="eid", blocked_at__isnull=True),
                name="presence_means_one_eid",
            ),
            one_of("presence_means", "kind", ("badge", "card", "eid")),
            matches("presence_means", "enterprise_number", _NUMBER),
            models.CheckConstraint(
                condition=Q(kind="badge", identifier__regex=r"^[0-9A-Z]{6,32}$")
                | (~Q(kind="badge") & Q(identifier="")),
                name="presence_means_badge_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["identifier"], name="presence_means_identifier"),
            models.Index(fields=["person", "kind"], name="presence_means_person"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Message(models.Model):
    """What became of one message of a device; the same message again is answered from here.

    ``digest``: SHA-256 of the signed text, ``at``: the device's own moment, ``receipts``: of what
    was stored, ``code``: why nothing was. Nobody's number stands here.
    """

    id = models.BigAutoField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="messages")
    key = models.UUIDField()
    digest = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.TextField()
    receipts = ArrayField(models.BigIntegerField(), default=list)
    code = models.TextField(default="")

    class Meta:
        db_table = "presence_device_message"
        constraints = [
            models.UniqueConstraint(fields=["device", "key"], name="presence_device_message_once"),
            one_of("presence_device_message", "by", ("badge", "card", "eid", "niss", "limosa")),
            one_of("presence_device_message", "outcome", ("registered", "prepared", "refused")),
            models.CheckConstraint(
                condition=~Q(outcome="registered") | ~Q(receipts=[]),
                name="presence_device_message_has_a_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["device", "-received_at"], name="presence_device_message_last")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Method(models.Model):
    """An alternative automatic method of registration, declared by an enterprise.

    ``works_reference`` empty: for every site of the firm. The four guarantees are those of the
    law: equal to the system, the same data, traceable origin, proof of who is registered.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField(default=uuid.uuid4)
    enterprise_number = models.TextField()
    works_reference = models.TextField(default="")
    name = models.TextField()
    description = models.TextField()
    guarantees = models.TextField()
    origin = models.TextField()
    proof = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    declared_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "presence_method"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="presence_method_number_once"),
            days_in_order("presence_method"),
            matches("presence_method", "enterprise_number", _NUMBER),
        ]
        indexes = [
            models.Index(fields=["enterprise_number", "-declared_at"], name="presence_method_firm")
        ]

    def __str__(self) -> str:
        return str(self.number)
