"""Why the e-Box shows somebody's data, in words for that person."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "ebox.message": Purpose(gettext_lazy("Message of the e-Box for the attention of a person")),
        "ebox.history": Purpose(gettext_lazy("Who opened a message of the e-Box")),
        "ebox.folder": Purpose(gettext_lazy("Who may read a folder of the e-Box")),
    }
)
