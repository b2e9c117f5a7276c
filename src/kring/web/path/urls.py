"""The addresses of the path of earlier help."""

from django.urls import path

from kring.web.path import asking, page, telling

app_name = "path"

urlpatterns = [
    path("family/<uuid:family_id>/path/", page.path, name="path"),
    path("family/<uuid:family_id>/path/add/", telling.add, name="add"),
    path("family/<uuid:family_id>/path/paper.pdf", page.paper, name="paper"),
    path("path/<uuid:help_id>/change/", telling.change, name="change"),
    path("path/<uuid:help_id>/take-off/", telling.take_off, name="take_off"),
    path("path/<uuid:help_id>/put-back/", telling.put_back, name="put_back"),
    path("path/<uuid:help_id>/papers/", asking.papers, name="papers"),
    path("path/tellings/<uuid:telling_id>/as-it-was/", telling.as_it_was, name="as_it_was"),
]
