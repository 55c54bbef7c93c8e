"""The organisations that pay the allowances: the public one and those of the unions."""

from enum import StrEnum


class Body(StrEnum):
    """Which organisation a worker chose; the official names stay official."""

    CAPAC = "capac"
    FGTB = "fgtb"
    CSC = "csc"
    CGSLB = "cgslb"
