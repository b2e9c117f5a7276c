"""The addresses of who watches, and of who is asked."""

from django.urls import path

from kring.web.watching import mine, officer

app_name = "watching"

urlpatterns = [
    path("watching/", officer.home, name="home"),
    path("watching/facts/", officer.facts, name="facts"),
    path("watching/seals/", officer.seals, name="seals"),
    path("watching/watchers/", officer.watchers, name="watchers"),
    path("watching/mine/", mine.looks, name="mine"),
]
