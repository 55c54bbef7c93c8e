"""Pages of attachments."""

from django.urls import path

from guichet.documents.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<slug:service>/", views.box, name="box"),
    path("<slug:service>/begin/", views.begin, name="begin"),
    path("<slug:service>/<uuid:attachment>/", views.download, name="file"),
    path("<slug:service>/<uuid:attachment>/remove/", views.remove, name="remove"),
    path("<slug:service>/<uuid:attachment>/parts/", views.parts, name="parts"),
]
