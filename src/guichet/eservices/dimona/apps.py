from django.apps import AppConfig


class DimonaConfig(AppConfig):
    name = "guichet.eservices.dimona"
    label = "dimona"
