"""The addresses of the contact point."""

from django.urls import path

from kring.web.intake import beginning, deeds, desk, family, front, promised, receipt, turns, writing

app_name = "intake"

urlpatterns = [
    path("concern/", front.concern, name="front"),
    path("concern/poster/", front.poster, name="poster"),
    path("concern/<slug:slug>/", front.concern, name="front_of"),
    path("concern/<slug:slug>/poster/", front.poster, name="poster_of"),
    path("r/<str:token>/", receipt.receipt, name="receipt"),
    path("concerns/", desk.desk, name="desk"),
    path("concerns/new/", writing.write_down, name="write_down"),
    path("concerns/duty/", turns.duty, name="duty"),
    path("concerns/undo/", deeds.undo, name="undo"),
    path("concerns/<uuid:concern_id>/", desk.concern, name="concern"),
    path("concerns/<uuid:concern_id>/take-up/", deeds.take_up, name="take_up"),
    path("concerns/<uuid:concern_id>/notes/", deeds.note, name="note"),
    path("concerns/<uuid:concern_id>/promises/", deeds.promise, name="promise"),
    path("concerns/<uuid:concern_id>/end/", deeds.close, name="close"),
    path("concerns/<uuid:concern_id>/yes/", beginning.begin, name="begin"),
    path("concerns/promises/<uuid:promise_id>/kept/", promised.kept, name="kept"),
    path("concerns/promises/<uuid:promise_id>/day/", promised.other_day, name="other_day"),
    path("concerns/promises/<uuid:promise_id>/let-go/", promised.let_go, name="let_go"),
    path("family/<uuid:family_id>/promises/", family.promised, name="family_promises"),
    path("concerns/promises/<uuid:promise_id>/true/", promised.was_true, name="was_true"),
]
