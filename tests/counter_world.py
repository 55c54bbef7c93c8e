"""Fill the database of a counter with people who have means of identification, and print them.

Run as a program, with the environment of the provider. Each person is for one test: a code is
good once.
"""

import json
from datetime import date
from typing import Any
from unittest import mock

# Who, and the keys beside the user name and password that everybody has.
PEOPLE = {
    "password": ("Agathe", ()),
    "app": ("Basile", ("app",)),
    "mail": ("Clarisse", ("mail",)),
    "card": ("Donatien", ("card",)),
    "passkey": ("Elvire", ()),
    "eid": ("Florent", ()),
    "step_up": ("Gwenaëlle", ("app",)),
    "plain": ("Hippolyte", ("app",)),
    "keyboard": ("Isaure", ()),
    "clerk": ("Joséphine", ("app",)),
    "party": ("Kilian", ()),
    "unscripted": ("Lambert", ("app",)),
    "typist": ("Mahaut", ("app",)),
    "idle": ("Noé", ()),
}


def main() -> None:
    """Everybody of the list."""
    import django

    django.setup()
    from guichet.demo import fixtures
    from guichet.platform import clock

    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    told = {who: _person(at, who, now) for at, who in enumerate(PEOPLE)}
    for who in ("clerk", "step_up"):
        _rights(told[who]["niss"], now)
    told["itsme"] = _with_itsme()
    _messages(now)
    print(json.dumps(told))


def _person(at: int, who: str, now: Any) -> dict[str, Any]:
    from guichet.demo import numbers
    from guichet.rules.assurance import Means
    from tests.csam.keys import people

    given, kinds = PEOPLE[who]
    niss = numbers.niss(born_on=date(1970 + at, 5, 4), is_female=at % 2 == 0)
    person = people.a_person(niss, given=given)
    user_name, email = f"{who.replace('_', '')}dubois{at}", f"{who}@example.org"
    account = people.an_account(person, user_name=user_name, email=email)
    told: dict[str, Any] = {"niss": niss, "name": f"{given} Dubois", "user_name": user_name}
    told |= {"password": people.PASSWORD, "email": email}
    owner = people.holder(person)
    if Means.APP in kinds:
        _key, told["secret"] = people.an_app(owner, account, now=now)
    if Means.MAIL in kinds:
        _mail_key(owner, account, email, now)
    if Means.CARD in kinds:
        told["codes"] = _card(owner, account, now)
    if who == "passkey":
        told["session"] = _profile(person.pk, now)
    return told


def _with_itsme() -> dict[str, Any]:
    """One of those whom the simulated itsme offers gets into the register, as a Dubois."""
    from guichet.csam.outside import identities
    from guichet.registers.persons.models import Person
    from tests.csam.keys import people

    every = identities.every()
    one = next(one for one in every if not Person.objects.filter(niss=one.niss).exists())
    person = people.a_person(one.niss, given=one.given_name)
    return {"niss": one.niss, "name": f"{person.given_name} Dubois", "app": one.name}


def _messages(now: Any) -> None:
    """One of each kind in the outbox, in several languages."""
    from django.db import transaction

    from guichet.platform import post

    lines = ["Gabriela Van den Eynde-Dusseldorp", "Rue de la Fontaine 12", "1000 Bruxelles"]
    body = "Dag Gabriela,\n\nIemand meldde zich aan met uw gebruikersnaam."
    with transaction.atomic():
        for page in range(8):
            to, subject = f"reader{page}@example.org", "Nieuwe aanmelding"
            post.mail(to=to, subject=subject, body=body, now=now, language="nl")
            post.text_message(to="+32 470 00 00 00", body="Votre code.", now=now, language="fr")
            subject = "Vos codes d\u2019accès"
            post.letter(
                recipient_lines=lines, subject=subject, pdf=b"%PDF-1.7", now=now, language="fr"
            )


def _mail_key(owner: Any, account: Any, email: str, now: Any) -> None:
    from guichet.csam.keys.models import Key, MailAddress

    key = Key.objects.create(
        person_id=owner.person_id,
        account=account,
        kind="mail",
        name="My mail",
        state="active",
        enrolled_level=500,
        enrolled_means="eid",
        activated_at=now,
    )
    MailAddress.objects.create(key=key, address=email, verified_at=now)
    account.enrolled_level = 500
    account.save(update_fields=["enrolled_level"])


def _card(owner: Any, account: Any, now: Any) -> dict[int, str]:
    """The codes of a paper card: what its sheet would say."""
    from guichet.platform import typeset
    from tests.csam.keys import people

    with mock.patch.object(typeset, "pdf", return_value=b"%PDF") as pdf:
        people.a_card(owner, account, now=now)
    return {row["rank"]: row["code"] for row in pdf.call_args.kwargs["data"]["codes"]}


def _profile(person_id: int, now: Any) -> str:
    """An open profile of somebody who used an identity card; the value of its cookie."""
    from django.conf import settings
    from django.test import Client

    from guichet.csam.provider import profile_session

    client = Client()
    session = client.session
    session[profile_session._KEY] = {
        "person": person_id,
        "level": 500,
        "means": "eid",
        "at": now.isoformat(),
    }
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _rights(niss: str, now: Any) -> None:
    """A right for the presences of two enterprises."""
    from django.db import transaction

    from guichet.access.rights import give_right
    from guichet.demo import fixtures
    from guichet.platform import clock

    with transaction.atomic():
        for number in (fixtures.E1, fixtures.E3):
            give_right(
                niss=niss,
                enterprise_number=number,
                service="presence",
                first_day=clock.today(now),
                actor=fixtures.ACTOR,
                now=now,
            )


if __name__ == "__main__":
    main()
