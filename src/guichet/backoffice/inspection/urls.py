"""The pages of the inspection."""

from django.urls import path

from guichet.backoffice.inspection.views import board, search, site

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
    path("looks/", search.own_looks, name="looks"),
]
