"""Why a worker's own cards are looked at, in words for him."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "temporaryUnemployment.mine": Purpose(gettext_lazy("My own temporary unemployment")),
        "temporaryUnemployment.card": Purpose(gettext_lazy("My own control card")),
    }
)
