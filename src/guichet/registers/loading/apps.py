from django.apps import AppConfig


class LoadingConfig(AppConfig):
    name = "guichet.registers.loading"
    label = "loading"
