"""Identity cards by TLS client certificate: the listener, the judge, the test authority."""

from django.apps import AppConfig


class EidConfig(AppConfig):
    """Identity cards by TLS client certificate: the listener, the judge, the test authority."""

    name = "guichet.csam.eid"
    label = "csam_eid"

    def ready(self) -> None:
        """Say whose a signature in a document is, wherever it is asked."""
        from guichet.access import cards  # noqa: PLC0415  # when the models are there
        from guichet.csam.eid import signing  # noqa: PLC0415

        cards.register(signing.judge)
