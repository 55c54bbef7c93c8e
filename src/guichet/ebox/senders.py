"""The organisations that publish, and their programs."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import get_language

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.ebox.models import Application, Sender
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.label import Label
from guichet.platform.db import savepoint


def connect(
    *,
    number: str,
    name: Label,
    actor: Actor,
    now: datetime,
    applications: Mapping[str, Label] | None = None,
) -> Sender:
    """Connect a public body, or bring its names up to date; inside the caller's transaction.

    Raises InvalidEnterpriseNumber.
    """
    digits = EnterpriseNumber.parse(number).digits
    with savepoint(), acting(actor, now=now):
        sender, is_new = Sender.objects.update_or_create(
            number=digits,
            defaults=_names(name),
            create_defaults=_names(name) | {"connected_at": now},
        )
        for code, label in (applications or {}).items():
            Application.objects.update_or_create(sender=sender, code=code, defaults=_names(label))
        if is_new:
            trail.record(action="ebox.sender.connected", actor=actor, target=digits, now=now)
    return sender


def number_of(application: str) -> str:
    """The organisation that sends for an application; empty where none is connected yet."""
    rows = Application.objects.filter(code=application).order_by("sender__number")
    return rows.values_list("sender__number", flat=True).first() or ""


def name_of(sender: Sender) -> str:
    """The name of the sender in the language of the page."""
    return label_of(sender).in_language(get_language() or "en")


def label_of(row: Sender | Application) -> Label:
    """The names of a sender or of a program of one."""
    return Label(nl=row.name_nl, fr=row.name_fr, de=row.name_de, en=row.name_en)


def _names(label: Label) -> dict[str, str]:
    return {f"name_{code}": text for code, text in label.as_mapping().items()}
