"""Why requests for career breaks are looked at, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "careerBreak.request": Purpose(gettext_lazy("Request for a career break or time credit")),
        "careerBreak.file": Purpose(
            gettext_lazy("Document of a request for a career break or of a notice")
        ),
        "careerBreak.worker": Purpose(gettext_lazy("Choice of a worker for a career break")),
    }
)
