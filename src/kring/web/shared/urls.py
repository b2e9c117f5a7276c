"""Addresses of shared devices."""

from django.urls import include, path

from kring.web.shared import putting_up, views

shared = [
    path("", views.start, name="start"),
    path("card/", views.card, name="card"),
    path("worker/", views.worker, name="worker"),
    path("take-back/", views.take_back, name="take_back"),
    path("done/", views.done, name="done"),
]
urlpatterns = [
    path("shared/", include((shared, "shared"))),
    path("account/pin/", putting_up.pin, name="pin"),
    path("account/share/", putting_up.share, name="share"),
    path("account/share/<uuid:device_id>/end/", putting_up.unshare, name="unshare"),
]
