"""The addresses of setting up; once there is a village they lead nowhere."""

from django.urls import path

from kring.web.setting_up import steps

app_name = "setting_up"

urlpatterns = [
    path("set-up/", steps.code, name="code"),
    path("set-up/village/", steps.village, name="village"),
    path("set-up/you/", steps.you, name="you"),
    path("set-up/agreement/", steps.agreement, name="agreement"),
]
