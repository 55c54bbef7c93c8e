"""Who manages an enterprise's access, who its users are, and what each may do."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Who manages an enterprise's access, who its users are, and what each may do."""

    name = "guichet.access.roles"
    label = "access_roles"
