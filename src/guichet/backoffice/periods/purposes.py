"""Why the NSSO looks at a Dimona period, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "dimona.desk": Purpose(
            gettext_lazy("One Dimona period, looked up by an official of the NSSO")
        )
    }
)
