"""The one question asked of the rules: what becomes of this declaration?"""

from __future__ import annotations

from guichet.kernel.verdict import Verdict
from guichet.rules.dimona import identity
from guichet.rules.dimona.answer import Answer, verdict
from guichet.rules.dimona.changing import decide_cancel, decide_out, decide_update
from guichet.rules.dimona.daily import decide_daily
from guichet.rules.dimona.known import Known
from guichet.rules.dimona.message import Kind, Message
from guichet.rules.dimona.opening import decide_in

_DECIDERS = {
    Kind.IN: decide_in,
    Kind.OUT: decide_out,
    Kind.UPDATE: decide_update,
    Kind.CANCEL: decide_cancel,
    Kind.DAILY: decide_daily,
}


def decide(message: Message, known: Known) -> Verdict[Answer]:
    """Accept a declaration or not, with every reason.

    An employer who cannot be found, or who is not the sender's, ends the matter: what else may be
    wrong is nobody else's business.
    """
    faults = identity.employer_faults(message.employer)
    employer = known.employer
    if not faults and (employer is None or employer.first_day is None):
        faults = [f"{identity.employer_zone(message.employer)}-235"]
    if not faults and employer is not None:
        if not employer.may_act:
            faults = ["90256-155"]
        elif employer.is_public and message.employer.onss_number is not None:
            faults = ["90256-364"]  # authorities are known by their enterprise number only
        elif employer.secured_only and not known.is_secured:
            faults = ["90256-342"]
    if faults:
        return verdict(faults, effect=None)
    return _DECIDERS[message.kind](message, known)
