"""Career breaks for employers: overview, parameters, a new request, changes, one request."""

from django.urls import path, re_path

from guichet.eservices.career_break.notices.pages import answer
from guichet.eservices.career_break.pages import (
    attachments,
    changing,
    consulting,
    exporting,
    manual,
    overview,
    selecting,
    settings,
    wizard,
)

app_name = "career_break"
_KEY = r"(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_STEP = r"(?P<step>type|details|characteristics|reduction|check)"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("reset/", overview.reset, name="reset"),
    re_path(r"^list\.(?P<form>csv|xlsx)$", exporting.list_file, name="file"),
    path("list/", exporting.on_paper, name="on-paper"),
    path("paper/", overview.paper, name="paper"),
    path("manual/", manual.manual, name="manual"),
    path("parameters/", settings.parameters, name="parameters"),
    path("new/", selecting.select, name="select"),
    path("personnel/", selecting.personnel, name="personnel"),
    path("personnel/choose/", selecting.choose, name="choose-worker"),
    re_path(rf"^new/{_KEY}/{_STEP}/$", wizard.step, name="step"),
    re_path(r"^(?P<act>modification|cancellation|consultation)/$", changing.choose, name="choose"),
    path("attachments/", attachments.choose, name="choose-attachments"),
    path("files/<str:ticket>/<uuid:attachment>/", attachments.own, name="own-attachment"),
    path("requests/<str:ticket>/attachments/", attachments.page, name="attachments"),
    path(
        "requests/<str:ticket>/attachments/<uuid:attachment>/",
        attachments.opened,
        name="attachment",
    ),
    path("notices/<str:ticket>/attachments/", attachments.of_notice, name="notice-attachments"),
    path("files/<str:ticket>/", attachments.of_own_notice, name="own-notice-attachments"),
    path("notices/<str:ticket>/", answer.notice, name="notice"),
    path("requests/<str:ticket>/", consulting.request_page, name="request"),
    path("requests/<str:ticket>/receipt/", consulting.receipt, name="receipt"),
    path("requests/<str:ticket>/modify/", changing.modify, name="modify"),
    path("requests/<str:ticket>/cancel/", changing.cancel, name="cancel"),
    path("requests/<str:ticket>/parts/<str:part>/", consulting.part, name="part"),
]
