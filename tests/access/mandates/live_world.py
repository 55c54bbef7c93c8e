"""Give a live portal the parties with mandates in every status; print sessions and numbers.

Run as a program, with the environment of the live server, after its world is filled.
"""

import json


def main() -> None:
    """A mandate in force, one that waits for either party, one to finalise, one that ended."""
    import django

    django.setup()
    from django.conf import settings

    from guichet.access.mandates import operations
    from guichet.audit.actors import Actor
    from guichet.platform import clock
    from guichet.rules.mandates import Domain, Quarter
    from tests.access.mandates import parties as of
    from tests.portal.browsing import signed_in

    now = clock.now()
    of.build(now)
    this = Quarter.of(clock.today(now))
    force = of.active(Domain.PRESENCE, first=this, now=now)
    ended = of.active(Domain.WORKS, first=this, now=now)
    operations.revoke(
        seat=of.seat(of.FIRM), mandate=ended.pk, is_sure_enough=True,
        by=Actor("person", of.INGE, of.FIRM), now=now,
    )  # fmt: skip
    waiting = of.proposed(
        Domain.DIMONA, Domain.CAREER_BREAK, first=this.later(1), own=of.OFFICE, other=of.FIRM,
        by=of.KOEN, now=now,
    )  # fmt: skip
    of.sign(waiting, of.KOEN, of.OFFICE, now=now)
    draft = of.proposed(Domain.TEMPORARY_UNEMPLOYMENT, first=this.later(1), now=now)
    cookie = settings.SESSION_COOKIE_NAME
    office = of.browser(of.KOEN, of.OFFICE)
    told = {
        "firm": of.browser(of.INGE, of.FIRM).cookies[cookie].value,
        "office": office.cookies[cookie].value,
        "himself": signed_in(of.INGE).cookies[cookie].value,
        "force": force.pk, "ended": ended.pk, "waiting": waiting.pk, "draft": draft.pk,
        "provider": of.OTHER_OFFICE, "quarter": str(this.later(1)),
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
