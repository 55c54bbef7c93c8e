from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "guichet.registers.exchanges"
    label = "exchanges"
