from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "guichet.registers.persons"
    label = "persons"
