"""Addresses of devices."""

from django.urls import path

from kring.web.devices import views

app_name = "devices"
urlpatterns = [
    path("account/titles/", views.titles, name="titles"),
    path("account/devices/others/end/", views.end_others, name="end_others"),
    path("account/devices/<uuid:ref>/end/", views.end, name="end"),
]
