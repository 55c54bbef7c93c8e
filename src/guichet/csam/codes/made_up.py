"""User names and passwords made up for a letter: easy to read off paper, hard to guess.

Signs that look alike in print are left out: 0 and O, 1 and l and I, 2 and Z, 5 and S, 6 and b,
8 and B, and letters whose capital is only a larger small one.
"""

import secrets
from typing import Final

_NAME: Final = "acdefghjkmnpqrtuvwxy3479"
_CAPITALS: Final = "ADEFGHJKLMNPQRTY"
_SMALL: Final = "adefghjkmnpqrty"
_DIGITS: Final = "3479"
_SPECIALS: Final = "=+*#%@"


def user_name() -> str:
    """Twelve signs: about 55 bits."""
    return "".join(secrets.choice(_NAME) for _ in range(12))


def password() -> str:
    """Fourteen signs: valid under every reading of the official rules and the modern ones."""
    signs = [secrets.choice(_CAPITALS + _SMALL) for _ in range(9)]
    signs += [secrets.choice(_DIGITS) for _ in range(3)]
    signs += [secrets.choice(_SPECIALS) for _ in range(2)]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)
