"""The pages of the inspection."""

from django.urls import path

from guichet.backoffice.inspection.views import board, devices, search, site

app_name = "inspection"
urlpatterns = [
    path("", board.index, name="board"),
    path("sites.geojson", board.points, name="points"),
    path("sites/<slug:reference>/", site.site, name="site"),
    path("purpose/", search.purpose, name="purpose"),
    path("search/", search.search, name="search"),
    path("search/<uuid:number>/", search.results, name="results"),
    path("search/<uuid:number>/results.csv", search.results_file, name="results-file"),
    path("registrations/<int:receipt>/", search.registration, name="registration"),
    path("devices/", devices.devices, name="devices"),
    path("methods/", devices.methods, name="methods"),
    path("methods/<uuid:number>/", devices.method, name="method"),
    path(
        "methods/<uuid:number>/documents/<uuid:attachment>/",
        devices.document,
        name="method-document",
    ),
    path("looks/", search.own_looks, name="looks"),
]
