"""The message IDFLUX as XML, alone or among the notifications of a file. Pure.

Names of the blocks and zones are those of the official message (glossary IDFLUX: ValidSituation,
OutdatedSituation, JustificationCode); the layout around them is ours, as that of the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from guichet.eservices.dimona.batch.layout import NAMESPACE
from guichet.eservices.dimona.identities.queries import Idflux, Situation
from guichet.kernel.moments import BRUSSELS
from guichet.kernel.niss import Niss, Sex

ROOT: Final = "IdentityChanges"
ELEMENT: Final = "IDFLUX"
_SEX: Final = {Sex.MALE: "1", Sex.FEMALE: "2"}


def document(rows: Iterable[Idflux], *, employer: str) -> Iterator[str]:
    """A file of messages for one employer, in the order given."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<{ROOT} xmlns={quoteattr(NAMESPACE)} companyID={quoteattr(employer)}>\n"
    for row in rows:
        yield message(row) + "\n"
    yield f"</{ROOT}>\n"


def message(row: Idflux) -> str:
    """One message; the valid situation whole, of the outdated one what changed.

    The day from which it holds is that on which the change became known here: the registers do
    not say more.
    """
    facts: dict[str, str | int] = {
        "nbr": row.id,
        "justificationCode": row.reason,
        "effectiveStartingDate": row.at.astimezone(BRUSSELS).date().isoformat(),
        "createdAt": row.at.isoformat(timespec="milliseconds"),
    }
    facts |= {"declaration": row.declaration} if row.declaration else {}
    facts |= {"period": row.period} if row.period else {}
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in facts.items())
    sexes = [_sex(one.niss) for one in (row.valid, row.outdated)]
    if sexes[0] == sexes[1]:
        sexes[1] = ""
    inside = _situation("ValidSituation", row.valid, sexes[0])
    inside += _situation("OutdatedSituation", row.outdated, sexes[1])
    return f"<{ELEMENT}{attributes}>{inside}</{ELEMENT}>"


def _situation(name: str, one: Situation, sex: str) -> str:
    found = {
        "INSS": one.niss,
        "WorkerName": one.family_name,
        "WorkerFirstName": one.given_name,
        "WorkerBirthdate": one.birth_date.isoformat() if one.birth_date else "",
        "WorkerSex": sex,
    }
    inside = "".join(f"<{key}>{_text(text)}</{key}>" for key, text in found.items() if text)
    return f"<{name}>{inside}</{name}>"


def _text(text: str) -> str:
    """Without the signs that XML cannot hold: a register may have got them by other ways."""
    return escape("".join(sign for sign in text if sign >= " "))


def _sex(niss: str) -> str:
    """What the number says of the sex; empty for none."""
    sex = Niss.parse(niss).sex() if niss else None
    return _SEX[sex] if sex is not None else ""
