"""Why devices look at persons, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "presence.kiosk": Purpose(gettext_lazy("Recognised at a device on a site")),
        "presence.means": Purpose(gettext_lazy("Badges and cards of the staff")),
    }
)
