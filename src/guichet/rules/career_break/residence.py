"""Where somebody must live to be paid: a country of the European Economic Area, or Switzerland.

Source: Royal Decree of 12 December 2001; parameter ``career_break.residence.countries``. The
exception for a partner who moves for work is for the office to grant.
"""

from datetime import date

from guichet.rules import dated


def lives_in_area(country: str, *, on: date) -> bool | None:
    """Whether a country, two letters, is one of them; None when it is not known."""
    if not country:
        return None
    known = dated.value("career_break.residence.countries", on=on)
    return country in str(known).split()
