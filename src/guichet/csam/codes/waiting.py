"""How long to wait after too many attempts, in words."""

from math import ceil

from django.utils.translation import ngettext

from guichet.platform.throttle import Throttled


def wait_in_words(pause: Throttled) -> str:
    """One sentence, in whole minutes."""
    minutes = ceil(pause.retry_after / 60)
    return ngettext(
        "Too many attempts. Try again in %(minutes)d minute.",
        "Too many attempts. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
