"""Webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Subscriptions of enterprises, and what is delivered to them."""

    name = "guichet.access.webhooks"
    label = "access_webhooks"
