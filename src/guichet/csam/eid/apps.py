"""Identity cards by TLS client certificate: the listener, the judge, the test authority."""

from django.apps import AppConfig


class EidConfig(AppConfig):
    """Identity cards by TLS client certificate: the listener, the judge, the test authority."""

    name = "guichet.csam.eid"
    label = "csam_eid"
