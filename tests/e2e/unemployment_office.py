"""What the office does beside a running counter: it takes a communication and decides as proposed.

Run as a program with the ticket; prints the number of the decision and the hash of its letter.
"""

import hashlib
import json
import sys


def main(ticket: str) -> None:
    """An officer of the competent office decides now; the letter is rendered and sealed."""
    import django

    django.setup()
    from guichet.documents import operations as documents
    from guichet.documents import queries
    from guichet.eservices.temporary_unemployment.office import deciding, judging, officers
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.office import desk

    now = clock.now()
    desk.furnish(now)
    with transaction(actor=world.ACTOR):
        office = deciding.found(ticket).office
    officers.give_post(niss=desk.OFFICER, office=office, by=world.ACTOR, may_give=True, now=now)
    officer = desk.officer()
    deciding.take(tickets=[ticket], officer=officer, now=now)
    with transaction(actor=world.ACTOR):
        proposed = deciding.as_proposed(judging.case(deciding.found(ticket), now=now))
    decision = deciding.decide(ticket=ticket, decided=proposed, officer=officer, now=now)
    documents.make(reference=decision.document, now=now)
    letter = queries.sealed_pdf(reference=decision.document) or b""
    told = {"number": decision.number, "sha256": hashlib.sha256(letter).hexdigest()}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
