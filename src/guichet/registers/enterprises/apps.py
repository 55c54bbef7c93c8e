from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "guichet.registers.enterprises"
    label = "enterprises"
