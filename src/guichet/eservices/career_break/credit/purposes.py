"""Why remaining credits are looked at, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "careerBreak.credit": Purpose(gettext_lazy("Your own remaining credit of career breaks")),
        "careerBreak.attestation": Purpose(
            gettext_lazy("Code that you gave for your remaining credit of career breaks")
        ),
    }
)
