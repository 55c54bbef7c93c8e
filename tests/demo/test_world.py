"""The demonstration: the same for the same day, alive, and nobody's."""

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest

from guichet.demo import fixtures, numbers, people, story
from guichet.demo.days import acts
from guichet.demo.firms import FIRMS
from guichet.demo.personas import PERSONAS
from guichet.demo.sites import COUNT, GRAND_HIBOU
from guichet.demo.world import WORKERS, world
from guichet.kernel.enterprise import EstablishmentNumber, enterprise_check_holds
from guichet.kernel.niss import Niss, niss_check_holds
from guichet.kernel.works import check_holds
from guichet.presence_log.acts import NewAct
from guichet.presence_log.record import as_parameter
from guichet.registers.works.municipalities import by_postcode, postcode_fits
from guichet.rules.presence import Profile, refusals

TUESDAY = date(2026, 11, 24)
SUNDAY = date(2026, 11, 22)


def digest(day: date) -> str:
    world.cache_clear()
    whole = world(TUESDAY)
    return hashlib.sha256(f"{whole!r}{as_parameter(acts(whole, day))}".encode()).hexdigest()


def test_the_same_day_gives_the_same_rows() -> None:
    assert digest(TUESDAY) == digest(TUESDAY)
    assert digest(TUESDAY) != digest(SUNDAY)


def test_forty_employers_fifteen_hundred_workers_a_hundred_and_twenty_sites() -> None:
    whole = world(TUESDAY)

    own = [worker for worker in whole.workers if worker.status != "fixture"]
    assert len(FIRMS) == 40
    assert len(own) == WORKERS == 1_500
    assert COUNT + len(fixtures.DECLARATIONS) == 120
    assert {site.reference for site in whole.sites[COUNT:]} <= set(fixtures.DECLARATIONS)


def test_every_number_is_valid_and_was_never_issued() -> None:
    whole = world(TUESDAY)

    for worker in whole.workers:
        assert niss_check_holds(worker.niss)
        if worker.status != "fixture":
            assert worker.niss[6:9] in {"000", "999"}
            assert Niss(worker.niss).is_bis == (worker.status == "posted")
        if worker.employer.isdigit():
            assert enterprise_check_holds(worker.employer)
            assert worker.employer.startswith("1900") or worker.status == "fixture"
    assert len({worker.niss for worker in whole.workers}) == len(whole.workers)
    assert all(check_holds(site.reference) for site in whole.sites)
    assert len({site.reference for site in whole.sites}) == len(whole.sites)


def test_numbers_obey_their_checks() -> None:
    for index in (0, 1, 57, 9_999):
        assert EstablishmentNumber.parse(numbers.establishment(index)).digits[0] == "8"
        assert int(numbers.onss(index)) % 97 == 96
        assert int(numbers.limosa(index)) % 97 == 1
        assert numbers.declaration(index).startswith("9B0")
    assert numbers.niss(born_on=date(1985, 7, 31), is_female=True) == "85073100031"
    assert numbers.niss(born_on=date(1985, 7, 31), is_female=False) == "85073199902"
    assert numbers.enterprise(0) == "1900000069"
    assert numbers.niss(born_on=date(2003, 1, 2), is_female=True)[:9] == "030102000"


def test_a_persons_birth_date_and_sex_are_those_of_his_number() -> None:
    for worker in world(TUESDAY).workers:
        if worker.status != "fixture":
            assert Niss(worker.niss).birth_date() == worker.born_on


def test_sites_lie_in_real_municipalities_of_the_three_languages() -> None:
    whole = world(TUESDAY)

    for site in whole.sites:
        assert site.place in by_postcode(postcode=site.postcode)
        assert postcode_fits(postcode=site.postcode, municipality=site.place.name(site.language))
        assert 2.5 < site.longitude < 6.5
        assert 49.4 < site.latitude < 51.6
    assert {site.language for site in whole.sites} == {"nl", "fr", "de"}
    assert len({site.place.nis_code for site in whole.sites}) > 40
    assert len({site.name for site in whole.sites[:COUNT]}) == COUNT


def test_workers_have_names_of_many_origins_and_letters_in_three_languages() -> None:
    workers = world(TUESDAY).workers[:1_400]

    assert {worker.language for worker in workers} >= {"nl", "fr", "de"}
    assert len({worker.family_name for worker in workers}) > 120
    names = {(each.given_name, each.family_name) for each in people.EVERYBODY}
    doubles = [each for each in workers if (each.given_name, each.family_name) in names]
    assert all(each.known is not None for each in doubles)


@pytest.mark.parametrize("day", [TUESDAY, SUNDAY, date(2026, 10, 25), date(2026, 3, 29)])
def test_every_act_would_have_been_accepted_when_it_was_sent(day: date) -> None:
    for act in acts(world(TUESDAY), day):
        assert refused(act) == ()


def refused(act: NewAct) -> object:
    return refusals(
        occurred_at=act.occurred_at,
        received_at=act.received_at,
        ssin=act.ssin,
        enterprise_number=act.enterprise_number,
        foreign_vat_number=act.foreign_vat_number,
        has_coordinates=act.longitude is not None,
        has_address=act.address is not None,
        reference=act.works_reference,
        custom_reference=act.custom_reference,
        profile=Profile(),
    )


def test_a_weekday_is_busy_and_a_sunday_is_quiet() -> None:
    busy, quiet = (len(acts(world(TUESDAY), day)) for day in (TUESDAY, SUNDAY))

    assert 2_000 < busy < 8_000
    assert 100 < quiet < busy / 3


def test_people_forget_press_twice_and_go_astray() -> None:
    whole = world(TUESDAY)
    found: Counter[str] = Counter()
    for back in range(7):
        day = acts(whole, TUESDAY - timedelta(days=back))
        found["acts"] += len(day)
        found["repeated"] += len(day) - len({(a.ssin, a.occurred_at, a.type) for a in day})
        found["unknown site"] += sum(a.works_reference.startswith("1Y1900Z") for a in day)
        found["late"] += sum((a.received_at - a.occurred_at).total_seconds() > 60 for a in day)
        found["by address"] += sum(a.address is not None for a in day)
        balance = Counter({a.ssin: 0 for a in day})
        for act in day:
            balance[act.ssin] += 1 if act.type == "in" else -1
        found["without out"] += sum(value > 0 for value in balance.values())

    assert all(found.values())
    assert found["repeated"] + found["without out"] < found["acts"] / 30


def test_the_named_people_play_their_parts_whatever_the_weekday() -> None:
    for day in (TUESDAY, SUNDAY):
        whole = world(day)
        at_site = [a for a in acts(whole, day) if a.works_reference == whole.sites[0].reference]
        types = {
            known.given_name: [act.type for act in at_site if act.ssin == known.niss]
            for known in people.EVERYBODY
        }
        assert types["Ewa"] == ["in", "out", "in", "in", "out"]
        assert types["Jonas"] == types["Sami"] == []
        assert types["Luc"] == ["in", "out"] * 3
        yesterday = acts(whole, day - timedelta(days=1))
        assert [a.type for a in yesterday if a.ssin == people.JONAS.niss] == ["in"]


def test_seventeen_people_belong_to_grand_hibou() -> None:
    team = [
        w for w in world(TUESDAY).workers if w.sites[0] == GRAND_HIBOU and w.status != "fixture"
    ]
    own = [w for w in team if w.employer == numbers.enterprise(0) or w.known is people.EWA]

    assert len(own) == 17
    assert {w.known for w in own} - {None} == set(people.EVERYBODY) - {people.SOFIE, people.MARC}


def test_a_day_that_is_not_of_the_story_is_left_to_chance() -> None:
    amina, nobody = world(TUESDAY).workers[0], world(TUESDAY).workers[9]
    played = frozenset({TUESDAY})

    day = TUESDAY - timedelta(days=5)
    assert story.steps(amina, day, played=played, began=TUESDAY) is None
    assert story.steps(nobody, TUESDAY, played=played, began=TUESDAY) is None


def test_the_story_is_played_again_on_the_day_of_a_later_load() -> None:
    whole, later = world(TUESDAY), date(2026, 11, 29)
    on_sunday = acts(whole, later, played=frozenset({TUESDAY, later}))

    assert [a.type for a in on_sunday if a.ssin == people.LUC.niss] == ["in", "out"] * 3
    team = {a.ssin for a in on_sunday if a.works_reference == whole.sites[0].reference}
    assert len(team) >= 15
    assert not [a for a in acts(whole, later) if a.ssin == people.LUC.niss]


def test_personas_are_people_of_the_demonstration() -> None:
    whole = world(TUESDAY)
    known = {worker.niss for worker in whole.workers} | {people.SOFIE.niss, people.MARC.niss}
    known |= {somebody.niss for somebody in people.OFFICE}

    assert {persona.niss for persona in PERSONAS} <= known
    assert len({persona.key for persona in PERSONAS}) == len(PERSONAS)
    assert all(persona.first_url.startswith("/") for persona in PERSONAS)
    assert {bool(persona.enterprise_number) for persona in PERSONAS} == {True, False}
