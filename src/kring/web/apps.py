"""The web app: templates, template tags and built static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages and their look."""

    name = "kring.web"
    label = "web"

    def ready(self) -> None:
        from kring.web.devices import letters

        letters.announce()
