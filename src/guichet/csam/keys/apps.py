"""Second factors and passkeys, and the page on which a person keeps them."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Second factors and passkeys, and the page on which a person keeps them."""

    name = "guichet.csam.keys"
    label = "csam_keys"
