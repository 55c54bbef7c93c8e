"""What presences tell the software of an enterprise."""

from django.utils.translation import gettext_lazy

from guichet.access.webhooks import kinds

ACTS = "presence.act.checked"
DAYS = "presence.day.checked"

kinds.register(
    {
        ACTS: gettext_lazy("IN or OUT of own staff, or sent by you: remarks that came or went"),
        DAYS: gettext_lazy(
            "Presences of a day of own staff, or sent by you: remarks that came or went"
        ),
    }
)
