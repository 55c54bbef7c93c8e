"""Why files of career breaks are looked at by the office, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {"careerBreak.office": Purpose(gettext_lazy("File of a career break, handled by ONEM"))}
)
