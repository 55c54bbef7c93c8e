"""Why communications are looked at, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "temporaryUnemployment.communication": Purpose(
            gettext_lazy("Communication of temporary unemployment")
        ),
        "temporaryUnemployment.worker": Purpose(
            gettext_lazy("Choice of workers for a communication of temporary unemployment")
        ),
    }
)
