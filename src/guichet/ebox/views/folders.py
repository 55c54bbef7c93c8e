"""Folders of a box, and who may read those of an enterprise."""

from django.contrib import messages as told
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.audit.lookups import looked_up
from guichet.ebox import folders, visibility, words
from guichet.ebox.folders import FolderRefused
from guichet.ebox.forms import FolderForm, ReadersForm
from guichet.ebox.models import FolderReader
from guichet.ebox.reading import UnknownFolder
from guichet.ebox.views.shared import OpenRequest, managed, show, status_of
from guichet.platform import clock
from guichet.registers.persons.models import Person


@require_http_methods(["GET", "POST"])
@managed
def listed(request: OpenRequest) -> HttpResponseBase:
    """The folders, and a new one."""
    is_enterprise = request.place.is_enterprise
    form = FolderForm(
        request.POST if request.method == "POST" else None, may_restrict=is_enterprise
    )
    if form.is_valid():
        try:
            folders.make(
                box_id=request.box.pk,
                name=form.cleaned_data["name"],
                is_restricted=bool(form.cleaned_data.get("is_restricted")),
                actor=request.acting.actor,
                now=clock.now(),
            )
        except FolderRefused as refusal:
            form.add_error("name", words.FOLDER_FAULTS[str(refusal)])
        else:
            told.success(request, _("The folder is there."))
            return redirect("ebox:folders")
    rows = list(visibility.folders(reader=request.reader))
    return show(request, "folders.html", {"form": form, "rows": rows}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@managed
def readers(request: OpenRequest, folder: int) -> HttpResponseBase:
    """Who may read a folder with readers of its own."""
    row = visibility.folders(reader=request.reader).filter(pk=folder, is_restricted=True).first()
    if row is None:
        raise Http404
    users = folders.users(box_id=request.box.pk, now=clock.now())
    held = FolderReader.objects.filter(folder=row).values_list("person", flat=True)
    form = ReadersForm(
        request.POST if request.method == "POST" else None,
        users=users,
        initial={"people": [str(pk) for pk in held]},
    )
    _note(request, list(users))
    if form.is_valid():
        folders.name_readers(
            box_id=request.box.pk,
            folder=folder,
            people=form.cleaned_data["people"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        told.success(request, _("The readers of the folder are kept."))
        return redirect("ebox:folders")
    return show(request, "readers.html", {"form": form, "row": row}, status=status_of(form))


@require_POST
@managed
def remove(request: OpenRequest, folder: int) -> HttpResponseBase:
    """Remove an empty folder."""
    try:
        folders.remove(
            box_id=request.box.pk, folder=folder, actor=request.acting.actor, now=clock.now()
        )
    except UnknownFolder:
        raise Http404 from None
    except FolderRefused as refusal:
        told.error(request, words.FOLDER_FAULTS[str(refusal)])
    else:
        told.success(request, _("The folder is removed."))
    return redirect("ebox:folders")


def _note(request: OpenRequest, people: list[int]) -> None:
    looked_up(
        viewer=request.acting.actor,
        subjects=Person.objects.filter(pk__in=people).values_list("niss", flat=True),
        purpose="ebox.folder",
        channel="portal",
        now=clock.now(),
    )
