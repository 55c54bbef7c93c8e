"""Why the desk for foreign enterprises looks at people, in words."""

from django.utils.translation import gettext_lazy as _

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {"enterprises.registration": Purpose(_("Registration of an enterprise from abroad"))}
)
