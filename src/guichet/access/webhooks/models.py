"""Subscriptions and deliveries. Fields, constraints and nothing else."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """An address of an enterprise's software that is told of some kinds of events."""

    class State(models.TextChoices):
        """A paused one is told nothing; what happened meanwhile is not sent later."""

        ACTIVE = "active"
        PAUSED = "paused"
        REMOVED = "removed"

    number = models.UUIDField()
    enterprise_number = models.TextField()
    address = models.TextField()
    kinds = ArrayField(models.TextField())
    # The secret is derived from it (signing): nothing that is stored lets anybody sign.
    generation = models.IntegerField(default=1)
    state = models.TextField(choices=State.choices, default=State.ACTIVE)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "access_webhook"
        indexes = [
            models.Index(name="access_webhook_of_enterprise", fields=["enterprise_number"]),
        ]
        constraints = [
            models.UniqueConstraint(name="access_webhook_number_unique", fields=["number"]),
            models.CheckConstraint(
                name="access_webhook_state_is_known",
                condition=Q(state__in=["active", "paused", "removed"]),
            ),
            models.CheckConstraint(
                name="access_webhook_generation_positive", condition=Q(generation__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Delivery(models.Model):
    """One message to one subscription: the same bytes at every try."""

    class State(models.TextChoices):
        """Given up: every try failed, or the subscription was paused or removed meanwhile."""

        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    number = models.UUIDField()
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    kind = models.TextField()
    body = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    tries = models.IntegerField(default=0)
    # A status of HTTP, or a word of ours: unreachable, refused_address, timeout.
    answer = models.TextField(default="")
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_webhook_delivery"
        indexes = [models.Index(name="access_webhook_made", fields=["subscription", "-made_at"])]
        constraints = [
            models.UniqueConstraint(name="access_webhook_delivery_unique", fields=["number"]),
            models.CheckConstraint(
                name="access_webhook_delivery_state_is_known",
                condition=Q(state__in=["waiting", "delivered", "given_up"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
