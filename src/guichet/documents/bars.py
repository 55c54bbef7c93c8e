"""Bar codes (Code 128, set B) as drawings that a document takes in.

Each sign is three bars and three gaps of one to four modules, eleven together; a check sign modulo
103 and a stop follow. Standard ISO/IEC 15417.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final

_START_B: Final = 104
_STOP: Final = "2331112"
_QUIET: Final = 10
_HEIGHT: Final = 40
_TABLE: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212"
    " 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131"
    " 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321"
    " 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121"
    " 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111"
    " 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114"
    " 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212"
    " 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113"
    " 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_SIGNS: Final = tuple(_TABLE.split())


class NotDrawable(ValueError):
    """Only printable ASCII has bars."""


def widths(text: str) -> tuple[int, ...]:
    """Modules of bars and gaps in turn, a bar first; raises NotDrawable."""
    values = [ord(sign) - 32 for sign in text]
    if not values or not all(0 <= value <= 94 for value in values):
        raise NotDrawable(text)
    check = (_START_B + sum(at * value for at, value in enumerate(values, start=1))) % 103
    signs = [_SIGNS[value] for value in (_START_B, *values, check)]
    return tuple(int(one) for one in "".join((*signs, _STOP)))


def drawing(text: str) -> str:
    """The bar code of a text as SVG, with its quiet zones; raises NotDrawable."""
    modules = widths(text)
    begins = [0, *accumulate(modules)]
    bars = "".join(
        f"M{_QUIET + begin} 0h{width}v{_HEIGHT}h-{width}z"
        for begin, width in zip(begins[::2], modules[::2], strict=False)
    )
    whole = begins[-1] + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {_HEIGHT}"'
        f' width="{whole}" height="{_HEIGHT}"><path d="{bars}"/></svg>'
    )
