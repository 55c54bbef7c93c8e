"""The tables of Dimona."""

from guichet.eservices.dimona.models.declarations import (
    CHANNELS,
    EXPORT_FORMATS,
    EXPORT_STATES,
    STATES,
    Declaration,
    Dossier,
    Emergency,
    EmployerChoice,
    Export,
    ExportPart,
    FileForm,
    KeptKey,
    Period,
    PeriodLock,
    Registration,
)
from guichet.eservices.dimona.models.identities import REASONS, IdentityChange, Watermark

__all__ = [
    "CHANNELS",
    "EXPORT_FORMATS",
    "EXPORT_STATES",
    "REASONS",
    "STATES",
    "Declaration",
    "Dossier",
    "Emergency",
    "EmployerChoice",
    "Export",
    "ExportPart",
    "FileForm",
    "IdentityChange",
    "KeptKey",
    "Period",
    "PeriodLock",
    "Registration",
    "Watermark",
]
