"""What a page does with files, for whichever side it is: shows them, takes, applies, removes them.

A page of a request or of a notice has two lines for it::

    found = desk.handled(request, subject=row, by=worker_of(request), here=request.path, now=now)
    if isinstance(found, str):
        return redirect(found)

and gives ``found`` as ``desk`` to its template, which says::

    {% import "career_break_files/desk.html" as files with context %}
    {{ error_summary(desk.form) }} … {{ files.desk(desk) }}

``opens``: the route of one file for this side (a ticket and a key), one of those that
`pages.attachments` has. The status of the page is ``desk.status``. The form is one of its own on
the page: it posts to ``here``, with ``files`` among its fields (`is_posted`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from guichet.documents.attachments import words as attachment_words
from guichet.documents.attachments.operations import AttachmentRefused
from guichet.documents.attachments.scanning import scanner
from guichet.eservices.career_break import words as service_words
from guichet.eservices.career_break.files import facts, operations, queries, words
from guichet.eservices.career_break.files.allowances import allowance
from guichet.eservices.career_break.files.bearers import Bearer
from guichet.eservices.career_break.files.facts import Subject
from guichet.eservices.career_break.files.forms import FileForm
from guichet.eservices.career_break.files.operations import UnknownFile, Wanted
from guichet.eservices.career_break.files.queries import Shown, Slot
from guichet.eservices.career_break.forms.parts import put
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.said import Said
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.career_break.file_states import FileRefused, FileState, takes_files
from guichet.rules.career_break.states import Party

EMPLOYERS: Final = "career_break:attachment"
WORKERS: Final = "career_break:own-attachment"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the template part shows. ``asked``: the file of which is asked whether it shall go.

    ``megabytes``: of the largest file; ``takes``: files are still taken; ``pending``: how many wait
    to be applied.
    """

    subject: Subject
    slots: Sequence[Slot]
    form: FileForm
    here: str
    opens: str
    takes: bool
    pending: int
    megabytes: str
    has_scanner: bool
    is_employer: bool
    is_notice: bool
    asked: Shown | None = None
    status: int = 200
    words: Any = words


def is_posted(request: HttpRequest) -> bool:
    """Whether what was sent to a page with several forms is for the desk."""
    return request.method == "POST" and "files" in request.POST


def handled(
    request: HttpRequest,
    *,
    subject: Subject,
    by: Bearer,
    here: str,
    now: datetime,
    said: Said | None = None,
) -> Desk | str:
    """Show the files, or do what was posted; then the address to go to.

    ``said``: the worker's part, never for an employer. Raises Http404 for a file that is not there.
    """
    work = _Work(request, subject, by, here, now, said)
    return work.posted() if is_posted(request) else work.shown(work.form())


@dataclass(frozen=True, slots=True, repr=False)
class _Work:
    request: HttpRequest
    subject: Subject
    by: Bearer
    here: str
    now: datetime
    said: Said | None

    def form(self, *, is_needed: bool = False) -> FileForm:
        """The form, filled with what was posted."""
        needed = facts.needed(self.subject, self.said)
        given: tuple[Any, ...] = ()
        if is_posted(self.request):
            given = (self.request.POST, self.request.FILES)
        return FileForm(
            *given,
            offered=facts.offered(self.subject, party=self.by.party, said=self.said),
            starred=frozenset(each.document for each in needed if each.is_mandatory),
            is_needed=is_needed,
        )

    def shown(self, form: FileForm, *, status: int = 200, asked: UUID | None = None) -> Desk:
        """The page, as it is now."""
        slots = queries.documents_of(self.subject, party=self.by.party, said=self.said, by=self.by)
        every = [file for slot in slots for file in slot.files]
        is_employer = self.by.party is Party.EMPLOYER
        largest = allowance(on=clock.today(self.now)).largest
        return Desk(
            subject=self.subject, slots=slots, form=form, here=self.here,
            opens=EMPLOYERS if is_employer else WORKERS,
            takes=takes_files(
                state=queries.known_state(self.subject, today=clock.today(self.now)),
                party=self.by.party,
            ),
            pending=sum(file.state is FileState.PENDING for file in every),
            megabytes=attachment_words.megabytes(largest), has_scanner=scanner() is not None,
            is_employer=is_employer, is_notice=isinstance(self.subject, Notice),
            asked=next((one for one in every if asked and one.key == asked), None),
            status=422 if form.errors and status == 200 else status,
        )  # fmt: skip

    def posted(self) -> Desk | str:
        """What the button that was pressed asks for."""
        try:
            if "remove" in self.request.POST:
                return self._removed(_key(self.request.POST["remove"]))
            if "delete" in self.request.POST:
                return self._deleted(_key(self.request.POST["delete"]))
            return self._taken(is_applied=self.request.POST.get("do") == "apply")
        except UnknownFile:
            raise Http404 from None
        except FileRefused as refusal:
            form = self.form()
            form.is_valid()
            form.errors.clear()
            form.add_error(None, words.refusal(refusal))
            return self.shown(form, status=409)

    def _taken(self, *, is_applied: bool) -> Desk | str:
        """Choose the file that was sent, and apply what is pending."""
        form = self.form(is_needed=not is_applied)
        file = self.request.FILES.get("file")
        if file is not None or not is_applied:
            if not form.is_valid() or not self._chosen(form, file):
                return self.shown(form)
            if not is_applied:
                messages.success(
                    self.request,
                    _("The file is chosen. It counts once you press “Apply the changes”."),
                )
                return self.here
        done = operations.apply(subject=self.subject, by=self.by, now=self.now)
        if not done.files:
            messages.info(self.request, _("There was nothing left to apply."))
            return self.here
        messages.success(self.request, _("Changes made."))
        if done.ticket:
            messages.info(
                self.request,
                _("Unique ticket number of this part of the request: %(number)s")
                % {"number": TicketNumber(done.ticket).formatted()},
            )
        return self.here

    def _chosen(self, form: FileForm, file: Any) -> bool:
        """Keep the file as pending, or say at the form why not."""
        if file is None:
            return False
        limits = allowance(on=clock.today(self.now))
        wanted = Wanted(
            document=form.cleaned_data["document"],
            name=file.name or "",
            data=file.read(limits.largest + 1),  # one byte more tells that it is too large
            description=form.cleaned_data["description"],
        )
        try:
            done = operations.choose(
                subject=self.subject, wanted=wanted, by=self.by, now=self.now, said=self.said
            )
        except Refused as refusal:
            put(form, refusal.faults, {})
            return False
        except AttachmentRefused as refusal:
            form.add_error("file", attachment_words.refusal(refusal.code, limits))
            return False
        for one in done.warned:
            messages.warning(self.request, service_words.fault(one))
        return True

    def _removed(self, key: UUID) -> Desk | str:
        """A pending file goes at once; of a received one is asked first."""
        if any(one.attachment_id == key for one in queries.chosen(self.subject, self.by)):
            return self._deleted(key)
        found = self.shown(self._unfilled(), asked=key)
        if found.asked is None:
            raise UnknownFile(str(key))
        return found

    def _deleted(self, key: UUID) -> str:
        operations.remove(subject=self.subject, attachment=key, by=self.by, now=self.now)
        messages.success(self.request, _("The file is removed."))
        return self.here

    def _unfilled(self) -> FileForm:
        form = self.form()
        form.is_bound = False
        return form


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UnknownFile(text) from None
