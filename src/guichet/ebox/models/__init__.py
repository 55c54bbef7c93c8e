"""Boxes and messages."""

from guichet.ebox.models.boxes import (
    LANGUAGES,
    Application,
    Box,
    Event,
    EventKind,
    Folder,
    FolderReader,
    Publication,
    SavedSearch,
    Sender,
)
from guichet.ebox.models.consumers import Consumer
from guichet.ebox.models.labels import Label, Labelled
from guichet.ebox.models.messages import Attachment, Content, Message, Reading, Reply

__all__ = [
    "LANGUAGES",
    "Application",
    "Attachment",
    "Box",
    "Consumer",
    "Content",
    "Event",
    "EventKind",
    "Folder",
    "FolderReader",
    "Label",
    "Labelled",
    "Message",
    "Publication",
    "Reading",
    "Reply",
    "SavedSearch",
    "Sender",
]
