"""What is asked back, for the worker: what it is about, and his answer."""

from django.urls import path

from guichet.eservices.career_break.recovery import pages

app_name = "career_break_recovery"
urlpatterns = [path("<uuid:key>/", pages.recovery, name="recovery")]
