"""Pages of the employer and of whoever stands above him: files, who is expected, duties, kit."""

from django.urls import path

from guichet.eservices.presence.views import arrangements, duties, expected, exports, kit

_CSV, _XLSX = {"form": "csv"}, {"form": "xlsx"}
urlpatterns = [
    path("staff/registrations.csv", exports.list_file, _CSV, name="staff-list-file"),
    path("staff/registrations.xlsx", exports.list_file, _XLSX, name="staff-list-xlsx"),
    path("staff/hours.csv", exports.hours_file, _CSV, name="staff-hours-file"),
    path("staff/hours.xlsx", exports.hours_file, _XLSX, name="staff-hours-xlsx"),
    path("staff/duties/", duties.duties, name="duties"),
    path("staff/agreements/", arrangements.listed, name="arrangements"),
    path("staff/agreements/new/", arrangements.new, name="arrangement-new"),
    path("staff/agreements/<uuid:number>/", arrangements.one, name="arrangement"),
    path(
        "staff/agreements/<uuid:number>/confirm/", arrangements.confirm, name="arrangement-confirm"
    ),
    path(
        "staff/agreements/<uuid:number>/contest/", arrangements.contest, name="arrangement-contest"
    ),
    path(
        "staff/agreements/<uuid:number>/withdraw/",
        arrangements.withdraw,
        name="arrangement-withdraw",
    ),
    path("staff/agreements/<uuid:number>/end/", arrangements.end, name="arrangement-end"),
    path(
        "staff/agreements/<uuid:number>/files/<uuid:attachment>/",
        arrangements.document,
        name="arrangement-file",
    ),
    path("staff/kit/", kit.kit, name="kit"),
    path("staff/kit/told/", kit.told, name="kit-told"),
    path("staff/kit/<str:reference>/", kit.site, name="kit-site"),
    path("staff/kit/<str:reference>/make/", kit.make, name="kit-make"),
    path("staff/kit/told/<int:mark>/take-back/", kit.take_back, name="kit-take-back"),
    path("staff/expected/", expected.expected, name="expected"),
    path("staff/expected/nudge/", expected.nudge, name="nudge"),
    path("staff/expected/<str:reference>/", expected.plan, name="expected-plan"),
    path(
        "staff/expected/<str:reference>/<int:member>/remove/",
        expected.unplan,
        name="expected-unplan",
    ),
    path("staff/files/", exports.mine, name="exports"),
    path("staff/files/ask/", exports.ask, name="export-ask"),
    path("staff/files/<uuid:number>/", exports.one, name="export"),
    path("staff/files/<uuid:number>/download/", exports.download, name="export-file"),
]
