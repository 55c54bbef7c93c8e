"""Dimona for employers, agencies and whoever acts for them by mandate."""

from django.urls import path

from guichet.eservices.dimona.pages import personnel

app_name = "dimona"
urlpatterns = [
    path("", personnel.listing, name="personnel"),
    path("personnel.csv", personnel.listing_file, name="personnel-file"),
    path("periods/<int:number>/", personnel.period, name="period"),
]
