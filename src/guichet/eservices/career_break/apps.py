"""Career break and time credit: the employer's part of a request, and what follows it."""

from django.apps import AppConfig


class CareerBreakConfig(AppConfig):
    """Requests, notices, drafts and decisions; the rules stand in `rules.career_break`."""

    name = "guichet.eservices.career_break"
    label = "career_break"
