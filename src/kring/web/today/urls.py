"""The address of the day."""

from django.urls import path

from kring.web.today import views

app_name = "today"

urlpatterns = [path("today/", views.today, name="today")]
