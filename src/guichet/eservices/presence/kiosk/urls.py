"""Devices, means and alternative methods of employers; the kiosk and its doors."""

from django.urls import path

from guichet.eservices.presence.kiosk.views import calls, devices, means, methods, page

app_name = "kiosk"
urlpatterns = [
    path("kiosk/", page.page, name="page"),
    path("kiosk/worker.js", page.worker, name="worker"),
    path("kiosk/initialise/", calls.initialise, name="initialise"),
    path("kiosk/state/", calls.state, name="state"),
    path("kiosk/person/", calls.person, name="person"),
    path("kiosk/messages/", calls.messages, name="messages"),
    path("presence/devices/", devices.listed, name="devices"),
    path("presence/devices/new/", devices.enrol, name="device-new"),
    path("presence/devices/<uuid:number>/", devices.one, name="device"),
    path("presence/devices/<uuid:number>/code/", devices.code, name="device-code"),
    path("presence/devices/<uuid:number>/here/", devices.here, name="device-here"),
    path("presence/devices/<uuid:number>/end/", devices.end, name="device-end"),
    path("presence/means/", means.listed, name="means"),
    path("presence/means/new/", means.issue, name="means-new"),
    path("presence/means/<uuid:number>/", means.one, name="one-means"),
    path("presence/means/<uuid:number>/card/", means.print_card, name="card"),
    path("presence/means/<uuid:number>/block/", means.block, name="means-block"),
    path("presence/methods/", methods.listed, name="methods"),
    path("presence/methods/new/", methods.declare, name="method-new"),
    path("presence/methods/<uuid:number>/", methods.one, name="method"),
    path("presence/methods/<uuid:number>/end/", methods.end, name="method-end"),
    path(
        "presence/methods/<uuid:number>/<uuid:attachment>/",
        methods.document,
        name="method-document",
    ),
]
