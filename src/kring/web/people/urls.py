"""The addresses of the people of the village."""

from django.urls import path

from kring.web.people import own, views

app_name = "people"

urlpatterns = [
    path("village/people/", views.people, name="people"),
    path("village/people/mine/", own.own_card, name="own_card"),
    path("village/people/<uuid:person_id>/", views.colleague, name="colleague"),
]
