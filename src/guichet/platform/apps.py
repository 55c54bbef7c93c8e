from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "guichet.platform"
    label = "platform"
