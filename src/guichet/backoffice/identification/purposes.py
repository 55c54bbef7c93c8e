"""Why the desk of the video interviews looks at people, in words."""

from django.utils.translation import gettext_lazy as _

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {"identification.interview": Purpose(_("Video interview: is the person known already?"))}
)
