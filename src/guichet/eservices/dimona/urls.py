"""Dimona for employers, agencies and whoever acts for them by mandate."""

from django.urls import path

from guichet.eservices.dimona.pages import declaring, personnel

app_name = "dimona"
urlpatterns = [
    path("", personnel.listing, name="personnel"),
    path("personnel.csv", personnel.listing_file, name="personnel-file"),
    path("periods/<int:number>/", personnel.period, name="period"),
    path("periods/<int:number>/end/", declaring.end, name="out"),
    path("periods/<int:number>/change/", declaring.change, name="update"),
    path("periods/<int:number>/cancel/", declaring.cancel, name="cancel"),
    path("declare/", declaring.begin, name="in"),
    path("declarations/<int:number>/", declaring.answer, name="answer"),
]
