"""The addresses of what needs two people."""

from django.urls import path

from kring.web.two_people import asking, waiting

app_name = "two_people"

urlpatterns = [
    path("two-people/", waiting.matters, name="matters"),
    path("two-people/<uuid:matter_id>/", waiting.matter, name="matter"),
    path("two-people/<uuid:matter_id>/take-back/", waiting.take_back, name="take_back"),
    path("two-people/ask/country/", asking.country, name="ask_country"),
    path("two-people/ask/restore/", asking.restore, name="ask_restore"),
    path("two-people/ask/export/", asking.export, name="ask_export"),
]
