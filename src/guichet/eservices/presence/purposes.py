"""Why presences are looked at, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "presence.search": Purpose(gettext_lazy("Search in the presences")),
        "presence.read": Purpose(gettext_lazy("One presence registration")),
        "presence.day": Purpose(gettext_lazy("Presences of the day")),
        "presence.list": Purpose(gettext_lazy("List of presences")),
        "presence.act": Purpose(gettext_lazy("One presence registration")),
        "presence.expected": Purpose(gettext_lazy("Who is expected and not yet registered")),
        "presence.hours": Purpose(gettext_lazy("Hours for payroll")),
        "presence.onsite": Purpose(gettext_lazy("Who is on site")),
        "presence.export": Purpose(gettext_lazy("Export of presences to a file")),
        "presence.limosa": Purpose(gettext_lazy("Check of a Limosa declaration (L1)")),
        "presence.l1": Purpose(gettext_lazy("Registration with the QR code of an L1")),
        "presence.correction": Purpose(gettext_lazy("Corrections that workers report")),
        "presence.request": Purpose(gettext_lazy("Request to the NSSO for a correction")),
        "presence.decision": Purpose(gettext_lazy("Decision of the NSSO on a correction")),
        "presence.check": Purpose(gettext_lazy("Check before a presence is registered")),
        "presence.crew": Purpose(gettext_lazy("Crew whose presences are registered")),
        "presence.own": Purpose(gettext_lazy("Own presences")),
    }
)
