"""Why agencies look at workers in Interim@Work, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register(
    {
        "interim.reports": Purpose(gettext_lazy("List of the reports of workers to an agency")),
        "interim.report": Purpose(gettext_lazy("Report of a worker to his temp agency")),
        "interim.relations": Purpose(gettext_lazy("Relations of a worker with a temp agency")),
        "interim.export": Purpose(gettext_lazy("Overview of relations, for the temp agency")),
    }
)
