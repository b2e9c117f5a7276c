from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "kring.intake"
    label = "intake"
    verbose_name = _("Contact point")

    def ready(self) -> None:
        from kring.intake import letters

        letters.announce()
