"""The ways in by a provider outside."""

from django.utils.translation import gettext_lazy as _

from guichet.csam.outside import port
from guichet.csam.provider.tiles import Tile, register
from guichet.rules.assurance import Means

if port.provider(Means.ITSME):
    register(
        Tile(
            means=(Means.ITSME,),
            title=_("itsme, simulated"),
            text=_("With the app on your telephone: Belgian, Luxembourg or Dutch identity card."),
            url_name="outside:itsme",
            order=20,
            is_simulated=True,
        )
    )
if port.provider(Means.EIDAS):
    register(
        Tile(
            means=(Means.EIDAS,),
            title=_(
                "Identification with an electronic identification recognised at European level"
            ),
            text=_("With the means of your own country, if you have no Belgian identity card."),
            url_name="outside:eidas",
            order=30,
            is_simulated=True,
        )
    )
register(
    Tile(
        means=(Means.APP, Means.MAIL),
        title=_("BelgianID for foreigners"),
        text=_("No means that is recognised, or no Belgian number: a video interview gives both."),
        url_name="outside:belgianid",
        block="abroad",
        order=40,
        is_simulated=True,
    )
)
