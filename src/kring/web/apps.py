"""The web app: templates, template tags and built static files."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone


class WebConfig(AppConfig):
    """Pages and their look."""

    name = "kring.web"
    label = "web"

    def ready(self) -> None:
        user_logged_in.disconnect(dispatch_uid="update_last_login")  # Django's would write as nobody
        user_logged_in.connect(_came_in, dispatch_uid="came_in")
        if apps.is_installed("kring.messaging"):  # the gallery of parts knows no letters
            from kring.web.devices import letters

            letters.announce()


def _came_in(user: Any, **_: object) -> None:
    from kring.trust.usecases import accounts

    accounts.came_in(user, at=timezone.now())
