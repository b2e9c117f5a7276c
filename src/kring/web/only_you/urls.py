"""Addresses of showing that it is oneself."""

from django.urls import path

from kring.web.only_you import views

app_name = "only_you"
urlpatterns = [
    path("account/only-you/", views.shown, name="shown"),
    path("account/digits/", views.change, name="change"),
    path("account/digits/forgotten/", views.forgotten, name="forgotten"),
    path("account/digits/not-me/", views.known, name="known"),
]
