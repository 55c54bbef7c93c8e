"""Interim@Work: the worker's calendar and list of relations."""

from django.urls import path

from guichet.eservices.interim import exporting, views

app_name = "interim"
urlpatterns = [
    path("", views.year, name="year"),
    path("<int:year>/<int:number>/", views.month, name="month"),
    path("list/", views.listing, name="list"),
    path("export/", exporting.export, name="export"),
    path("relations/<slug:reference>/", views.detail, name="relation"),
    path("feed/", views.feed, name="feed"),
    path("feed/new/", views.make_feed, name="make-feed"),
    path("feed/end/", views.end_feed, name="end-feed"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
]
