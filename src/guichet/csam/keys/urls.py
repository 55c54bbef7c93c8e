"""The pages of digital keys, and the tiles behind which they are used."""

from django.urls import URLPattern, URLResolver, path

from guichet.csam.keys.views import activate, keys, passkeys, sign_in

app_name = "keys"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", keys.mine, name="mine"),
    path("<int:key_id>/", keys.one, name="one"),
    path("<int:key_id>/withdraw/", keys.withdraw, name="withdraw"),
    path("<int:key_id>/unlock/", keys.unlock, name="unlock"),
    path("<int:key_id>/sheet/", keys.sheet, name="sheet"),
    path("app/", activate.app, name="app"),
    path("app/confirm/", activate.app_confirm, name="app-confirm"),
    path("mail/", activate.mail, name="mail"),
    path("mail/confirm/", activate.mail_confirm, name="mail-confirm"),
    path("card/", activate.card, name="card"),
    path("passkey/", passkeys.add, name="passkey"),
    path("passkey/options/", passkeys.add_options, name="passkey-options"),
    path("sign-in/", sign_in.first, name="sign-in"),
    path("sign-in/card/", sign_in.first_for_card, name="sign-in-card"),
    path("sign-in/choice/", sign_in.choice, name="sign-in-choice"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-in/again/", sign_in.again, name="sign-in-again"),
    path("sign-in/passkey/", passkeys.sign_in, name="sign-in-passkey"),
    path("sign-in/passkey/options/", passkeys.sign_in_options, name="sign-in-passkey-options"),
]
