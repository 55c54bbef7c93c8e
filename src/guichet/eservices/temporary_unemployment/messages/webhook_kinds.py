"""What files of temporary unemployment tell the software of a sender."""

from typing import Final

from django.utils.translation import gettext_lazy

from guichet.access.webhooks import kinds

REFUSED: Final = "temporaryUnemployment.file.refused"
HANDLED: Final = "temporaryUnemployment.file.handled"
DECIDED: Final = "temporaryUnemployment.decision.delivered"

kinds.register(
    {
        REFUSED: gettext_lazy("Temporary unemployment: a file was refused"),
        HANDLED: gettext_lazy("Temporary unemployment: the forms of a file are handled"),
        DECIDED: gettext_lazy("Temporary unemployment: a decision went back by message"),
    }
)
