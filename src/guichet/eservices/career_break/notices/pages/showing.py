"""What the pages of notices share: their words, and how a page is shown."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.eservices.career_break import words as general
from guichet.eservices.career_break.notices import words
from guichet.eservices.career_break.pages.asking import ticket


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
