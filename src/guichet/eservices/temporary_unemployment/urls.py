"""Temporary unemployment for employers."""

from django.urls import path

from guichet.eservices.temporary_unemployment.pages import overview

app_name = "temporary_unemployment"
urlpatterns = [
    path("", overview.overview, name="overview"),
]
