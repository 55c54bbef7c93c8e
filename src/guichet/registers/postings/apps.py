from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "guichet.registers.postings"
    label = "postings"
