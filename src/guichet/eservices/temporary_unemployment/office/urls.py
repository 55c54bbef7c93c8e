"""Decisions, for the employer."""

from django.urls import path

from guichet.eservices.temporary_unemployment.office import pages

app_name = "temporary_unemployment_office"
urlpatterns = [
    path("communications/<str:ticket>/decision/", pages.decisions, name="decisions"),
    path(
        "communications/<str:ticket>/decision/<str:number>/document.pdf",
        pages.document,
        name="document",
    ),
]
