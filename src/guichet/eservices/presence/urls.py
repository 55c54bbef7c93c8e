"""Pages of presence. No route enters, changes or deletes an act."""

from django.urls import path

from guichet.eservices.presence import employer_urls
from guichet.eservices.presence.views import (
    app,
    clock,
    corrections,
    hours,
    limosa,
    phone,
    posted,
    requests,
    staff,
    worker,
)

app_name = "presence"
urlpatterns = [
    path("", worker.start, name="start"),
    path("clock/", clock.now, name="clock"),
    path("clock/worker.js", app.worker, name="clock-worker"),
    path("clock/app.webmanifest", app.manifest, name="clock-manifest"),
    path("clock/offline/<str:language>/", app.offline, name="clock-offline"),
    path("clock/token/", phone.token, name="clock-token"),
    path("clock/late/", phone.prepare, name="clock-late"),
    path("corrections/", corrections.mine, name="corrections"),
    path("corrections/<int:number>/", corrections.one, name="correction"),
    path("my-registrations/", posted.not_with_a_code(worker.registrations), name="own"),
    path("my-registrations/<int:receipt>/", worker.registration, name="own-act"),
    path("my-registrations/<int:receipt>/mistake/", corrections.mistake, name="own-mistake"),
    path("staff/", staff.day, name="staff-day"),
    path("staff/on-site/", staff.on_site, name="staff-on-site"),
    path("staff/registrations/", staff.registrations, name="staff-list"),
    path("staff/registrations/enter/", staff.enter, name="staff-enter"),
    path("staff/registrations/<int:receipt>/", staff.registration, name="staff-act"),
    path("limosa/", limosa.check, name="limosa"),
    path("staff/corrections/", corrections.told, name="staff-corrections"),
    path("staff/requests/", requests.staff_list, name="staff-requests"),
    path("staff/requests/new/", requests.staff_new, name="staff-request-new"),
    path("staff/requests/<str:number>/", requests.staff_one, name="staff-request"),
    path(
        "staff/requests/<str:number>/withdraw/",
        requests.staff_withdraw,
        name="staff-request-withdraw",
    ),
    path(
        "staff/requests/<str:number>/files/<uuid:attachment>/",
        requests.staff_file,
        name="staff-request-file",
    ),
    path("requests/new/", requests.own_new, name="request-new"),
    path("requests/<str:number>/", requests.own_one, name="request"),
    path("requests/<str:number>/withdraw/", requests.own_withdraw, name="request-withdraw"),
    path("requests/<str:number>/files/<uuid:attachment>/", requests.own_file, name="request-file"),
    path("staff/hours/", hours.hours, name="staff-hours"),
]
urlpatterns += employer_urls.urlpatterns
