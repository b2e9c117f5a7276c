"""The addresses of growing up."""

from django.urls import path

from kring.web.growing import views, what_holds

app_name = "growing"

urlpatterns = [
    path("ages/", views.ages, name="ages"),
    path("village/rules/", what_holds.what_holds, name="rules"),
    path("growing/<uuid:child_id>/", views.sheet, name="sheet"),
]
