from django.apps import AppConfig


class DimonaConfig(AppConfig):
    name = "guichet.eservices.dimona"
    label = "dimona"

    def ready(self) -> None:
        """Tell what is known of periods to those who show them."""
        from guichet.eservices.dimona.telling import Told  # noqa: PLC0415  # models are ready now
        from guichet.registers.employments import details  # noqa: PLC0415

        details.register(Told())
