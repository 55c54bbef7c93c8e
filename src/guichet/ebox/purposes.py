"""Why the e-Box shows somebody's data, in words for that person."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "ebox.message": Purpose(gettext_lazy("Message of the e-Box for the attention of a person")),
        "ebox.history": Purpose(gettext_lazy("Who opened a message of the e-Box")),
        "ebox.reply": Purpose(gettext_lazy("Answer to a message, fetched by its sender")),
        "ebox.registry": Purpose(gettext_lazy("Whether your e-Box is open, asked by a sender")),
        "ebox.program": Purpose(gettext_lazy("Your e-Box, read by a program that you let read it")),
        "ebox.folder": Purpose(gettext_lazy("Who may read a folder of the e-Box")),
    }
)
