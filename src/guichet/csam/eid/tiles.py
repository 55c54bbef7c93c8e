"""The way in with an identity card."""

from django.utils.translation import gettext_lazy as _

from guichet.csam.provider.tiles import Tile, register
from guichet.rules.assurance import Means

register(
    Tile(
        means=(Means.EID,),
        title=_("Identity card and card reader"),
        text=_("With your electronic identity card (eID), a card reader and your PIN code."),
        url_name="eid:begin",
        order=10,
    )
)
