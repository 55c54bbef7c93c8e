"""Why declarations of employment are looked at, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "dimona.declaration": Purpose(gettext_lazy("Answer to a Dimona declaration")),
        "dimona.foreseen": Purpose(
            gettext_lazy("Which answer a Dimona declaration would get, before it is sent")
        ),
        "dimona.identities": Purpose(
            gettext_lazy("Changed numbers and names of the workers of an employer")
        ),
        "dimona.number": Purpose(gettext_lazy("Which number replaced one that was asked for")),
        "dimona.period": Purpose(gettext_lazy("One Dimona period")),
        "dimona.relations": Purpose(gettext_lazy("Search in the relations of an employer")),
        "dimona.periods": Purpose(gettext_lazy("Search in the Dimona periods of an employer")),
        "dimona.declarations": Purpose(
            gettext_lazy("Search in the Dimona declarations of an employer")
        ),
    }
)
