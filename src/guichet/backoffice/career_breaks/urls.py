"""The desk where the National Employment Office handles career breaks."""

from django.urls import path

from guichet.backoffice.career_breaks import (
    acts,
    changes,
    deciding_views,
    documents,
    figures_views,
    law_views,
    payments_views,
    recovery_views,
    runs_views,
    team,
    views,
)

app_name = "career_break_desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("take/", views.take, name="take"),
    path("signatures/", views.signatures, name="signatures"),
    path("changes/", changes.listing, name="changes"),
    path("letters/", team.to_post, name="to-post"),
    path("letters/<int:letter>/posted/", team.posted, name="posted"),
    path("letters/recoveries/<int:letter>/posted/", team.posted_recovery, name="posted-recovery"),
    path("team/", team.team, name="team"),
    path("team/<int:post>/end/", team.end, name="end-post"),
    path("figures/", figures_views.figures, name="figures"),
    path("figures.csv", figures_views.csv, name="figures-csv"),
    path("parameters/", law_views.parameters, name="parameters"),
    path("parameters/<str:name>/", law_views.parameter, name="parameter"),
    path("payments/", payments_views.payments, name="payments"),
    path("payments.csv", payments_views.csv, name="payments-csv"),
    path("payments/runs/", runs_views.listing, name="runs"),
    path("payments/runs/<uuid:key>/", runs_views.run, name="run"),
    path("payments/runs/<uuid:key>.csv", runs_views.csv, name="run-csv"),
    path("payments/<str:office>/<str:month>/", runs_views.send, name="send"),
    path("<str:ticket>/payments/", recovery_views.ledger_of, name="ledger"),
    path("<str:ticket>/recover/", recovery_views.recover, name="recover"),
    path("<str:ticket>/recoveries/<uuid:key>/", recovery_views.recovery, name="recovery"),
    path("<str:ticket>/", views.file, name="file"),
    path("<str:ticket>/ask/", acts.ask, name="ask"),
    path("<str:ticket>/close/", acts.close, name="close"),
    path("<str:ticket>/reopen/", acts.reopen, name="reopen"),
    path("<str:ticket>/decide/", deciding_views.decide, name="decide"),
    path("<str:ticket>/sign/<int:proposal>/", deciding_views.sign, name="sign"),
    path("<str:ticket>/documents/<uuid:attachment>/", documents.judge, name="document"),
    path("<str:ticket>/documents/<uuid:attachment>/file/", documents.opened, name="opened"),
    path("<str:ticket>/changes/<str:change>/note/", changes.note, name="note"),
    path("<str:ticket>/letters/<str:document>/", acts.letter, name="letter"),
]
