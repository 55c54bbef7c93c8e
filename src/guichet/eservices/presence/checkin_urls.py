"""Pages of Checkin@Work: presences of days."""

from django.urls import path

from guichet.eservices.presence.views import assistant, checkin, exports, posted

app_name = "checkin"
urlpatterns = [
    path("", posted.not_with_a_code(checkin.listed), name="list"),
    path("presences.csv", exports.days_file, {"form": "csv"}, name="export"),
    path("presences.xlsx", exports.days_file, {"form": "xlsx"}, name="export-xlsx"),
    path("enter/", checkin.enter, name="enter"),
    path("cancel/", checkin.cancel, name="cancel"),
    path("presences/<int:receipt>/", checkin.one, name="one"),
    path("assistant/", assistant.start, name="assistant"),
    path("assistant/again/", assistant.again, name="again"),
    path("assistant/<uuid:number>/crew/", assistant.crew, name="crew"),
    path("assistant/<uuid:number>/days/", assistant.days, name="days"),
    path("assistant/<uuid:number>/check/", assistant.check, name="check"),
    path("assistant/<uuid:number>/", assistant.lot, name="lot"),
    path("assistant/<uuid:number>/presences.csv", assistant.lot_file, name="lot-file"),
    path("assistant/<uuid:number>/stop/", assistant.stop, name="stop"),
]
