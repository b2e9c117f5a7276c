"""The addresses of growing up."""

from django.urls import path

from kring.web.growing import rules, views

app_name = "growing"

urlpatterns = [
    path("ages/", views.ages, name="ages"),
    path("village/rules/", rules.rules, name="rules"),
    path("growing/<uuid:child_id>/", views.sheet, name="sheet"),
]
