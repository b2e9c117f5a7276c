"""The web app: templates, template tags and built static files."""

from django.apps import AppConfig, apps


class WebConfig(AppConfig):
    """Pages and their look."""

    name = "kring.web"
    label = "web"

    def ready(self) -> None:
        if apps.is_installed("kring.messaging"):  # the gallery of parts knows no letters
            from kring.web.devices import letters

            letters.announce()
