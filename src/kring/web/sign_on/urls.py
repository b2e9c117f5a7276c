"""Addresses of single sign-on."""

from django.urls import path

from kring.web.sign_on import views

app_name = "sign_on"
urlpatterns = [
    path("sign-in/town/", views.begin, name="begin"),
    path("sign-in/town/back/", views.back, name="back"),
    path("account/town/begin/", views.keep, name="keep"),
    path("account/town/end/", views.end, name="end"),
]
