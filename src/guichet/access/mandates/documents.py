"""The document of a mandate: a PDF with two visible fields, one for the signature of each party."""

import hashlib
import io
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from guichet.access.mandates import domains, fields, words
from guichet.access.mandates.models import Document, Mandate, Signature
from guichet.platform import typeset, wording
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.mandates import Quarter, Side

# Where the template draws the two frames, in points from the lower left corner of the page: 24 mm
# of margin, frames of 77 by 26 mm, 8 mm between them.
_MM: Final = 72 / 25.4
_FRAMES: Final = {Side.MANDATOR: 24, Side.MANDATARY: 109}


# Flags of a form (PDF 32000, table 225): signatures exist; only append.
_SIGNED_AND_APPEND_ONLY: Final = 3


class _Untouched(IncrementalPdfFileWriter):
    """Adds the fields and leaves the description of the document as it was written."""

    def _update_meta(self) -> None:
        """The moment of the document is that of its making."""


def keep(mandate: Mandate, pdf: bytes, *, now: datetime) -> Document:
    """Keep the next version of the document; the former ones stay."""
    count = Document.objects.filter(mandate=mandate).count()
    return Document.objects.create(
        mandate=mandate,
        version=count + 1,
        pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(),
        made_at=now,
    )


def current(mandate: int) -> bytes:
    """The last version of the document of this mandate; empty without one."""
    row = Document.objects.filter(mandate=mandate).order_by("-version").first()
    return bytes(row.pdf) if row else b""


def made(mandate: Mandate, *, now: datetime) -> bytes:
    """The document with an empty field for each party that has not signed on the page."""
    signed = {row.side: row for row in mandate.signatures.select_related("person")}
    with override(mandate.language):
        title = _("Mandate to a provider of social services")
        data = _data(mandate, signed)
    plain = typeset.pdf(
        template="mandate", data=data, language=mandate.language, title=title, made_at=now
    )
    writer = _Untouched(io.BytesIO(plain))
    for side in Side:
        if side not in signed:
            append_signature_field(writer, _field(side, mandate.language))
    if len(signed) < len(Side):
        # As after a signature, so that signing changes nothing but the field: what is added to a
        # document that comes back is compared with this one.
        form = writer.root["/AcroForm"]
        form["/SigFlags"] = fields.number(_SIGNED_AND_APPEND_ONLY)
        writer.update_container(form)
        fields.describe(writer)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # of pyHanko
    return out.getvalue()


def _field(side: Side, language: str) -> SigFieldSpec:
    left, bottom = _FRAMES[side], 24
    box = tuple(round(one * _MM) for one in (left, bottom, left + 77, bottom + 26))
    with override(language):
        label = _("Signature: %(party)s") % {"party": words.SIDES[side]}
    return SigFieldSpec(
        sig_field_name=side.value,
        on_page=-1,
        box=box,  # type: ignore[arg-type]  # four numbers
        readable_field_name=label,
        empty_field_appearance=True,
    )


def _data(mandate: Mandate, signed: dict[str, Signature]) -> dict[str, Any]:
    first = words.quarter(Quarter.of(mandate.first_day))
    return {
        "opening": _("The employer lets the mandatary act in its name before social security."),
        "parties": [
            _party(_("Employer (mandator)"), mandate.mandator, mandate.language),
            _party(
                _("Provider of social services (mandatary)"), mandate.mandatary, mandate.language
            ),
        ],
        "period_title": _("Since when"),
        "period": _("From %(quarter)s, that is from %(day)s, without an end until one is chosen.")
        % {"quarter": first, "day": wording.day(mandate.first_day)},
        "domains_title": _("For what"),
        "domains": [
            {
                "name": domains.name(one),
                "lines": [wording.capital(line) for line in domains.capabilities(one)],
            }
            for one in mandate.domains
        ],
        "terms_title": _("What goes with it"),
        "terms": [
            _(
                "Begin and end are those of a quarter; the employer can take the mandate back "
                "at once."
            ),
            _("The mandatary handles what concerns the past, the present and the future."),
            _("A mandatary who is replaced keeps the duty to inform about its own period."),
            _(
                "The mandatary tells the institution within 15 days that the employer ended the "
                "relation."
            ),
        ],
        "signatures": [_line(side, signed.get(side)) for side in Side],
    }


def _party(role: str, enterprise: Enterprise, language: str) -> dict[str, str]:
    record = enterprises.record_of(enterprise)
    digits = record.number
    where = record.address
    street = f"{where.street} {where.house_number}".strip()
    place = f"{where.postcode} {where.municipality}".strip()
    return {
        "role": role,
        "name": record.name(language),
        "number": f"{digits[:4]}.{digits[4:7]}.{digits[7:]}",
        "address": ", ".join(part for part in (street, place) if part),
    }


def _line(side: Side, row: Signature | None) -> str:
    """What stands above the frame of a party."""
    party = str(words.SIDES[side])
    if row is None:
        return _("Signature: %(party)s") % {"party": party}
    return _("%(party)s: signed on the page by %(name)s on %(moment)s (%(means)s)") % {
        "party": party,
        "name": f"{row.person.given_name} {row.person.family_name}".strip(),
        "moment": wording.moment(row.signed_at),
        "means": words.MEANS_IN_WORDS.get(row.means, row.means),
    }
