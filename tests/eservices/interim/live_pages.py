"""Give a live portal a temporary worker, his agency and a report; print sessions and numbers.

Run as a program, with the environment of the live server.
"""

import json
from datetime import date, timedelta


def main() -> None:
    """Relations around today, one of them reported and answered."""
    import django

    django.setup()
    from guichet.access.rights import give_right
    from guichet.audit.actors import system
    from guichet.demo import numbers
    from guichet.eservices.interim import queries
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.enterprises import operations as enterprises
    from guichet.registers.enterprises.queries import EnterpriseRecord
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from tests.eservices.dimona import world
    from tests.portal import browsing

    now, actor = clock.now(), system("tests")
    today = clock.today(now)
    agency, user = numbers.enterprise(130), numbers.enterprise(131)
    worker = numbers.niss(born_on=date(1979, 3, 8), is_female=True)
    clerk = numbers.niss(born_on=date(1981, 4, 9), is_female=True)
    with transaction(actor=actor):
        for at, number in ((130, agency), (131, user)):
            record = EnterpriseRecord(
                number=number, name_fr=f"Maison au nom plutôt long {at}", language="fr",
                onss_number=numbers.onss(at), onss_first_day=today - timedelta(days=900),
            )  # fmt: skip
            enterprises.register(enterprise=record, actor=actor, now=now)
        enterprises.add_quality(
            number=agency, quality="temp_agency", first_day=today, actor=actor, now=now
        )
        for niss, given in ((worker, "Mathilde"), (clerk, "Odile")):
            persons.register(person=PersonRecord(niss, given, "Renard"), actor=actor, now=now)
        give_right(
            niss=clerk, enterprise_number=agency, service="dimona", first_day=today,
            actor=actor, now=now, quality="temp_agency",
        )  # fmt: skip
    for at in (-3, 1, 2):
        day = (today + timedelta(days=at)).isoformat()
        company = {"enterpriseNumber": user, "jointCommissionNumber": "302"}
        message = world.temp(employer=agency, ssin=worker, user=company, startDate=day, endDate=day)
        assert world.said(message, now=now).period_id is not None
    *_, one = queries.relations(niss=worker, now=now, language="en")
    his = browsing.signed_in(worker)
    hers = browsing.signed_in(clerk, agency, quality="temp_agency")
    given = {"kind": "user_company", "text": "J'ai travaillé à la boulangerie."}
    place = f"/interim/relations/{one.reference}/report/"
    answer = his.post(place, given, SERVER_NAME="127.0.0.1")
    number = answer["Location"].split("/")[3]
    said = {"step": "answer", "text": "Nous regardons."}
    hers.post(f"/interim/agency/{number}/", said, SERVER_NAME="127.0.0.1")
    told = {
        "worker": his.cookies["guichet_portal"].value,
        "agency": hers.cookies["guichet_portal"].value,
        "relation": one.reference,
        "report": number,
        "day": today.strftime("%Y/%-m"),
    }
    print(json.dumps(told))  # read by the tests


if __name__ == "__main__":
    main()
