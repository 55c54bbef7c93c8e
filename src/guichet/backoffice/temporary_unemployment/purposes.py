"""Why communications are looked at by the office, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "temporaryUnemployment.office": Purpose(
            gettext_lazy("Communication of temporary unemployment, handled by ONEM")
        )
    }
)
