from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WraparoundConfig(AppConfig):
    name = "kring.wraparound"
    label = "wraparound"
    verbose_name = _("One family, one plan")

    def ready(self) -> None:
        from kring.wraparound import letters, meeting_letters

        letters.announce()
        meeting_letters.announce()
