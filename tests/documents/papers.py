"""Documents for the tests: an attestation of any length in any language, asked for and made."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import system
from guichet.demo import fixtures
from guichet.documents import operations
from guichet.documents.attestation import TEMPLATE, Section, Table, content
from guichet.documents.document_kinds import ATTESTATION
from guichet.documents.operations import Recipient
from guichet.kernel.document_code import DocumentCode
from tests.portal.browsing import NOW

ACTOR = system("tests")


def attested(language: str = "fr", *, rows: int = 3) -> dict[str, Any]:
    """What an attestation says; the texts are of the catalogue, so that every language has them."""
    with override(language):
        table = Table(
            caption=_("Documents"),
            head=[_("Day"), _("Worker"), _("State")],
            rows=[[f"{1 + at % 28:02d}/11/2026", f"Čeština ő Œ € {at}", "A"] for at in range(rows)],
            numeric=[0],
            widths=[1, 3, 1],
        )
        return content(
            lead=[_("Demonstration: fictitious data. This is not an official site.")],
            person_title=_("Worker"),
            person=[(_("Name"), "Karim Bensaïd"), (_("Day"), "24/11/2026")],
            sections=[
                Section(_("Documents"), paragraphs=["…"], table=table),
                Section(_("State"), facts=[(_("State"), "1")]),
            ],
            legal_title=_("Privacy"),
            legal=["Art. 1", "Art. 2"],
        )


def asked(
    *,
    language: str = "fr",
    recipient: Recipient | None = None,
    rows: int = 3,
    now: datetime = NOW,
    **given: Any,
) -> str:
    """A request that no job has seen yet."""
    with override(language):
        title = _("Attestation")
    with transaction.atomic():
        return operations.issue(
            **{
                "template": TEMPLATE,
                "data": attested(language, rows=rows),
                "language": language,
                "title": title,
                "recipient": recipient or Recipient(niss=fixtures.W1),
                "kind": ATTESTATION.key,
                "actor": ACTOR,
                "now": now,
                **given,
            }
        )


def issued(**given: Any) -> str:
    """A document that is sealed."""
    reference = asked(**given)
    assert operations.make(reference=reference, now=given.get("now", NOW))
    return reference


def code(reference: str) -> str:
    """As it is printed."""
    return DocumentCode(reference).formatted()
