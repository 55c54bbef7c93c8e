from django.apps import AppConfig

from guichet.csam.eid import fictitious
from guichet.csam.outside import identities
from guichet.kernel.niss import Niss


class DemoConfig(AppConfig):
    name = "guichet.demo"
    label = "demo"

    def ready(self) -> None:
        """Offer a test card and an app to every persona that has a Belgian identity card."""
        from guichet.demo.personas import PERSONAS  # noqa: PLC0415  # after the applications

        for index, persona in enumerate(PERSONAS, 1):
            if not Niss.parse(persona.niss).is_bis:
                given_name, _, family_name = persona.name.partition(" ")
                fictitious.offer(
                    fictitious.Person(persona.key, persona.niss, given_name, family_name)
                )
                identities.offer(
                    identities.TestIdentity(
                        persona.key, persona.niss, given_name, family_name, "BE",
                        f"+32 470 00 00 {index:02d}",
                    )
                )  # fmt: skip
