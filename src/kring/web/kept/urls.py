"""The address of what is kept."""

from django.urls import path

from kring.web.kept import views

app_name = "kept"

urlpatterns = [path("kept/<uuid:copy_id>/", views.copy, name="copy")]
