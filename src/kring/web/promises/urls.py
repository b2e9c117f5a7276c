"""The address of what we promise; at the foot of every page."""

from django.urls import path

from kring.web.promises import views

app_name = "promises"

urlpatterns = [path("trust/", views.promised, name="promised")]
