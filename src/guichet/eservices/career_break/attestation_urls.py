"""What an employer does with a worker's code."""

from django.urls import path

from guichet.eservices.career_break.pages import attestations

app_name = "career_break_attestations"
urlpatterns = [
    path("", attestations.check, name="check"),
    path("<uuid:key>/", attestations.shown, name="shown"),
]
