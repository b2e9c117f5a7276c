"""The addresses of the papers the law asks for."""

from django.urls import path

from kring.web.papers import views

app_name = "papers"

urlpatterns = [
    path("your-data/", views.families, name="families"),
    path("administration/papers/", views.papers, name="papers"),
    path("administration/papers/<slug:name>/", views.paper, name="paper"),
]
