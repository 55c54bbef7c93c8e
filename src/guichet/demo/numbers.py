"""Numbers for the demonstration: right by their checks, and never issued.

Persons carry the counters 999 (odd) and 000 (even), which the national register does not give;
enterprises lie in the range 1900.0000.xx, which the enterprise register has not reached.
"""

from datetime import date

from guichet.kernel.base34 import Base34Number
from guichet.kernel.works import SITE_PREFIX, WorksReference


def niss(*, born_on: date, is_female: bool) -> str:
    """The one NISS of the demonstration for this birth date and sex."""
    return _person(born_on, month=born_on.month, is_female=is_female)


def bis(*, born_on: date, is_female: bool) -> str:
    """The one BIS number of the demonstration for this birth date and (known) sex."""
    return _person(born_on, month=born_on.month + 40, is_female=is_female)


def enterprise(index: int) -> str:
    """The enterprise number of index 0, 1, 2, …, below 10,000."""
    body = 19_000_000 + index
    return f"{body}{97 - body % 97:02d}"


def establishment(index: int) -> str:
    """The establishment number of index 0, 1, 2, …, below 10,000."""
    body = 89_900_000 + index
    return f"{body}{97 - body % 97:02d}"


def onss(index: int) -> str:
    """An ONSS employer number at the far end of the range; the whole is 96 modulo 97."""
    sequence = 1_999_000 + index
    return f"{sequence}{96 - sequence * 100 % 97:02d}"


def works_reference(index: int) -> str:
    """The works reference of index 0, 1, 2, …, above anything seen in public."""
    return WorksReference.generate(prefix=SITE_PREFIX, sequence=34**7 * 9 + index * 7919).signs


def declaration(index: int) -> str:
    """The declaration number of index 0, 1, 2, …."""
    return Base34Number.generate(prefix="9B0", sequence=34**7 * 9 + index * 104_729).signs


def limosa(index: int) -> str:
    """A Limosa number of 17 digits; the whole is 1 modulo 97."""
    sequence = 249_999_990_000_000 + index
    return f"{sequence}{98 - sequence * 100 % 97:02d}"


def _person(born_on: date, *, month: int, is_female: bool) -> str:
    counter = "000" if is_female else "999"
    body = f"{born_on:%y}{month:02d}{born_on:%d}{counter}"
    century = 2_000_000_000 if born_on.year >= 2000 else 0
    return f"{body}{97 - (century + int(body)) % 97:02d}"
