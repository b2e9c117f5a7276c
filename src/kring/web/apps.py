"""The web app: templates, template tags and built static files."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.utils import timezone

from kring.web import door_log


class WebConfig(AppConfig):
    """Pages and their look."""

    name = "kring.web"
    label = "web"

    def ready(self) -> None:
        user_logged_in.disconnect(dispatch_uid="update_last_login")  # Django's would write as nobody
        user_logged_in.connect(_came_in, dispatch_uid="came_in")
        user_login_failed.connect(door_log.on_a_wrong_password, dispatch_uid="wrong_password")
        authentication_step_completed.connect(door_log.on_a_step, dispatch_uid="right_step")
        if apps.is_installed("kring.messaging"):  # the gallery of parts knows no letters
            from kring.web.devices import letters

            letters.announce()


def _came_in(user: Any, **_: object) -> None:
    from kring.trust.usecases import accounts

    accounts.came_in(user, at=timezone.now())
