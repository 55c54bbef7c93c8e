"""Interim@Work: the worker's calendar, list and reports; the reports that an agency received."""

from django.urls import path

from guichet.eservices.interim import exporting, views
from guichet.eservices.interim.reports import agency, worker

app_name = "interim"
urlpatterns = [
    path("", views.year, name="year"),
    path("<int:year>/<int:number>/", views.month, name="month"),
    path("list/", views.listing, name="list"),
    path("export/", exporting.export, name="export"),
    path("relations/<slug:reference>/", views.detail, name="relation"),
    path("relations/<slug:reference>/report/", worker.new, name="report-new"),
    path("reports/", worker.mine, name="reports"),
    path("reports/<str:number>/", worker.detail, name="report"),
    path("agency/", agency.listing, name="agency"),
    path("agency/<str:number>/", agency.detail, name="agency-report"),
    path("agency/<str:number>/files/<uuid:attachment>/", agency.file, name="agency-file"),
    path("feed/", views.feed, name="feed"),
    path("feed/new/", views.make_feed, name="make-feed"),
    path("feed/end/", views.end_feed, name="end-feed"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
]
