"""Fill the database of a live sign-in provider: people with posted codes or with their own.

Run as a program, with the environment of the live server.
"""

import json
from unittest import mock


def main() -> None:
    """Marie with posted codes, and Amina with an account and an open profile."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from guichet.audit.actors import system
    from guichet.csam.codes import hashing, made_up, operations
    from guichet.csam.codes.models import Account
    from guichet.csam.provider import profile_session
    from guichet.platform import clock
    from tests.csam.codes import holders
    from tests.csam.relying_party import AMINA

    now = clock.now()
    holders.a_person()
    holders.a_firm()
    joao = holders.a_person(holders.JOAO, given_name="João", family_name="Silva")
    letters = []
    for niss, enterprise in (
        (holders.MARIE, holders.FIRM),
        (holders.MARIE, None),
        (joao.niss, holders.FIRM),
    ):
        name, password = made_up.user_name(), made_up.password()
        with (
            mock.patch.object(made_up, "user_name", return_value=name),
            mock.patch.object(made_up, "password", return_value=password),
        ):
            operations.post_codes(
                niss=niss,
                enterprise_number=enterprise,
                quality="employer" if enterprise else None,
                actor=system("tests"),
                now=now,
            )
        letters.append((name, password))
    amina = holders.a_person(AMINA, given_name="Amina", family_name="Roussel")
    account = Account.objects.create(
        person=amina,
        user_name="aminaroussel1985",
        password_hash=hashing.digest(holders.PASSWORD),
        state="active",
        enrolled_level=200,
        created_at=now,
    )
    client = Client()
    session = client.session
    session[profile_session._KEY] = {
        "person": amina.pk,
        "level": 500,
        "means": "eid",
        "at": now.isoformat(),
    }
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"session": cookie, "account": account.pk, "letters": letters}))


if __name__ == "__main__":
    main()
