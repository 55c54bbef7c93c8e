"""Numbers of Dimona: of a period, of a declaration, of a daily registration.

Up to twelve digits, the last two being a check: the digits before them modulo 97, a rest of zero
written as 97 (inferred from published numbers, which it all explains). A number that exists is
taken whatever its check says; only numbers of our own making are sure to have it.
"""

from typing import Final

LARGEST: Final = 999_999_999_999


def numbered(sequence: int) -> int:
    """The number made of a sequence (1 to 9,999,999,999) and its two check digits."""
    return sequence * 100 + (sequence % 97 or 97)


def check_holds(number: int) -> bool:
    """Whether the last two digits are the check of those before them."""
    sequence = number // 100
    return sequence > 0 and number <= LARGEST and numbered(sequence) == number
