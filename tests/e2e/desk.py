"""What the agent of a desk does with a request for BelgianID, beside a running counter.

Run as a program: ``propose REFERENCE`` or ``pass REFERENCE NAME``; prints JSON.
"""

import json
import sys
from datetime import timedelta


def main(word: str, reference: str, given_name: str = "") -> None:
    """One step of the desk; the activation code that the agent reads aloud."""
    import django

    django.setup()
    from guichet.audit.actors import Actor
    from guichet.csam.outside import interviews
    from guichet.demo import fixtures
    from guichet.kernel.niss import Sex
    from guichet.platform import clock

    now = clock.now()
    agent = Actor(kind="person", id=fixtures.W1, enterprise=fixtures.E1)
    told = {}
    if word == "propose":
        slot = (now + timedelta(days=1)).replace(microsecond=0)
        interviews.propose(reference=reference, slot_at=slot, actor=agent, now=now)
    else:
        seen = interviews.Recognised(given_name, "Benali", sex=Sex.MALE)
        interviews.pass_interview(reference=reference, recognised=seen, actor=agent, now=now)
        sent = interviews.send_activation(reference=reference, actor=agent, now=now)
        told["code"] = sent.code
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
