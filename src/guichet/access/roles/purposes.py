"""Why access management looks at people, in words."""

from django.utils.translation import gettext_lazy as _

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "access.grid": Purpose(_("Who may do what for an enterprise")),
        "access.user": Purpose(_("Access of one user of an enterprise")),
    }
)
