"""What the pages of notices share: their words, and how a page is shown."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.eservices.career_break import words as general
from guichet.eservices.career_break.files import queries as files
from guichet.eservices.career_break.files import words as file_words
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import words
from guichet.eservices.career_break.pages.asking import ticket
from guichet.rules.career_break.file_states import takes_files
from guichet.rules.career_break.states import NoticeState, Party


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of notices, with its words at hand."""
    given = {
        **context,
        "words": general,
        "said": words,
        "ticket": ticket,
        "niss": lambda digits: f"{digits[:6]}/{digits[6:9]}-{digits[9:]}",
    }
    return render(request, f"career_break_notices/{template}", given, status=status)


def attached(row: Notice, party: Party, state: NoticeState) -> dict[str, Any]:
    """What a page of a notice says of its files, and whether this side may add one.

    ``state``: where the notice is today.
    """
    return {
        "slots": files.documents_of(row, party=party),
        "file_words": file_words,
        "takes_files": takes_files(state=state, party=party),
    }
