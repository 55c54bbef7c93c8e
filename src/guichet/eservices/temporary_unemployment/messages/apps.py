from django.apps import AppConfig


class TemporaryUnemploymentMessagesConfig(AppConfig):
    name = "guichet.eservices.temporary_unemployment.messages"
    label = "temporary_unemployment_messages"
    default_auto_field = "django.db.models.BigAutoField"
