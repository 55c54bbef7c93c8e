"""What temporary unemployment is made of: reasons, communications, régimes and those concerned.

Source: Act of 3 July 1978 on employment contracts, art. 26 to 28, 49 to 51 and 77/1 to 77/7; Royal
Decree of 25 November 1991, art. 27, 2°. Codes of reasons are those that the office uses.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why the execution of a contract is suspended; the letter is that of the office."""

    ECONOMIC = "E"
    WEATHER = "I"
    ACCIDENT = "T"
    FORCE_MAJEURE = "F"
    MEDICAL = "FM"
    ANNUAL_CLOSURE = "V"
    EXTRA_CLOSURE = "FV"
    REST_CLOSURE = "R"
    STRIKE = "G"
    PROTECTED = "D"
    WHITE_COLLAR = "SE"


class Kind(StrEnum):
    """What an employer tells the office."""

    EXPECTED = "expected"
    FIRST_DAY = "first_day"
    ACCIDENT_NATURE = "accident_nature"
    ACCIDENT_LIST = "accident_list"
    FORCE_MAJEURE = "force_majeure"
    STRIKE = "strike"
    DIFFICULTY = "difficulty"


class Category(StrEnum):
    """In which quality somebody works."""

    BLUE = "blue"
    WHITE = "white"
    APPRENTICE = "apprentice"
    STUDENT = "student"


class Regime(StrEnum):
    """How much work is left; the last two are those of white collars."""

    FULL = "full"
    LARGE = "large"
    SMALL = "small"
    ONE_DAY_PER_FORTNIGHT = "one_day_per_fortnight"
    WHITE_FULL = "white_full"
    WHITE_REDUCED = "white_reduced"

    @property
    def is_of_white_collars(self) -> bool:
        """Whether it belongs to the suspension of white collars."""
        return self in (Regime.WHITE_FULL, Regime.WHITE_REDUCED)

    @property
    def needs_work_week(self) -> bool:
        """Whether a week of work must follow once it has lasted its maximum."""
        return self in (Regime.FULL, Regime.LARGE, Regime.ONE_DAY_PER_FORTNIGHT)


class NoticeKind(StrEnum):
    """How the workers were told."""

    POSTED = "posted"
    LETTER = "letter"
    REGISTERED = "registered"
    HANDED = "handed"


class Channel(StrEnum):
    """By which way a communication came; paper needs a ground (Royal Decree, art. 137 § 6)."""

    WEB = "web"
    BATCH = "batch"
    REST = "rest"
    PAPER = "paper"


class PaperGround(StrEnum):
    """Why a registered letter may stand for an electronic communication."""

    FIRST_IN_TWO_YEARS = "first_in_two_years"
    WAIVER_OF_DIRECTOR = "waiver_of_director"
    TECHNICAL_FAILURE = "technical_failure"
