from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    name = "guichet.registers.arrangements"
    label = "arrangements"
