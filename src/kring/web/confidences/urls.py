"""The addresses of confidences: one's own, and nobody else's. In the history of a browser they say nothing."""

from django.urls import path

from kring.web.confidences import hearing, pages, telling

app_name = "confidences"

urlpatterns = [
    path("me/", pages.mine, name="mine"),
    path("me/tell/", telling.choose, name="choose"),
    path("me/tell/<uuid:person_id>/", telling.tell, name="tell"),
    path("me/together/", telling.choose_young, name="choose_young"),
    path("me/together/<uuid:person_id>/", telling.together, name="together"),
    path("me/<uuid:circle_id>/", pages.confidence, name="confidence"),
    path("me/<uuid:circle_id>/file/<uuid:attachment_id>/", pages.file, name="file"),
    path("me/<uuid:circle_id>/safety/", pages.safety, name="safety"),
    path("me/<uuid:circle_id>/back/<uuid:telling_id>/", pages.take_back, name="take_back"),
    path("me/<uuid:circle_id>/hear/", hearing.hear, name="hear"),
    path("me/<uuid:circle_id>/end/", hearing.end, name="end"),
]
