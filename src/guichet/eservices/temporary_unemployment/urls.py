"""Temporary unemployment for employers."""

from django.urls import path

from guichet.eservices.temporary_unemployment import writing_urls
from guichet.eservices.temporary_unemployment.pages import (
    closed,
    consulting,
    month,
    overview,
    represented,
)

app_name = "temporary_unemployment"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("months/", month.this_month, name="this-month"),
    path("months/<int:year>/<int:number>/", month.month, name="month"),
    path("limits/", month.limits, name="limits"),
    path("closed-days/", closed.this_year, name="this-year"),
    path("closed-days/<int:year>/", closed.closed_days, name="closed"),
    path("closed-days/<int:year>/<str:establishment>/", closed.closed_days, name="closed"),
    path("representation/", represented.representation, name="representation"),
    path("communications/<str:ticket>/", consulting.communication, name="communication"),
    *writing_urls.urlpatterns,
]
