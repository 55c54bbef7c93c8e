"""The worker's pages: my file, the ten steps, what follows."""

from django.urls import path, re_path

from guichet.eservices.career_break.worker import parts
from guichet.eservices.career_break.worker.models import CHANGES
from guichet.eservices.career_break.worker.views import following, home, wizard

app_name = "career_break_mine"
_STEP = rf"(?P<step>{'|'.join(parts.STEPS)})"
_KIND = rf"(?P<kind>{'|'.join(CHANGES)})"
_TICKET = r"^requests/(?P<ticket>[^/]+)/"
urlpatterns = [
    path("", home.home, name="home"),
    path("changes/", following.choose_change, name="changes"),
    path("requests/<str:ticket>/", home.file, name="file"),
    path("requests/<str:ticket>/receipt/", home.receipt, name="receipt"),
    path("requests/<str:ticket>/wrong/", following.wrong, name="wrong"),
    path("requests/<str:ticket>/withdraw/", following.withdraw, name="withdraw"),
    path("requests/<str:ticket>/decisions/<int:number>/", following.decision, name="decision"),
    re_path(rf"{_TICKET}changes/{_KIND}/$", following.change, name="change"),
    re_path(rf"{_TICKET}{_STEP}/$", wizard.step, name="step"),
]
