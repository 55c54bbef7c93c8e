"""The digital keys on the first page of the profile."""

from django.utils.translation import gettext_lazy as _

from guichet.csam.provider.profile import Section, register

register(
    Section(
        title=_("Activate and edit my digital keys"),
        text=_("Codes by app, by e-mail or on paper, and passkeys: add, unlock, withdraw."),
        url_name="keys:mine",
        order=10,
    )
)
