"""Fill the database of a live sign-in provider, and print two sessions of one person.

Run as a program, with the environment of the live server.
"""

import json


def main() -> None:
    """Somebody with a user name and keys, on her profile by her identity card."""
    import django

    django.setup()
    from django.conf import settings

    from guichet.platform import clock
    from tests.csam.keys import people
    from tests.csam.keys.door import Visitor

    settings.ALLOWED_HOSTS.append("testserver")
    now = clock.now()
    person = people.a_person()
    first = people.an_account(person)
    people.an_account(person, user_name="leadubois2")
    owner = people.holder(person)
    card = people.a_card(owner, first, now=now)
    _app, secret = people.an_app(owner, first, now=now)
    locked = people.a_locked_key(owner, first, now=now)
    client = Visitor().profile(owner)
    told = {
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "card": card.pk,
        "locked": locked.pk,
        "secret": secret,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
