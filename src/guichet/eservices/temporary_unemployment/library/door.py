"""The public pages of temporary unemployment, as its page of information names them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.access.counter import doors
from guichet.access.counter.doors import Leaf, Part
from guichet.eservices.temporary_unemployment.library import film

_ROUTES: Final = "temporary_unemployment_library"

doors.publish(
    "temporary-unemployment",
    (
        Leaf(
            Part.DECISION,
            f"{_ROUTES}:decision",
            _("Presentation of the final decision sent by structured electronic message"),
        ),
        Leaf(
            Part.MORE,
            f"{_ROUTES}:who",
            _("Electronic communication of temporary unemployment to the ONEM"),
        ),
        Leaf(Part.MORE, f"{_ROUTES}:access", _("How to get access to temporary unemployment?")),
        Leaf(Part.MORE, f"{_ROUTES}:film", _("Video demonstration"), note=film.size),
        Leaf(
            Part.ABOUT,
            f"{_ROUTES}:about",
            _("About temporary unemployment"),
            lead=_("For more information:"),
        ),
        Leaf(
            Part.ABOUT,
            f"{_ROUTES}:library",
            _("TechLib"),
            lead=_("All technical information on temporary unemployment is brought together in"),
        ),
        Leaf(Part.GENERAL, f"{_ROUTES}:about", _("About temporary unemployment")),
        Leaf(Part.GENERAL, f"{_ROUTES}:who", _("Who must make a declaration?")),
        Leaf(Part.GENERAL, f"{_ROUTES}:after", _("After having declared")),
        Leaf(Part.GENERAL, f"{_ROUTES}:dates", _("By when? Reckon your dates")),
        Leaf(Part.ENTER, f"{_ROUTES}:manual", _("Manual Temporary unemployment, step by step")),
        Leaf(
            Part.ENTER,
            "temporary_unemployment_mine:home",
            _("Workers: your control card, and what was communicated about you"),
        ),
        Leaf(Part.LIBRARY, f"{_ROUTES}:library", _("Glossaries and XML")),
    ),
)
