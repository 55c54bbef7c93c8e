"""Files of communications of temporary unemployment, for those who send them."""

from django.urls import path

from guichet.eservices.temporary_unemployment.messages.pages import files

app_name = "temporary_unemployment_files"
urlpatterns = [
    path("", files.listing, name="files"),
    path("<str:ticket>/", files.one, name="file"),
    path("<str:ticket>/receipt/", files.receipt, name="receipt"),
    path("<str:ticket>/notifications/", files.notifications, name="notifications"),
]
