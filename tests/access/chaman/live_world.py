"""Give the clerk of a live portal channels to manage, and print a session and what there is.

Run as a program, with the environment of the live server, after its world is filled.
"""

import json
from datetime import timedelta
from uuid import uuid4


def main() -> None:
    """Two channels (one ends soon, one suspended) and two technical users."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from guichet.access import channels, token_log
    from guichet.access.chaman import users
    from guichet.access.rights import give_right
    from guichet.access.webhooks import operations as webhooks
    from guichet.access.webhooks.models import Delivery
    from guichet.audit.actors import Actor
    from guichet.demo import fixtures
    from guichet.platform import clock
    from tests.access.chaman.browsing import sender
    from tests.access.machine import TESTER, certificate, ec_key, machine, pem
    from tests.portal.browsing import signed_in
    from tests.portal.world import CLERK

    now = clock.now()
    with transaction.atomic():
        give_right(
            niss=CLERK,
            enterprise_number=fixtures.E1,
            service="chaman",
            first_day=clock.today(now) - timedelta(days=3),
            actor=TESTER,
            now=now,
        )
    sender()
    first = machine(enterprise_number=fixtures.E1, ends=timedelta(days=12))
    second = machine(key=ec_key("second"), enterprise_number=fixtures.E1)
    channels.add_certificate(
        client_id=first.client_id, data=pem(certificate(ec_key("next"))), actor=TESTER, now=now
    )
    for outcome in ("issued", "signature", "time", "client"):
        token_log.note(client_id=first.client_id, outcome=outcome, now=now)
    channels.suspend_channel(
        client_id=second.client_id, actor=TESTER, now=now, reason="Moved to another machine"
    )
    actor = Actor("person", CLERK, fixtures.E1)
    for name in ("dupont01", "averylongnameofatechnicaluser"):
        users.create_with_password(user_name=name, actor=actor, now=now)
    users.block(user_name="dupont01", actor=actor, now=now)
    webhook = webhooks.subscribe(
        enterprise_number=fixtures.E1,
        address="https://software.example.be/a/rather/long/address/of/a/door",
        kinds=["presence.act.checked", "presence.day.checked"],
        actor=actor,
        now=now,
    )
    # Nothing listens there: what was sent waits, and no test asks the network.
    with transaction.atomic():
        Delivery.objects.create(
            number=uuid4(), subscription=webhook, kind="presence.act.checked", body="{}",
            state="given_up", answer="503", tries=8, made_at=now, tried_at=now,
        )  # fmt: skip
    client = signed_in(CLERK, fixtures.E1)
    print(
        json.dumps(
            {
                "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "first": first.client_id,
                "second": second.client_id,
                "thumbprint": first.thumbprint,
                "webhook": str(webhook.number),
            }
        )
    )


if __name__ == "__main__":
    main()
