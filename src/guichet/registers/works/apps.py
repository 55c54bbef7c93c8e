from django.apps import AppConfig


class WorksConfig(AppConfig):
    name = "guichet.registers.works"
    label = "works"
