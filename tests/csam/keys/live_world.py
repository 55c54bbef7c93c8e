"""Fill the database of a live sign-in provider, and print what its pages need.

Run as a program, with the environment of the live server. With the role of the portal it opens a
weak session there instead, of the person it made before.
"""

import json
from typing import Any


def main() -> None:
    """Somebody with a user name and keys, on her profile by her identity card."""
    import django

    django.setup()
    from django.conf import settings

    print(json.dumps(_weak_session() if settings.IS_PORTAL else _keys()))


def _keys() -> dict[str, Any]:
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
    return {
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "card": card.pk,
        "locked": locked.pk,
        "secret": secret,
    }


def _weak_session() -> dict[str, Any]:
    from django.conf import settings

    from tests.csam.keys.people import NISS
    from tests.portal.browsing import signed_in

    client = signed_in(NISS, means="password", level=200)
    return {"weak": client.cookies[settings.SESSION_COOKIE_NAME].value}


if __name__ == "__main__":
    main()
