"""Notices of career breaks: the worker's own. The employer's answer stands with his requests."""

from django.urls import path

from guichet.eservices.career_break.notices.pages import mine

app_name = "career_break_notices"
urlpatterns = [
    path("", mine.listing, name="list"),
    path("new/", mine.new, name="new"),
    path("<str:ticket>/", mine.detail, name="detail"),
]
