"""Dimona for employers, agencies and whoever acts for them by mandate."""

from django.urls import path, re_path

from guichet.eservices.dimona.pages import (
    acting,
    answers,
    declaring,
    emergency,
    exporting,
    identities,
    personnel,
    sent_files,
    unsigned,
)

app_name = "dimona"
urlpatterns = [
    path("", personnel.listing, name="personnel"),
    re_path(r"^personnel\.(?P<file_type>csv|xml)$", exporting.at_once, name="personnel-file"),
    path("export/", exporting.ask, name="ask-export"),
    path("exports/<str:reference>/", exporting.progress, name="export"),
    path("exports/<str:reference>/file/", exporting.download, name="export-file"),
    path("exports/<str:reference>/stop/", exporting.stop, name="export-stop"),
    path("periods/<int:number>/", personnel.period, name="period"),
    path("periods/<int:number>/end/", acting.end, name="out"),
    path("periods/<int:number>/change/", acting.change, name="update"),
    path("periods/<int:number>/cancel/", acting.cancel, name="cancel"),
    path("periods/<int:number>/days/", acting.register_day, name="day"),
    path(
        "periods/<int:number>/days/<int:registration>/change/",
        acting.change_day,
        name="change-day",
    ),
    path(
        "periods/<int:number>/days/<int:registration>/cancel/",
        acting.cancel_day,
        name="cancel-day",
    ),
    path("declare/", declaring.begin, name="in"),
    path("unsigned/", unsigned.begin, name="unsigned"),
    path("unsigned/<int:number>/", unsigned.done, name="unsigned-done"),
    path("files/", sent_files.listing, name="batch"),
    path("files/<str:ticket>/", sent_files.one, name="batch-file"),
    path("files/<str:ticket>/receipt.xml", sent_files.receipt, name="batch-receipt"),
    path(
        "files/<str:ticket>/notifications.xml",
        sent_files.notifications,
        name="batch-notifications",
    ),
    path("emergency/", emergency.index, name="emergency"),
    path("emergency/<str:number>/", emergency.dossier, name="emergency-dossier"),
    path("emergency/<str:number>/link/", emergency.link, name="emergency-link"),
    path("identity-changes/", identities.listing, name="identities"),
    re_path(
        r"^identity-changes\.(?P<file_type>csv|xml)$", identities.download, name="identities-file"
    ),
    path("declarations/", answers.listing, name="declarations"),
    path("declarations/<int:number>/", answers.answer, name="answer"),
]
