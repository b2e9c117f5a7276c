"""The addresses of confidences: one's own, and nobody else's. In the history of a browser they say nothing."""

from django.urls import path

from kring.web.confidences import hearing, menu, pages, telling, told, wording

app_name = "confidences"

urlpatterns = [
    path("me/", pages.mine, name="mine"),
    path("me/tell/", telling.choose, name="choose"),
    path("me/tell/<uuid:person_id>/", telling.tell, name="tell"),
    path("me/menu/", menu.choose, name="menu"),
    path("me/who-is-told/", told.told, name="told"),
    path("village/menu/", menu.keep, name="keep_menu"),
    path("village/menu/<uuid:row_id>/", menu.take_off, name="take_off"),
    path("me/together/", telling.choose_young, name="choose_young"),
    path("me/together/<uuid:person_id>/", telling.together, name="together"),
    path("me/<uuid:circle_id>/", pages.confidence, name="confidence"),
    path("me/<uuid:circle_id>/file/<uuid:attachment_id>/", pages.file, name="file"),
    path("me/<uuid:circle_id>/safety/", pages.safety, name="safety"),
    path("me/<uuid:circle_id>/back/<uuid:telling_id>/", pages.take_back, name="take_back"),
    path("me/<uuid:circle_id>/hear/", hearing.hear, name="hear"),
    path("me/<uuid:circle_id>/words/", wording.propose, name="propose"),
    path("me/<uuid:circle_id>/words/<uuid:words_id>/", wording.answer, name="answer"),
    path("me/<uuid:circle_id>/words/<uuid:words_id>/pass/", wording.pass_on, name="pass_on"),
    path("me/<uuid:circle_id>/goals/", wording.want, name="want"),
    path("me/<uuid:circle_id>/goals/<uuid:goal_id>/", wording.reach, name="reach"),
    path("me/<uuid:circle_id>/day/", hearing.answer_day, name="answer_day"),
    path("me/<uuid:circle_id>/end/", hearing.end, name="end"),
    path("me/<uuid:circle_id>/end/<uuid:person_id>/", hearing.end_one, name="end_one"),
]
