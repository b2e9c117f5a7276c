from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    name = "kring.trust"
    label = "trust"
    verbose_name = _("Trust")

    def ready(self) -> None:
        from kring.trust.enforcement import enforce_after_migrating

        post_migrate.connect(enforce_after_migrating, sender=self)
