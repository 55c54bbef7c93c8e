"""The program of the guide for integrators does what the guide says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from guichet.eservices.career_break.models import Request
from tests.database import REPOSITORY
from tests.doors import Rest, rest
from tests.eservices.career_break.api.software import plain_wish, software

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]


class Answered:
    """An answer of Django as the library of the guide gives it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def raise_for_status(self) -> None:
        assert self.answer.status_code < 400, self.answer.content

    def json(self) -> Any:
        return self.answer.json()


class Library:
    """The little of the library that the guide uses, inside this process."""

    @staticmethod
    def post(url: str, *, headers: dict[str, str], timeout: int, **given: Any) -> Answered:
        path = url.partition(":8001")[2]
        data = json.dumps(given["json"])
        return Answered(
            Client().post(path, data=data, content_type="application/json", headers=headers)
        )


def test_the_program_of_the_guide_files_a_break(rest: Rest) -> None:
    text = (REPOSITORY / "docs" / "integrators.md").read_text(encoding="utf-8")
    section = text.partition("## 18. Career breaks")[2]
    [program] = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    known: dict[str, Any] = {}
    exec(program.replace("import requests\n", ""), known)
    known["requests"] = Library
    token = software(rest).headers["Authorization"].removeprefix("Bearer ")

    ticket = known["file_break"](token, plain_wish())

    assert ticket.startswith("04B-")
    assert Request.objects.get().ticket == ticket.replace("-", "")
    with pytest.raises(ValueError, match="2025"):
        known["file_break"](token, plain_wish(startDate="2025-06-01", endDate="2025-06-12"))
