"""The addresses of the handbook."""

from django.urls import path

from kring.web.handbook import views

app_name = "handbook"

urlpatterns = [
    path("handbook/", views.page, name="contents"),
    path("handbook/pictures/<slug:language>/<slug:name>.png", views.picture, name="picture"),
    path("handbook/<slug:name>/", views.page, name="page"),
]
