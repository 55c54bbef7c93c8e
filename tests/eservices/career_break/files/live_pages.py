"""Give a live portal a firm with requests that ask for documents; print the session of its clerk.

Run as a program, with the environment of the live server.
"""

import json


def main() -> None:
    """One request with files in every state, one without, one for each way to attach a file."""
    import django

    django.setup()
    from dataclasses import dataclass
    from datetime import date

    from guichet.demo import numbers
    from guichet.eservices.career_break.files import operations
    from guichet.eservices.career_break.models import Request
    from guichet.kernel.period import months_after
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from guichet.rules.career_break.periods import end_for
    from tests.documents.attachments import samples
    from tests.eservices.career_break import world
    from tests.eservices.career_break.files import bringing
    from tests.portal.browsing import signed_in

    now = clock.now()
    world.build(now)
    first = months_after(clock.today(now).replace(day=1), months=3)
    days = {"first_day": first, "last_day": end_for(first, months=1),
            "notified_on": clock.today(now), "now": now}  # fmt: skip
    free = [numbers.niss(born_on=date(1992, 6, day), is_female=True) for day in (4, 5, 6)]
    with transaction(actor=world.ACTOR):
        for niss in free:
            persons.register(
                person=PersonRecord(niss, "Wannes", "Verstappen"), actor=world.ACTOR, now=now
            )
            world.works_for(world.FIRM, niss, now=now)

    @dataclass
    class Bringing:
        row: Request
        by: object

        def __call__(
            self, document: str, mark: str, name: str, *, apply: bool, text: str = ""
        ) -> object:
            data = samples.pdf(b"% " + mark.encode())
            wanted = operations.Wanted(document, name, data, text)
            operations.choose(subject=self.row, wanted=wanted, by=self.by, now=now)  # type: ignore[arg-type]  # a bearer
            if apply:
                operations.apply(subject=self.row, by=self.by, now=now)  # type: ignore[arg-type]  # a bearer

    full = bringing.assistance(has_other_employers=True, **days)
    clerk = Bringing(full, bringing.clerk())
    clerk("medical_attestation", "a", "attestation-signée.pdf", apply=True)
    clerk("other", "b", "lettre.pdf", apply=True, text="Lettre du travailleur")
    Bringing(full, bringing.worker())("occupation_elsewhere", "c", "occupation.pdf", apply=True)
    clerk("other", "d", "un-nom-de-fichier-vraiment-tres-long-" * 3 + ".pdf", apply=False,
          text="Un complément")  # fmt: skip
    lacking = bringing.assistance(niss=world.NADIA, **days)
    rows = [bringing.assistance(niss=niss, **days) for niss in free]
    notice = bringing.notice()
    Bringing(notice, bringing.worker())("medical_attestation", "e", "avis.pdf", apply=True)
    told = {
        "notice": notice.ticket,
        "worker": signed_in(world.LUC).cookies["guichet_portal"].value,
        "clerk": world.clerk().cookies["guichet_portal"].value,
        "full": full.ticket,
        "lacking": lacking.ticket,
        "free": [row.ticket for row in rows],
    }
    print(json.dumps(told))  # read by the tests


if __name__ == "__main__":
    main()
