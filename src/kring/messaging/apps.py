from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "kring.messaging"
    label = "messaging"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from kring.messaging import dangers, lost_factors

        dangers.announce()
        lost_factors.announce()
