"""A browser at the sign-in provider: somebody on his profile, or a sign-in under way."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.test import Client

from guichet.csam.keys.holders import Holder
from guichet.rules.assurance import Means


class Visitor:
    """Opens browsers."""

    def __init__(self) -> None:
        self.client = Client()

    def profile(self, owner: Holder) -> Client:
        self.client = Client()
        s = self.client.session
        s["profile"] = dict(
            person_id=owner.person_id,
            niss=owner.niss,
            given_name="Léa",
            family_name="Dubois",
            level=owner.level,
            means=owner.means,
        )
        s.save()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = s.session_key
        return self.client

    def login(self, *, min_level: int = 200, means: tuple[Means, ...] = tuple(Means)) -> Client:
        self.client = Client()
        s = self.client.session
        s["login"] = dict(pk=id(self.client), min_level=min_level, means=tuple(means))
        s.save()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = s.session_key
        return self.client

    def was_sent_to_sign_in(self, answer: Any, *, level: int) -> bool:
        return answer.status_code == 302 and answer["Location"].endswith(f"level={level}")

    def was_told_to_begin_again(self, answer: Any) -> bool:
        return answer.status_code == 400

    def identified(self, answer: Any) -> tuple[str, int, str]:
        [found] = re.findall(r"done (\d+) (\d+) (\w+)", answer.content.decode())
        return found[0], int(found[1]), found[2]
