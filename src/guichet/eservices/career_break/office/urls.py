"""What the office asks: the answer of the worker, and of the employer."""

from django.urls import path

from guichet.eservices.career_break.office import pages

app_name = "career_break_questions"
urlpatterns = [
    path("<int:number>/", pages.question, name="question"),
    path("employer/<int:number>/", pages.of_employer, name="of-employer"),
]
