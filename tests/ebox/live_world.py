"""Give a live portal some mail: sessions of a manager and of a citizen, numbers of messages.

Run as a program, with the environment of the live server.
"""

import json


def main() -> None:
    """Letters of each kind for a firm and for a person, a folder with readers."""
    import django

    django.setup()
    from django.conf import settings

    from guichet.access.rights import give_right
    from guichet.demo import fixtures
    from guichet.ebox import folders, queries, reading, saved
    from guichet.ebox.models import Consumer
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.rules.ebox import Act
    from tests.access.machine import machine, rsa_key
    from tests.ebox import boxes
    from tests.portal import world
    from tests.portal.browsing import signed_in

    now = clock.now()
    world.build(today=clock.today(now), now=now)
    boxes.build(now)
    long = boxes.put(
        now=now, subject="Interruption de carrière: votre demande du 12/11/2026, décision",
        body="Madame, Monsieur,\n\nNous avons bien reçu votre demande.", action="Répondez-nous.",
        documents=(boxes.document(data=boxes.PAGE), boxes.document("annexe.pdf")),
    )  # fmt: skip
    for at in range(30):
        boxes.put(now=now, subject=f"Attestation {at}")
    question = boxes.put(
        now=now, type="letter.question", subject="Une question", body="Venez-vous?"
    )
    saved.keep(
        box_id=boxes.reader().box_id, person_id=boxes.person(boxes.MANAGER).pk, name="Ma recherche",
        filters={"text": "attestation"}, now=now,
    )  # fmt: skip
    reading.carry_out(
        reader=boxes.reader(), messages=[long], act=Act.LABEL, label="À traiter avant Noël",
        actor=boxes.TESTS, now=now,
    )  # fmt: skip
    own = boxes.put(now=now, niss=fixtures.W1, subject="Ihre Bescheinigung", language="de")
    box = boxes.reader().box_id
    folder = folders.make(
        box_id=box, name="Personnel", is_restricted=True, actor=boxes.TESTS, now=now
    )
    known, waiting = (
        machine(key=rsa_key(name), enterprise_number=boxes.FIRM, permissions=("ebox",))
        for name in ("first", "second")
    )
    boxes.let_read(known.client_id, now=now)
    for service in ("access_management", "ebox"):  # a firm into whose box nothing came yet
        with transaction():
            give_right(
                niss=boxes.MANAGER, enterprise_number=boxes.OTHER_FIRM, service=service,
                first_day=clock.today(now), actor=boxes.TESTS, now=now,
            )  # fmt: skip
    documents = queries.attachments(message_id=boxes.message(long).pk)
    name = settings.SESSION_COOKIE_NAME
    told = {
        "manager": signed_in(boxes.MANAGER, boxes.FIRM).cookies[name].value,
        "founder": signed_in(boxes.MANAGER, boxes.OTHER_FIRM).cookies[name].value,
        "citizen": signed_in(fixtures.W1).cookies[name].value,
        "newcomer": signed_in(boxes.PERSONNEL).cookies[name].value,
        "message": str(long),
        "own": str(own),
        "question": str(question),
        "document": str(documents[0].uuid),
        "search": saved.kept(box_id=box, person_id=boxes.person(boxes.MANAGER).pk)[0].pk,
        "folder": folder.pk,
        "client": waiting.client_id,
        "program": Consumer.objects.get().pk,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
