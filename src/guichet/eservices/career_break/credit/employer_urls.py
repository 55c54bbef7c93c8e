"""What an employer does with a worker's code."""

from django.urls import path

from guichet.eservices.career_break.credit.views import checking

app_name = "career_break_attestations"
urlpatterns = [
    path("", checking.check, name="check"),
    path("<uuid:key>/", checking.shown, name="shown"),
]
