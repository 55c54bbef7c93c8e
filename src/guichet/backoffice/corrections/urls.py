"""The desk where the NSSO decides on corrections of presences."""

from django.urls import path

from guichet.backoffice.corrections import views

app_name = "correction_desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/take/", views.take, name="take"),
    path("<str:number>/files/<uuid:attachment>/", views.file, name="file"),
]
