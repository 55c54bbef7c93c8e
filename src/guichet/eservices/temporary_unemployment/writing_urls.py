"""Pages on which an employer communicates, changes and withdraws."""

from django.urls import path

from guichet.eservices.temporary_unemployment.pages import (
    changing,
    choosing,
    receiving,
    starting,
    wizard,
)

_ONE = "communications/<slug:ticket>/"
_DRAFT = "drafts/<uuid:key>/"

urlpatterns = [
    path("new/", starting.reasons, name="new"),
    path("new/<slug:reason>/", starting.kinds, name="kinds"),
    path("drafts/", starting.drafts, name="drafts"),
    path(f"{_DRAFT}forget/", starting.forget, name="forget"),
    path(f"{_DRAFT}workers/choose/", choosing.choose, name="choose"),
    path(f"{_DRAFT}<slug:step>/", wizard.step, name="step"),
    path(f"{_DRAFT}<slug:step>/deadlines/", wizard.fragment, name="deadlines"),
    path(f"{_ONE}receipt/", receiving.receipt, name="receipt"),
    path(f"{_ONE}paper/", receiving.paper, name="paper"),
    path(f"{_ONE}modify/", changing.modify, name="modify"),
    path(f"{_ONE}cancel/", changing.cancel, name="cancel"),
    path(f"{_ONE}copy/", changing.copy, name="copy"),
]
