"""The way in with user name and password alone."""

from django.utils.translation import gettext_lazy as _

from guichet.csam.provider.tiles import Tile, register
from guichet.rules.assurance import Means

register(
    Tile(
        means=(Means.PASSWORD,),
        title=_("User name and password"),
        text=_("With the codes that came by post, or those that you chose."),
        url_name="codes:sign-in",
        block="codes",
        order=40,
        template="codes/tile.html",
    )
)
