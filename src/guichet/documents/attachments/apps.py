"""Attachments."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files that people hand in with a form."""

    name = "guichet.documents.attachments"
    label = "documents_attachments"
