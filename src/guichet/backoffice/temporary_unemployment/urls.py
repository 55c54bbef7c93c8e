"""The desk where the National Employment Office handles temporary unemployment."""

from django.urls import path

from guichet.backoffice.temporary_unemployment import (
    deciding_views,
    difficulty_views,
    figures_views,
    mass_views,
    paper_cards_views,
    paper_views,
    team,
    views,
)

app_name = "temporary_unemployment_desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("take/", views.take, name="take"),
    path("many/", mass_views.many, name="many"),
    path("many/<int:run>/", mass_views.run, name="run"),
    path("many/<int:run>/stop/", mass_views.stop, name="stop"),
    path("paper/", paper_views.choose, name="paper"),
    path("paper/waiver/", paper_views.waiver, name="waiver"),
    path("paper/cards/", paper_cards_views.listing, name="paper-cards"),
    path("paper/cards/<int:asked>/take-back/", paper_cards_views.take_back, name="take-back"),
    path("difficulty/", difficulty_views.listing, name="difficulty"),
    path("difficulty/<int:form>/", difficulty_views.recognise, name="recognise"),
    path("sending/", team.sending, name="sending"),
    path("sending/<int:delivery>/posted/", team.posted, name="posted"),
    path("team/", team.team, name="team"),
    path("team/<int:post>/end/", team.end, name="end-post"),
    path("figures/", figures_views.figures, name="figures"),
    path("figures.csv", figures_views.csv, name="figures-csv"),
    path("<str:ticket>/", views.file, name="file"),
    path("<str:ticket>/decide/", deciding_views.decide, name="decide"),
    path("<str:ticket>/letters/<str:number>/", views.letter, name="letter"),
    path("<str:ticket>/proofs/<uuid:attachment>/", paper_views.proof, name="proof"),
]
