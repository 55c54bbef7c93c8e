"""The files of a person's breaks in the copy of his data: which document, from whom, how far."""

from datetime import datetime

from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.career_break.files import queries
from guichet.eservices.career_break.files.words import DOCUMENTS, STATES
from guichet.rules.career_break.file_states import FileState


def _files(acting: Acting, now: datetime) -> list[Row]:
    return [
        {
            "document": str(DOCUMENTS[file.document]),
            "name": file.name,
            "description": file.description,
            "employer": file.enterprise,
            "receivedAt": file.received_at,
            "state": str(STATES[FileState(file.state)]),
        }
        for file in queries.files_of(niss=acting.niss)
    ]


register(
    Section(
        "careerBreakFiles",
        gettext_lazy("Documents of career breaks"),
        {
            "document": gettext_lazy("Document"),
            "name": gettext_lazy("File"),
            "description": gettext_lazy("Description"),
            "employer": gettext_lazy("Employer"),
            "receivedAt": pgettext_lazy("a document", "Received"),
            "state": gettext_lazy("State"),
        },
        _files,
    )
)
