"""The tiles of codes after a password, and of passkeys."""

from django.utils.translation import gettext_lazy as _

from guichet.csam.provider.tiles import Tile, register
from guichet.rules.assurance import Means

register(
    Tile(
        means=(Means.APP, Means.MAIL),
        title=_("User name and mobile app or e-mail"),
        text=_("Your user name and password, then a code of your app or of your mail."),
        url_name="keys:sign-in",
        block="second",
        order=10,
        template="keys/tile.html",
    )
)
register(
    Tile(
        means=(Means.CARD,),
        title=_("Security codes on paper (token)"),
        text=_("Your user name and password, then one of the 24 codes of your card."),
        url_name="keys:sign-in-card",
        block="second",
        order=20,
    )
)
register(
    Tile(
        means=(Means.PASSKEY,),
        title=_("Passkey"),
        text=_("Your computer or telephone recognises you by finger, face or PIN."),
        url_name="keys:sign-in-passkey",
        block="card",
        order=90,
    )
)
