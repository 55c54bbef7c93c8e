"""The pages of the inspection."""

from django.urls import path

from guichet.backoffice.inspection.views import board, devices, files, search, site

app_name = "inspection"
urlpatterns = [
    path("", board.index, name="board"),
    path("sites.geojson", board.points, name="points"),
    path("sites/<slug:reference>/", site.site, name="site"),
    path("purpose/", search.purpose, name="purpose"),
    path("search/", search.search, name="search"),
    path("search/<uuid:number>/", search.results, name="results"),
    path("search/<uuid:number>/results.csv", files.at_once, {"form": "csv"}, name="results-csv"),
    path("search/<uuid:number>/results.xlsx", files.at_once, {"form": "xlsx"}, name="results-xlsx"),
    path("search/<uuid:number>/files/", files.ask, name="file-ask"),
    path("search/<uuid:number>/files/<uuid:file>/", files.one, name="file"),
    path("search/<uuid:number>/files/<uuid:file>/download/", files.download, name="file-download"),
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
