"""The access codes on the first page of the profile."""

from django.utils.translation import gettext_lazy as _

from guichet.csam.provider.profile import Section, register

register(
    Section(
        title=_("My user name and password"),
        text=_("See your user name, change your password, or replace a forgotten one."),
        url_name="codes:mine",
        order=20,
    )
)
