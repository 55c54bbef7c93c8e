"""Why the counter looks at people, in words."""

from django.utils.translation import gettext_lazy as _

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register({"counter.question": Purpose(_("Your question to the counter"))})
