"""Declarations of works: the list, one of them, and the steps that file or change one."""

from django.urls import path, re_path

from guichet.eservices.works.pages import declaring, files, lists

app_name = "works"
_STEP = r"^declare/(?P<key>new|[0-9A-HJ-NP-Z]{13})/(?P<step>who|works|places|chain|check)/$"
urlpatterns = [
    path("", lists.listing, name="list"),
    re_path(_STEP, declaring.step, name="step"),
    path("files/", files.listing, name="files"),
    path("files/schema/", files.schema, name="schema"),
    path("files/<str:ticket>/", files.one, name="file"),
    path("files/<str:ticket>/receipt/", files.receipt, name="file-receipt"),
    path("files/<str:ticket>/notifications/", files.notifications, name="file-notifications"),
    path("<slug:number>/", lists.detail, name="detail"),
    path("<slug:number>/receipt/", lists.receipt, name="receipt"),
    path("<slug:number>/change/", declaring.change, name="change"),
    path("<slug:number>/cancel/", lists.cancel, name="cancel"),
    path("<slug:number>/posters/<int:at>/", lists.poster, name="poster"),
    path("<slug:number>/versions/<int:at>/", lists.version, name="version"),
]
